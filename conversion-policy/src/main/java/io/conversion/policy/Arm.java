package io.conversion.policy;

/**
 * What some of the users of an {@link Experiment} get. Immutable and safe to share between threads.
 *
 * @param name its name
 * @param share the share of the experiment's users, above 0 and below 1
 * @param policy the policy that decides on them
 */
public record Arm(String name, double share, PolicyReference policy) {}
