package io.conversion.policy.monitoring;

import io.conversion.policy.internal.Wording;
import java.util.List;

/**
 * How one signal, the probabilities, or the bands compare with the reference. Immutable and safe to share between threads.
 *
 * @param subject what is compared
 * @param name the name of the signal; empty for the others
 * @param bins the bins in order, those for unseen and missing values last
 * @param stability the population stability index over them
 * @param clippedShare the share of users whose value was out of range and counts in the bin of the nearer end, 0 to 1
 */
public record DriftRow(
        Subject subject, String name, List<Bin> bins, PopulationStability stability, double clippedShare) {

    /** What can drift. */
    public enum Subject {
        /** A signal. */
        SIGNAL,
        /** The probability of the score. */
        PROBABILITY,
        /**
         * The bands. The reference counts probabilities between edges, not bounds, so a band may have had more or fewer
         * users; of all that is possible, what is nearest to the observed shares is compared, and the index is the least
         * that it can be.
         */
        BANDS
    }

    /**
     * The users of one bin.
     *
     * @param label what the bin holds; a level is in quotes if it is called {@code missing} or {@code unseen}, as the bins
     *     of users without a level are
     * @param referenceShare the share of the reference's users, 0 to 1
     * @param share the share of the observed users, 0 to 1
     */
    public record Bin(String label, double referenceShare, double share) {}

    /** Copies the bins. {@inheritDoc} */
    public DriftRow {
        bins = List.copyOf(bins);
    }

    /** What is compared, in words. */
    String title() {
        return switch (subject) {
            case SIGNAL -> "signal " + Wording.quoted(name);
            case PROBABILITY -> "the probability";
            case BANDS -> "the bands";
        };
    }
}
