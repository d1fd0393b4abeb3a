package io.conversion.policy.monitoring;

import java.time.Duration;

/**
 * How a {@link DriftMonitor} follows decisions until their outcome is known. Starts at {@link #DEFAULT}, which follows
 * none.
 *
 * @param outcomeWindow how long after its decision a conversion counts, zero to follow no outcomes
 * @param reportingDelay how long after the outcome window reports may still come in, before a decision is settled
 * @param unreported what a decision is taken for whose outcome was not reported by then
 * @param pendingCapacity how many decisions are followed at the same time at most, at least 1. Each takes about 200 bytes
 *     and the text of its request
 */
public record DriftOptions(
        Duration outcomeWindow, Duration reportingDelay, Unreported unreported, int pendingCapacity) {

    // In front of the default, which is checked against it.
    private static final Duration LONGEST = Duration.ofDays(3_650);

    /** No outcomes are followed; where they are, reports may come in for a day, and 100,000 decisions are followed. */
    public static final DriftOptions DEFAULT =
            new DriftOptions(Duration.ZERO, Duration.ofDays(1), Unreported.NOT_CONVERTED, 100_000);

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
        return new DriftOptions(window, reportingDelay, without, pendingCapacity);
    }

    /**
     * States how long after the outcome window reports may still come in.
     *
     * @param delay the delay, zero or more
     * @return the changed copy
     */
    public DriftOptions reportingDelay(Duration delay) {
        return new DriftOptions(outcomeWindow, delay, unreported, pendingCapacity);
    }

    /**
     * States how many decisions are followed at the same time.
     *
     * @param decisions the number, at least 1
     * @return the changed copy
     */
    public DriftOptions pendingCapacity(int decisions) {
        return new DriftOptions(outcomeWindow, reportingDelay, unreported, decisions);
    }

    boolean followsOutcomes() {
        return !outcomeWindow.isZero();
    }
}
