/**
 * Reviews of policies before they apply: {@link io.conversion.policy.review.PolicyVerifier} finds what is wrong with one,
 * {@link io.conversion.policy.review.PolicyDiff} says what is different in another, and
 * {@link io.conversion.policy.review.PolicyImpact} counts whom the difference would move.
 */
@NullMarked
package io.conversion.policy.review;

import org.jspecify.annotations.NullMarked;
