package io.conversion.policy.economics;

import java.util.List;

/**
 * Percentile bootstrap intervals of the bounds between bands (Efron and Tibshirani, An Introduction to the Bootstrap,
 * 1993, chapter 13): how much bounds that a capacity drives depend on the users that happen to be in the tuning
 * population. They say nothing about wrong assumptions.
 *
 * @param intervals one for each bound, ascending; empty if no bound depends on the population, or no draw had the bands
 * @param resamples how many times the population was drawn; 0 if no bound depends on it
 * @param alike how many of the draws led to the same actions in the same order, which the intervals are of
 * @param level the confidence level
 * @param seed the seed of the draws
 * @param sentence what there is to know before one reads them
 */
public record BoundIntervals(
        List<Interval> intervals, int resamples, int alike, double level, long seed, String sentence) {

    /**
     * The interval of one bound.
     *
     * @param bound the bound
     * @param lower its lower end
     * @param upper its upper end
     */
    public record Interval(double bound, double lower, double upper) {}

    /** Copies the intervals. {@inheritDoc} */
    public BoundIntervals {
        intervals = List.copyOf(intervals);
    }
}
