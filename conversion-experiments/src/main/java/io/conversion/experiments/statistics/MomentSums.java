package io.conversion.experiments.statistics;

import java.math.BigInteger;
import java.util.stream.Stream;

/**
 * Adds up users: their number, and the sums and products of a few values of each, without rounding. In whatever order users
 * come, and however they are split and {@linkplain #add(MomentSums) put together again}, the {@linkplain #moments() moments}
 * are the same to the bit. Not safe for use by several threads at once.
 */
public final class MomentSums {

    private final ExactSum[] sums;
    private final ExactSum[] products;
    private long count;

    /**
     * Starts at no users.
     *
     * @param values how many values each user has, at least 1
     */
    public MomentSums(int values) {
        sums = zeros(values);
        products = zeros(values * (values + 1) / 2);
    }

    private static ExactSum[] zeros(int size) {
        return Stream.generate(ExactSum::new).limit(size).toArray(ExactSum[]::new);
    }

    /**
     * Adds a user.
     *
     * @param values the values of the user, finite
     * @throws IllegalArgumentException if the values are not as many as was said, or one of them or a product of two is not
     *     finite
     */
    public void add(double... values) {
        if (values.length != sums.length) {
            throw new IllegalArgumentException(
                    "a user has " + sums.length + " values here, but " + values.length + " were given");
        }
        int product = 0;
        for (int i = 0; i < values.length; i++) {
            sums[i].add(values[i]);
            for (int j = 0; j <= i; j++) {
                products[product++].addProduct(values[i], values[j]);
            }
        }
        count++;
    }

    /**
     * Adds all users of other sums.
     *
     * @param other the other sums, of as many values
     */
    public void add(MomentSums other) {
        for (int i = 0; i < sums.length; i++) {
            sums[i].add(other.sums[i]);
        }
        for (int i = 0; i < products.length; i++) {
            products[i].add(other.products[i]);
        }
        count += other.count;
    }

    /**
     * The number of users.
     *
     * @return how many were added
     */
    public long count() {
        return count;
    }

    /**
     * Means, variances and covariances, each the double next to its exact value.
     *
     * @return the moments; variances and covariances have the divisor of a sample, and are NaN of fewer than two users, as
     *     means are of none
     */
    public Moments moments() {
        int size = sums.length;
        double[] means = new double[size];
        double[][] covariances = new double[size][size];
        Dyadic[] totals = new Dyadic[size];
        BigInteger users = BigInteger.valueOf(count);
        BigInteger pairs = users.multiply(BigInteger.valueOf(count - 1));
        int product = 0;
        for (int i = 0; i < size; i++) {
            totals[i] = sums[i].value();
            means[i] = count == 0 ? Double.NaN : totals[i].over(users);
            for (int j = 0; j <= i; j++) {
                Dyadic spread = products[product++].value().times(count).minus(totals[i].times(totals[j]));
                covariances[i][j] = count < 2 ? Double.NaN : spread.over(pairs);
                covariances[j][i] = covariances[i][j];
            }
        }
        return new Moments(count, means, covariances);
    }

    /**
     * The sum of a value over all users.
     *
     * @param value its place among the values, from 0
     * @return the double next to the exact sum
     */
    public double sum(int value) {
        return sums[value].value().toDouble();
    }
}
