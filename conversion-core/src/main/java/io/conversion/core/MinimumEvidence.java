package io.conversion.core;

import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a score must rest on to be decided on: the signals that must have been observed, and the smallest share of the
 * model's weight that observed signals must carry.
 *
 * <p>The weight of a signal is the mean absolute deviation of its shape over the training rows, in log-odds: how much it
 * moves the scores of different users apart. A signal counts as observed if its own value was scored, or the nearer end
 * of its range; not if it was missing, unseen or not estimated. Besides, a minimum may ask that no number lies beyond those
 * of all training rows, where what a shape says is a guess. Immutable and safe to share between threads.
 *
 * @param required the signals that must have been observed
 * @param observedShare the smallest share of the weight that observed signals must carry, 0 to 1
 * @param withinTraining whether every number must lie within the range of the training rows, where the model knows it
 */
public record MinimumEvidence(Set<String> required, double observedShare, boolean withinTraining) {

    /** No minimum: any score is sufficient. */
    public static final MinimumEvidence NONE = new MinimumEvidence(Set.of(), 0);

    /**
     * A minimum that allows numbers beyond those of all training rows.
     *
     * @param required the signals that must have been observed
     * @param observedShare the smallest share of the weight that observed signals must carry, 0 to 1
     * @throws IllegalArgumentException if the share is not a number from 0 to 1
     */
    public MinimumEvidence(Set<String> required, double observedShare) {
        this(required, observedShare, false);
    }

    /**
     * Copies the names. {@inheritDoc}
     *
     * @throws IllegalArgumentException if the share is not a number from 0 to 1
     */
    public MinimumEvidence {
        if (!(observedShare >= 0 && observedShare <= 1)) {
            throw new IllegalArgumentException(
                    "the smallest observed share is " + observedShare + "; it must be a number from 0 to 1");
        }
        required = Collections.unmodifiableSet(new TreeSet<>(required));
        observedShare += 0.0; // -0.0 becomes 0
    }

    /**
     * A minimum of a share of the weight and of required signals.
     *
     * @param observedShare the smallest share of the weight that observed signals must carry, 0 to 1
     * @param required the names of the signals that must have been observed
     * @return the minimum
     * @throws IllegalArgumentException if the share is not a number from 0 to 1
     */
    public static MinimumEvidence of(double observedShare, String... required) {
        return new MinimumEvidence(Set.of(required), observedShare);
    }

    /**
     * The same minimum that, besides, asks for numbers within the range of the training rows.
     *
     * @return the changed copy
     */
    public MinimumEvidence onlyWithinTraining() {
        return new MinimumEvidence(required, observedShare, true);
    }
}
