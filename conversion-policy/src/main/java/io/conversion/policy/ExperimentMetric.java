package io.conversion.policy;

import org.jspecify.annotations.Nullable;

/**
 * What an {@link Experiment} measures of a user. Immutable and safe to share between threads.
 *
 * @param name the name under which outcomes give its values
 * @param kind what is compared between arms
 * @param denominator the name of the values whose sum divides, of a ratio; else null
 * @param windowDays the days after a user's first exposure within which values count, at least 1
 * @param higherIsBetter whether more of it is better
 * @param harm of a guardrail, the change for the worse that is not to be borne, at least 0; NaN of the primary metric
 */
public record ExperimentMetric(
        String name, Kind kind, @Nullable String denominator, int windowDays, boolean higherIsBetter, double harm) {

    /** What is compared between arms. */
    public enum Kind {
        /** The share of users with a value above 0. */
        PROPORTION,
        /** The mean of the sums of users. */
        MEAN,
        /** The ratio of two sums, with users as what is independent. */
        RATIO
    }
}
