package io.conversion.experiments.threshold;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The users on one side of a bound, in the order of the running variable.
 *
 * @param x how far each is from the bound, in its direction: below 0 or from 0 on, ascending
 * @param y the outcome of each
 * @param covariates a column for each covariate
 * @param clusters the cluster of each; empty if users are independent
 */
// Nobody compares it or lets it out of this package.
@SuppressWarnings("ArrayRecordComponent")
record Side(double[] x, double[] y, double[][] covariates, int[] clusters) {

    int size() {
        return x.length;
    }

    /** The users that are closer than a bandwidth. */
    Side within(double bandwidth) {
        int from = 0;
        int to = x.length;
        while (from < to && Math.abs(x[from]) >= bandwidth) {
            from++;
        }
        while (to > from && Math.abs(x[to - 1]) >= bandwidth) {
            to--;
        }
        return part(from, to, 0);
    }

    /** Some of the users in their order, with their distance from another place. */
    Side part(int from, int to, double place) {
        double[] distances = Arrays.copyOfRange(x, from, to);
        for (int i = 0; i < distances.length; i++) {
            distances[i] -= place;
        }
        return new Side(
                distances,
                Arrays.copyOfRange(y, from, to),
                Arrays.stream(covariates)
                        .map(column -> Arrays.copyOfRange(column, from, to))
                        .toArray(double[][]::new),
                clusters.length == 0 ? clusters : Arrays.copyOfRange(clusters, from, to));
    }

    /** The same users with another outcome and no covariates. */
    Side withOutcome(double[] outcome) {
        return new Side(x, outcome, new double[0][], clusters);
    }

    /** How many different values of the running variable there are. */
    int distinct() {
        int count = 0;
        for (int i = 0; i < x.length; i++) {
            count += i == 0 || x[i] != x[i - 1] ? 1 : 0;
        }
        return count;
    }

    /** How many clusters there are; as many as users if they are independent. */
    int clusterCount() {
        return clusters.length == 0
                ? x.length
                : (int) Arrays.stream(clusters).distinct().count();
    }

    /** The clusters of these users and then of those of the other side. */
    int[] clustersWith(Side other) {
        return IntStream.concat(IntStream.of(clusters), IntStream.of(other.clusters))
                .toArray();
    }

    /** How far the farthest user is from the bound. */
    double range() {
        return x.length == 0 ? 0 : Math.max(Math.abs(x[0]), Math.abs(x[x.length - 1]));
    }

    /** How far the users of so many different values are from the bound, or the farthest one if there are fewer. */
    double distanceOf(int values) {
        boolean below = x[0] < 0;
        int count = 0;
        double distance = 0;
        for (int step = 0; step < x.length && count < values; step++) {
            double at = Math.abs(x[below ? x.length - 1 - step : step]);
            count += step == 0 || at != distance ? 1 : 0;
            distance = at;
        }
        return distance;
    }
}
