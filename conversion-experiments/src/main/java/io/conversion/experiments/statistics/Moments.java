package io.conversion.experiments.statistics;

import java.util.Arrays;

/**
 * Means, variances and covariances of a few values of the users of an arm. Immutable and safe to share between threads.
 */
public final class Moments {

    private final long count;
    private final double[] means;
    private final double[][] covariances;

    Moments(long count, double[] means, double[][] covariances) {
        this.count = count;
        this.means = means;
        this.covariances = covariances;
    }

    /**
     * The number of users.
     *
     * @return how many, at least 0
     */
    public long count() {
        return count;
    }

    /**
     * The mean of a value.
     *
     * @param value its place among the values, from 0
     * @return the mean; NaN without users
     */
    public double mean(int value) {
        return means[value];
    }

    /**
     * The sample variance of a value.
     *
     * @param value its place among the values, from 0
     * @return the variance; NaN with fewer than two users
     */
    public double variance(int value) {
        return covariances[value][value];
    }

    /**
     * The sample covariance of two values.
     *
     * @param one the place of one among the values, from 0
     * @param other the place of the other
     * @return the covariance; NaN with fewer than two users
     */
    public double covariance(int one, int other) {
        return covariances[one][other];
    }

    /** The sample covariance of two weighted sums of the values. */
    double covariance(double[] one, double[] other) {
        double sum = 0;
        for (int i = 0; i < one.length; i++) {
            for (int j = 0; one[i] != 0 && j < other.length; j++) {
                sum += other[j] == 0 ? 0 : one[i] * other[j] * covariances[i][j];
            }
        }
        return sum;
    }

    int values() {
        return means.length;
    }

    /** The number of users and the means. */
    @Override
    public String toString() {
        return count + " users with means " + Arrays.toString(means);
    }
}
