package io.conversion.policy.review;

import io.conversion.policy.Decision;
import io.conversion.policy.DecisionContext;

/**
 * What two policies decide on one user of whom both know the same. Immutable and safe to share between threads.
 *
 * @param before the decision of the old policy
 * @param after the decision of the new policy
 * @param context what both were told of the user beside the signals
 */
public record DecisionPair(Decision before, Decision after, DecisionContext context) {}
