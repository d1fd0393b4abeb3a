package io.conversion.core;

import io.conversion.core.signals.Signal;

/**
 * What the model answers to the question which change of one signal alone would bring a score to a target probability.
 *
 * <p>It is the model's answer, not a causal effect: that users with more sessions convert more often does not mean that
 * a user who is made to come more often converts. Immutable and safe to share between threads.
 */
public sealed interface Change {

    /**
     * The declaration of the signal.
     *
     * @return the signal
     */
    Signal signal();

    /**
     * The smallest change of the signal that reaches the target, up or down; none if the score reaches it as it is. No
     * smaller one, on the signal's own grid, does: whole numbers for a signal of whole numbers, otherwise doubles; for a
     * categorical signal the level that moves the log-odds least. Of two equally small changes it is the upward one. A
     * shape over a signed logarithm is taken to be as monotone as the exact one.
     *
     * @param signal the signal
     * @param from the value that was scored: a {@code Double}, a {@code Boolean}, or a level as {@code String}
     * @param to the changed value, of the same type and accepted by the schema
     * @param probability the probability with the changed value, at least the target
     */
    record Reaches(Signal signal, Object from, Object to, double probability) implements Change {}

    /**
     * No value of the signal that the schema accepts reaches the target.
     *
     * @param signal the signal
     * @param from the value that was scored
     * @param best the value that comes nearest; the scored one if no other comes nearer
     * @param probability the probability with the best value, below the target
     */
    record CannotReach(Signal signal, Object from, Object best, double probability) implements Change {}

    /**
     * The signal was missing or unseen, so there is no value to change.
     *
     * @param signal the signal
     */
    record NotObserved(Signal signal) implements Change {}
}
