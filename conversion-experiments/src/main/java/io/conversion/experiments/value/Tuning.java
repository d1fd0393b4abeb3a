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

    private static final double[] BOUNDS = {1, 2, 5, 10, 20, 50, 100, 200, 500, 1000};
    private static final double DELTA = 0.05;

    private final Estimates estimates;
    private final Estimator estimator;
    private final double[] full;
    private final double[] left;
    private final double uncertain;

    private Tuning(Estimates estimates, Estimator estimator) {
        this.estimates = estimates;
        this.estimator = estimator;
        this.full = estimates.rows().weight;
        this.left = estimator == Estimator.CLIPPED_IPS ? estimates.rows().reward : estimates.residuals();
        double square = estimates
                .mean(estimator, Double.NaN, WeightedRows.times(full, full))
                .value();
        double range = Arrays.stream(left).map(Math::abs).max().orElse(0);
        double log = Math.log(2 / DELTA);
        this.uncertain = range * (Math.sqrt(2 * square * log / full.length) + 2 * largest() * log / (3 * full.length));
    }

    static ValueEstimate of(Estimates estimates, Estimator estimator) {
        return new Tuning(estimates, estimator).best();
    }

    private double largest() {
        return Arrays.stream(full).max().orElse(0);
    }

    private ValueEstimate best() {
        ValueEstimate best = estimates.bounded(estimator, Double.POSITIVE_INFINITY);
        double least = best.standardError() * best.standardError();
        for (double bound : BOUNDS) {
            if (bound >= largest() && estimator != Estimator.SHRUNK_DOUBLY_ROBUST) {
                break;
            }
            ValueEstimate estimate = estimates.bounded(estimator, bound);
            double bias = bias(bound);
            double score = estimate.standardError() * estimate.standardError() + bias * bias;
            if (score < least) {
                least = score;
                best = estimate;
            }
        }
        return best;
    }

    private double bias(double bound) {
        double[] bounded = estimates.weights(estimator, bound);
        double[] lost = new double[full.length];
        Arrays.setAll(lost, row -> (full[row] - bounded[row]) * left[row]);
        return Math.abs(estimates.mean(estimator, bound, lost).value()) + uncertain;
    }
}
