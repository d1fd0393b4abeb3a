/**
 * The commands that ask a model, and a policy, of each user of a file.
 */
@NullMarked
package io.conversion.workbench.users;

import org.jspecify.annotations.NullMarked;
