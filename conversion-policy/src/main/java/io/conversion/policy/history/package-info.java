/**
 * The versions of a policy, one file each, in a folder that people review: start at
 * {@link io.conversion.policy.history.PolicyHistory}.
 */
@NullMarked
package io.conversion.policy.history;

import org.jspecify.annotations.NullMarked;
