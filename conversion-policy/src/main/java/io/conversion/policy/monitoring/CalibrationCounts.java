package io.conversion.policy.monitoring;

import java.util.function.LongBinaryOperator;

/**
 * What was expected of some decisions, and what came of them, once their outcome window has passed. Sums are whole numbers
 * of millionths, so that the sum of many is the same in whatever order they are added. Immutable and safe to share between
 * threads.
 *
 * @param users how many decisions there are
 * @param conversions how many of their users converted within the outcome window
 * @param expectedMillionths the sum of their probabilities, each rounded to millionths
 * @param varianceMillionths the sum of {@code p (1 - p)} over their probabilities, each rounded to millionths
 */
public record CalibrationCounts(long users, long conversions, long expectedMillionths, long varianceMillionths) {

    /** No decision. */
    public static final CalibrationCounts NONE = new CalibrationCounts(0, 0, 0, 0);

    private static final double MILLION = 1e6;

    /**
     * Checks the numbers. {@inheritDoc}
     *
     * @throws IllegalArgumentException if one is out of range
     */
    public CalibrationCounts {
        if (!(users >= 0 && users <= 1L << 43 && conversions >= 0 && conversions <= users)) {
            throw new IllegalArgumentException(conversions + " of " + users
                    + " users cannot have converted; expected 0 to 2^43 users, and from 0 to all of them");
        }
        if (!(expectedMillionths >= 0
                && expectedMillionths <= users * 1_000_000
                && varianceMillionths >= 0
                && varianceMillionths <= users * 250_000)) {
            throw new IllegalArgumentException("the " + users + " users cannot have an expectation of "
                    + expectedMillionths + " millionths with a variance of " + varianceMillionths
                    + "; expected at most 1,000,000 and 250,000 each");
        }
    }

    static CalibrationCounts of(double probability, boolean converted) {
        return new CalibrationCounts(
                1,
                converted ? 1 : 0,
                Math.round(probability * MILLION),
                Math.round(probability * (1 - probability) * MILLION));
    }

    /**
     * Adds other decisions.
     *
     * @param other the counts of the others
     * @return the sums
     */
    public CalibrationCounts plus(CalibrationCounts other) {
        return combine(other, Long::sum);
    }

    CalibrationCounts combine(CalibrationCounts other, LongBinaryOperator operator) {
        return new CalibrationCounts(
                operator.applyAsLong(users, other.users),
                operator.applyAsLong(conversions, other.conversions),
                operator.applyAsLong(expectedMillionths, other.expectedMillionths),
                operator.applyAsLong(varianceMillionths, other.varianceMillionths));
    }

    /**
     * How many conversions were to be expected.
     *
     * @return the sum of the probabilities
     */
    public double expected() {
        return expectedMillionths / MILLION;
    }

    /**
     * The variance of the number of conversions, if each user converts independently and with the probability of the
     * score.
     *
     * @return the sum of {@code p (1 - p)}
     */
    public double variance() {
        return varianceMillionths / MILLION;
    }
}
