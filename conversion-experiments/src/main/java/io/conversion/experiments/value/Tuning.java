package io.conversion.experiments.value;

import java.util.Arrays;

/**
 * Chooses the bound of an estimator: the one with the least sum of the squared error and the square of a bound on the bias,
 *
 * <pre>
 * |mean((w - v)(r - q))| + R ( sqrt(2 mean(w^2) ln(2/d) / n) + 2 max(w) ln(2/d) / (3n) )
 * </pre>
 *
 * <p>of the full weights w and the bounded ones v, with d = 0.05 and R the largest |r - q| (Su, Dimakopoulou, Krishnamurthy and
 * Dudik 2020, section 5). Where no weight is bounded, there is no bias, and only the first term counts.
 */
final class Tuning {

    private static final double[] BOUNDS = {1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, Double.POSITIVE_INFINITY};
    private static final double DELTA = 0.05;

    private Tuning() {}

    static ValueEstimate of(Estimates estimates, Estimator estimator) {
        ValueEstimate best = estimates.bounded(estimator, Double.POSITIVE_INFINITY);
        double least = Double.POSITIVE_INFINITY;
        for (double bound : BOUNDS) {
            ValueEstimate estimate = estimates.bounded(estimator, bound);
            double bias = bias(estimates, estimator, bound);
            double score = estimate.standardError() * estimate.standardError() + bias * bias;
            if (score < least) {
                least = score;
                best = estimate;
            }
        }
        return best;
    }

    private static double bias(Estimates estimates, Estimator estimator, double bound) {
        double[] full = estimates.rows().weight;
        double[] bounded = estimates.weights(estimator, bound);
        if (Arrays.equals(full, bounded)) {
            return 0;
        }
        double[] left = estimator == Estimator.CLIPPED_IPS ? estimates.rows().reward : estimates.residuals();
        double[] lost = new double[full.length];
        Arrays.setAll(lost, row -> (full[row] - bounded[row]) * left[row]);
        double mean = estimates.mean(estimator, bound, lost).value();
        double square =
                estimates.mean(estimator, bound, WeightedRows.times(full, full)).value();
        double largest = Arrays.stream(full).max().orElse(0);
        double range = Arrays.stream(left).map(Math::abs).max().orElse(0);
        double log = Math.log(2 / DELTA);
        return Math.abs(mean)
                + range * (Math.sqrt(2 * square * log / full.length) + 2 * largest * log / (3 * full.length));
    }
}
