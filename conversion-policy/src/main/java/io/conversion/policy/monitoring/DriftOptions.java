package io.conversion.policy.monitoring;

import java.time.Duration;

/**
 * How a {@link DriftMonitor} follows decisions until their outcome is known. Starts at {@link #defaults()}, which follows
 * none.
 *
 * @param outcomeWindow how long after its decision a conversion counts, zero to follow no outcomes
 * @param reportingDelay how long after the outcome window reports may still come in, before a decision is settled
 * @param unreported what a decision is taken for whose outcome was not reported by then
 * @param pendingCapacity how many decisions are followed at the same time at most, at least 1. Each takes about 200 bytes
 *     and the text of its request
 * @param followedShare the share of requests that are followed, above 0 to 1. Which ones is drawn from the name of the
 *     request alone, so that it depends on no outcome and is the same in every instance
 */
public record DriftOptions(
        Duration outcomeWindow,
        Duration reportingDelay,
        Unreported unreported,
        int pendingCapacity,
        double followedShare) {

    private static final Duration LONGEST = Duration.ofDays(3_650);

    /** What a decision without a reported outcome is taken for, once its window and the time to report have passed. */
    public enum Unreported {
        /** For a user who did not convert: right where every conversion is reported, and only those. */
        NOT_CONVERTED,
        /** For nothing: it is left out, as if it had not been followed. Right where both outcomes are reported. */
        LEFT_OUT
    }

    /**
     * Checks the numbers. {@inheritDoc}
     *
     * @throws IllegalArgumentException if one is out of range
     */
    public DriftOptions {
        requireDuration("outcome window", outcomeWindow);
        requireDuration("reporting delay", reportingDelay);
        if (pendingCapacity < 1) {
            throw new IllegalArgumentException(
                    "the pending capacity of a drift monitor is " + pendingCapacity + "; at least 1 is allowed");
        }
        if (!(followedShare > 0 && followedShare <= 1)) {
            throw new IllegalArgumentException("the followed share of a drift monitor is " + followedShare
                    + "; above 0 to 1 is allowed, and an outcome window of zero to follow none");
        }
    }

    /**
     * The options that hold where nothing else is said: no outcomes are followed; where they are, reports may come in
     * for a day, and 100,000 decisions are followed.
     *
     * @return the options
     */
    public static DriftOptions defaults() {
        return new DriftOptions(Duration.ZERO, Duration.ofDays(1), Unreported.NOT_CONVERTED, 100_000, 1);
    }

    private static void requireDuration(String what, Duration found) {
        if (found.isNegative() || found.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(
                    "the " + what + " of a drift monitor is " + found + "; zero to " + LONGEST + " is allowed");
        }
    }

    /**
     * Follows the outcomes of decisions.
     *
     * @param window how long after its decision a conversion counts
     * @param without what a decision is taken for whose outcome was not reported
     * @return the changed copy
     */
    public DriftOptions outcomesWithin(Duration window, Unreported without) {
        return new DriftOptions(window, reportingDelay, without, pendingCapacity, followedShare);
    }

    /**
     * States how long after the outcome window reports may still come in.
     *
     * @param delay the delay, zero or more
     * @return the changed copy
     */
    public DriftOptions reportingDelay(Duration delay) {
        return new DriftOptions(outcomeWindow, delay, unreported, pendingCapacity, followedShare);
    }

    /**
     * States how many decisions are followed at the same time. Once there are as many, none is followed until the oldest is
     * settled: a capacity below the decisions of one outcome window and reporting delay follows a burst in each window and
     * nobody in between. Give a {@link #followedShare(double)} with which they have room.
     *
     * @param decisions the number, at least 1
     * @return the changed copy
     */
    public DriftOptions pendingCapacity(int decisions) {
        return new DriftOptions(outcomeWindow, reportingDelay, unreported, decisions, followedShare);
    }

    /**
     * States which share of the requests is followed. For a share to have room, the decisions in one outcome window and
     * reporting delay times the share must be below the pending capacity.
     *
     * @param share the share, above 0 to 1
     * @return the changed copy
     */
    public DriftOptions followedShare(double share) {
        return new DriftOptions(outcomeWindow, reportingDelay, unreported, pendingCapacity, share);
    }

    boolean followsOutcomes() {
        return !outcomeWindow.isZero();
    }
}
