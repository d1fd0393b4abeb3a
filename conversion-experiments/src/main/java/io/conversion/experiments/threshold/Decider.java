package io.conversion.experiments.threshold;

/** What decided the action of a user. */
public enum Decider {
    /** The bound: the band of the probability. */
    BOUND,
    /** The margin of the policy, which held the band that the user was in before. */
    MARGIN,
    /** A guardrail, whatever the probability. */
    GUARDRAIL,
    /** A draw: a control group, exploration or an experiment, on either side of the bound alike. */
    CHANCE
}
