package io.conversion.core;

import io.conversion.core.signals.Signal;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the model answers to the question which change of one signal alone would bring a score to a target probability.
 *
 * <p>It is the model's answer, not a causal effect: that users with more sessions convert more often does not mean that
 * a user who is made to come more often converts. Where the model knows the range of its training rows, only numbers within
 * it are offered, and only levels and truth values that some row had: of others the model has no evidence. Immutable and
 * safe to share between threads.
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
     * shape over a signed logarithm is taken to be as monotone as the exact one. A score that reaches the target as it is
     * does so wherever its value lies.
     *
     * @param signal the signal
     * @param from the value that was scored: a {@code Double}, a {@code Boolean}, or a level as {@code String}
     * @param to the changed value, of the same type and accepted by the schema
     * @param probability the probability with the changed value, at least the target
     * @param within the range of the training rows, in which the changed value lies; null where it is not known, of what is
     *     no number, and where nothing is changed
     */
    record Reaches(
            Signal signal,
            Object from,
            Object to,
            double probability,
            @Nullable TrainingRange within) implements Change {

        /**
         * A change whose range is not known.
         *
         * @param signal the signal
         * @param from the value that was scored
         * @param to the changed value
         * @param probability the probability with the changed value
         */
        public Reaches(Signal signal, Object from, Object to, double probability) {
            this(signal, from, to, probability, null);
        }

        /**
         * The range of the training rows.
         *
         * @return the range in which the change was searched, empty where it is not known, of what is no number, and where
         *     nothing is changed
         */
        public Optional<TrainingRange> trainingRange() {
            return Optional.ofNullable(within);
        }
    }

    /**
     * No number within the range of the training rows reaches the target. What the shape says beyond it is no evidence,
     * whether it would reach or not.
     *
     * @param signal the signal
     * @param from the value that was scored
     * @param best the value within the range that comes nearest; the scored one if no other comes nearer
     * @param probability the probability with the best value, below the target
     * @param within the range of the training rows
     */
    record NotWithinTraining(Signal signal, Object from, Object best, double probability, TrainingRange within)
            implements Change {}

    /**
     * The numbers of a signal that the training rows had.
     *
     * @param lowest the lowest one
     * @param highest the highest one
     */
    record TrainingRange(double lowest, double highest) {}

    /**
     * No value of the signal that the schema accepts reaches the target, nor does a level or a truth value that the training
     * rows had.
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
