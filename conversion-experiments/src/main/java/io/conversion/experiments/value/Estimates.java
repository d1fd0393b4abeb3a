package io.conversion.experiments.value;

import io.conversion.experiments.statistics.CressieRead;
import io.conversion.experiments.statistics.Moments;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** All estimates of a log under another policy, each with its error over users. */
final class Estimates {

    private final WeightedRows rows;
    private final double[] ones;

    Estimates(WeightedRows rows) {
        this.rows = rows;
        this.ones = rows.ones();
    }

    List<ValueEstimate> all() {
        List<ValueEstimate> all = new ArrayList<>();
        double[] weighted = rows.weighted();
        all.add(mean(Estimator.IPS, Double.NaN, weighted));
        all.add(sum(Estimator.SNIPS, Double.NaN, new double[][] {weighted}, new double[][] {rows.weight}));
        all.add(Tuning.of(this, Estimator.CLIPPED_IPS));
        all.add(controlled(weighted));
        all.add(cressieRead());
        if (rows.direct != null && rows.expected != null) {
            all.add(new ValueEstimate(
                    Estimator.DIRECT,
                    mean(Estimator.DIRECT, Double.NaN, rows.direct).value(),
                    Double.NaN,
                    Double.NaN));
            all.add(mean(Estimator.DOUBLY_ROBUST, Double.NaN, doublyRobust()));
            all.add(sum(
                    Estimator.SELF_NORMALISED_DOUBLY_ROBUST,
                    Double.NaN,
                    new double[][] {rows.direct, corrections(rows.weight)},
                    new double[][] {ones, rows.weight}));
            all.add(Tuning.of(this, Estimator.SWITCH_DOUBLY_ROBUST));
            all.add(Tuning.of(this, Estimator.SHRUNK_DOUBLY_ROBUST));
        }
        return all;
    }

    WeightedRows rows() {
        return rows;
    }

    /** What each decision says of the value, weighed in full: doubly robust with a model, else by inverse propensity. */
    static double[] terms(WeightedRows rows) {
        return rows.direct == null ? rows.weighted() : new Estimates(rows).doublyRobust();
    }

    private double[] doublyRobust() {
        return direct(corrections(rows.weight));
    }

    /** An estimate of a kind whose weights are bounded by some number. */
    ValueEstimate bounded(Estimator estimator, double bound) {
        double[] weights = weights(estimator, bound);
        return mean(
                estimator,
                bound,
                estimator == Estimator.CLIPPED_IPS
                        ? WeightedRows.times(weights, rows.reward)
                        : direct(corrections(weights)));
    }

    double[] weights(Estimator estimator, double bound) {
        return Arrays.stream(rows.weight)
                .map(w -> switch (estimator) {
                    case CLIPPED_IPS -> Math.min(w, bound);
                    case SWITCH_DOUBLY_ROBUST -> w <= bound ? w : 0;
                    case SHRUNK_DOUBLY_ROBUST -> Double.isInfinite(bound) ? w : bound * w / (w * w + bound);
                    default -> throw new IllegalArgumentException("the weights of " + estimator + " have no bound");
                })
                .toArray();
    }

    /** What is left of the rewards without what the model expects; all without a model. */
    double[] residuals() {
        double[] residuals = rows.reward.clone();
        if (rows.expected != null) {
            Arrays.setAll(residuals, row -> rows.reward[row] - rows.expected[row]);
        }
        return residuals;
    }

    private double[] corrections(double[] weights) {
        return WeightedRows.times(weights, residuals());
    }

    private double[] direct(double[] corrections) {
        double[] terms = corrections.clone();
        if (rows.direct != null) {
            Arrays.setAll(terms, row -> rows.direct[row] + corrections[row]);
        }
        return terms;
    }

    private ValueEstimate controlled(double[] weighted) {
        Moments moments = rows.moments(weighted, rows.weight);
        double slope = moments.variance(1) > 0 ? moments.covariance(0, 1) / moments.variance(1) : 0;
        double[] terms = new double[weighted.length];
        Arrays.setAll(terms, row -> weighted[row] - slope * (rows.weight[row] - 1));
        return mean(Estimator.CONTROL_VARIATE, Double.NaN, terms);
    }

    private ValueEstimate cressieRead() {
        CressieRead likelihood = new CressieRead();
        for (int row = 0; row < rows.size(); row++) {
            likelihood.add(rows.weight[row], rows.reward[row]);
        }
        return new ValueEstimate(Estimator.CRESSIE_READ, likelihood.estimate(), Double.NaN, Double.NaN);
    }

    ValueEstimate mean(Estimator estimator, double bound, double[] terms) {
        return sum(estimator, bound, new double[][] {terms}, new double[][] {ones});
    }

    /** A sum of ratios of means over decisions, with the error of the delta method over users. */
    private ValueEstimate sum(Estimator estimator, double bound, double[][] above, double[][] below) {
        double[][] terms = new double[2 * above.length][];
        for (int i = 0; i < above.length; i++) {
            terms[2 * i] = above[i];
            terms[2 * i + 1] = below[i];
        }
        Moments moments = rows.moments(terms);
        double value = 0;
        double[] slopes = new double[terms.length];
        for (int i = 0; i < terms.length; i += 2) {
            double part = moments.mean(i) / moments.mean(i + 1);
            value += part;
            slopes[i] = 1 / moments.mean(i + 1);
            slopes[i + 1] = -part / moments.mean(i + 1);
        }
        double variance = 0;
        for (int i = 0; i < slopes.length; i++) {
            for (int j = 0; j < slopes.length; j++) {
                variance += slopes[i] * slopes[j] * moments.covariance(i, j);
            }
        }
        return new ValueEstimate(estimator, value, Math.sqrt(Math.max(0, variance) / moments.count()), bound);
    }
}
