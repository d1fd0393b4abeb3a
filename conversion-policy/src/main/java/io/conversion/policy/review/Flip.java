package io.conversion.policy.review;

/**
 * A user whose action is another one under the new policy. Immutable and safe to share between threads.
 *
 * @param user how many users were added before this one
 * @param before what comes of the old policy
 * @param after what comes of the new policy
 * @param probability the probability of conversion; NaN if both policies fall back, which have none
 */
public record Flip(long user, Outcome before, Outcome after, double probability) {}
