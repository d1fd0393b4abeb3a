/**
 * The commands of whoever owns a policy: its check, comparison, thresholds and versions.
 */
@NullMarked
package io.conversion.workbench.policies;

import org.jspecify.annotations.NullMarked;
