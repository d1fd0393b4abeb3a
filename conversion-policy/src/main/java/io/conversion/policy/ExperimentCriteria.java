package io.conversion.policy;

/**
 * By what an {@link Experiment} is judged, fixed before it starts. Immutable and safe to share between threads.
 *
 * @param plannedUsers the users of all arms together, at least 1
 * @param falsePositives the chance to act without an effect, two-sided, between 0 and 1
 * @param falseNegatives the chance to miss the smallest effect that matters at the planned size, between 0 and 1
 * @param smallestEffect the smallest difference of the primary metric that matters, above 0
 * @param singleLook whether it is read out once, at the planned size; else as often as one likes
 * @param isAdjusted whether the recorded probability is used as a covariate
 * @param sampleRatioTolerance the deviation of an arm's share of the users that would not matter, relative to the share, from 0
 *     to below 1: with millions of users, one of a thousandth is no chance any more
 */
public record ExperimentCriteria(
        long plannedUsers,
        double falsePositives,
        double falseNegatives,
        double smallestEffect,
        boolean singleLook,
        boolean isAdjusted,
        double sampleRatioTolerance) {

    /**
     * Error rates of 5 and 20 %, looks as often as one likes, the recorded probability as a covariate, and no tolerance.
     *
     * @param plannedUsers the users of all arms together, at least 1
     * @param smallestEffect the smallest difference of the primary metric that matters, above 0
     * @return the criteria
     */
    public static ExperimentCriteria of(long plannedUsers, double smallestEffect) {
        return new ExperimentCriteria(plannedUsers, 0.05, 0.2, smallestEffect, false, true, 0);
    }
}
