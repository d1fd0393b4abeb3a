package io.conversion.experiments.statistics;

import java.util.stream.IntStream;
import org.apache.commons.numbers.gamma.LogGamma;
import org.apache.commons.statistics.distribution.ChiSquaredDistribution;

/**
 * Tests whether as many users came to each arm as its declared share says. Where they did not, something between the draw
 * and the data lost or doubled users of one arm, and no effect can be believed.
 *
 * <p>A {@code tolerance} is the relative deviation of a share that would not matter, such as 0.01: with it the p-value is that
 * of the shares within the tolerance which fit best. Without it, millions of users make a deviation of a thousandth a
 * failure. Immutable and safe to share between threads.
 *
 * @param chiSquare Pearson's statistic against the declared shares
 * @param pValue its p-value, for a single look
 * @param sequentialPValue the p-value that holds over all looks, of this look only: its smallest value so far is what counts
 */
public record SampleRatio(double chiSquare, double pValue, double sequentialPValue) {

    /** The weight of the declared shares in the sequential test, as in Optimizely's {@code ssrm}. */
    public static final double CONCENTRATION = 10_000;

    /**
     * Tests counts against declared shares.
     *
     * @param users the users of each arm
     * @param shares the share of each arm, positive, summing to 1
     * @param tolerance the relative deviation of a share that would not matter, from 0 to below 1
     * @return the tests
     * @throws IllegalArgumentException if there are not as many shares as counts, fewer than two, a share is not positive,
     *     or the tolerance is out of range
     */
    public static SampleRatio of(long[] users, double[] shares, double tolerance) {
        if (users.length != shares.length || users.length < 2) {
            throw new IllegalArgumentException(
                    users.length + " arms and " + shares.length + " shares; there must be as many, and at least two");
        }
        for (double share : shares) {
            if (!(share > 0 && share < 1)) {
                throw new IllegalArgumentException("a share is " + share + "; it must be between 0 and 1");
            }
        }
        if (!(tolerance >= 0 && tolerance < 1)) {
            throw new IllegalArgumentException("the tolerance is " + tolerance + "; it must be from 0 to below 1");
        }
        double[] nearest = nearest(users, shares, tolerance);
        double logEvidence = logBayesFactor(users, shares, nearest, CONCENTRATION);
        return new SampleRatio(
                chiSquare(users, shares),
                ChiSquaredDistribution.of(users.length - 1).survivalProbability(chiSquare(users, nearest)),
                Math.min(1, Math.exp(-logEvidence)));
    }

    private static double chiSquare(long[] users, double[] shares) {
        long all = sum(users);
        double sum = 0;
        for (int i = 0; all > 0 && i < users.length; i++) {
            double expected = all * shares[i];
            sum += (users[i] - expected) * (users[i] - expected) / expected;
        }
        return sum;
    }

    /**
     * How much better than the declared shares a Dirichlet prior around them explains the counts, as a logarithm: the sequential
     * sample ratio test of Lindon and Malek (NeurIPS 2022), {@code ln B(k pi + c) - ln B(k pi) - sum c ln pi}.
     *
     * @param users the users of each arm
     * @param shares the share of each arm
     * @param concentration the weight k of the shares in the prior
     * @return the logarithm of the Bayes factor; minus it is that of the p-value
     */
    public static double logBayesFactor(long[] users, double[] shares, double concentration) {
        return logBayesFactor(users, shares, shares, concentration);
    }

    static double logBayesFactor(long[] users, double[] prior, double[] shares, double concentration) {
        double log = LogGamma.value(concentration) - LogGamma.value(concentration + sum(users));
        for (int i = 0; i < users.length; i++) {
            double a = concentration * prior[i];
            log += LogGamma.value(a + users[i]) - LogGamma.value(a) - users[i] * Math.log(shares[i]);
        }
        return log;
    }

    /** The shares within the tolerance under which the counts are most likely: c / x between the limits, x so that they sum to 1. */
    private static double[] nearest(long[] users, double[] shares, double tolerance) {
        long all = sum(users);
        if (tolerance == 0 || all == 0) {
            return shares;
        }
        double low = 0;
        double high = 1;
        for (int i = 0; i < users.length; i++) {
            high = Math.max(high, users[i] / (shares[i] * (1 - tolerance)));
        }
        for (int step = 0; step < 200; step++) {
            double middle = (low + high) / 2;
            double sum = 0;
            for (double share : within(users, shares, tolerance, middle)) {
                sum += share;
            }
            if (sum > 1) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return within(users, shares, tolerance, high);
    }

    private static double[] within(long[] users, double[] shares, double tolerance, double divisor) {
        return IntStream.range(0, users.length)
                .mapToDouble(i -> Math.min(
                        shares[i] * (1 + tolerance), Math.max(shares[i] * (1 - tolerance), users[i] / divisor)))
                .toArray();
    }

    private static long sum(long[] users) {
        long sum = 0;
        for (long count : users) {
            sum += count;
        }
        return sum;
    }
}
