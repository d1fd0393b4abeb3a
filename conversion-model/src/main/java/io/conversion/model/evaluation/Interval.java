package io.conversion.model.evaluation;

import java.util.Arrays;
import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * An interval of a number. Immutable and safe to share between threads.
 *
 * @param lower the lower end
 * @param upper the upper end
 */
public record Interval(double lower, double upper) {

    /**
     * Wilson's interval of a rate (Wilson, JASA 22, 1927), without correction for continuity. It stays within 0 and 1,
     * and is of use where no or every user converted.
     *
     * @param positives the users who converted
     * @param rows the users, at least one
     * @param level the confidence level, between 0 and 1
     * @return the interval, within 0 and 1
     */
    public static Interval wilson(int positives, int rows, double level) {
        double z = quantile((1 + level) / 2);
        double rate = (double) positives / rows;
        double centre = rate + z * z / (2.0 * rows);
        double half = z * Math.sqrt(rate * (1 - rate) / rows + z * z / (4.0 * rows * rows));
        double scale = 1 + z * z / rows;
        return new Interval(
                positives == 0 ? 0 : (centre - half) / scale, positives == rows ? 1 : (centre + half) / scale);
    }

    /**
     * Wald's interval of an estimate.
     *
     * @param value the estimate
     * @param standardError its standard error
     * @param level the confidence level, between 0 and 1
     * @return as many standard errors to either side as the level asks for
     */
    public static Interval wald(double value, double standardError, double level) {
        double half = quantile((1 + level) / 2) * standardError;
        return new Interval(value - half, value + half);
    }

    /**
     * The percentile interval of resampled statistics: between two of their quantiles, interpolated linearly between
     * order statistics.
     *
     * @param statistics the statistic of each resample
     * @param level the confidence level, between 0 and 1
     * @return the interval
     */
    public static Interval percentile(double[] statistics, double level) {
        double[] sorted = statistics.clone();
        Arrays.sort(sorted);
        return new Interval(orderStatistic(sorted, (1 - level) / 2), orderStatistic(sorted, (1 + level) / 2));
    }

    private static double orderStatistic(double[] sorted, double share) {
        double position = share * (sorted.length - 1);
        int below = (int) position;
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (position - below) * (sorted[above] - sorted[below]);
    }

    /**
     * Whether a number lies in the interval, ends included.
     *
     * @param number a number
     * @return whether it does
     */
    public boolean contains(double number) {
        return lower <= number && number <= upper;
    }

    private static double quantile(double probability) {
        return NormalDistribution.of(0, 1).inverseCumulativeProbability(probability);
    }
}
