package io.conversion.experiments.statistics;

import org.apache.commons.statistics.distribution.NormalDistribution;

/** Intervals of proportions that hold near 0 and 1, too. */
public final class Newcombe {

    private Newcombe() {}

    /**
     * The interval of a difference of two proportions: Wilson's intervals of both put together, without continuity correction
     * (Newcombe 1998, method 10), with the p-value of the pooled z test, which is that of Pearson's chi-square.
     *
     * @param control the share of the control
     * @param treatment the share of the other arm
     * @param alpha the error rate, such as 0.05
     * @return the interval and the p-value
     */
    public static Inference difference(Sample control, Sample treatment, double alpha) {
        double[] a = wilson(control, alpha);
        double[] b = wilson(treatment, alpha);
        double difference = treatment.mean() - control.mean();
        double lower = difference - Math.hypot(treatment.mean() - b[0], a[1] - control.mean());
        double upper = difference + Math.hypot(b[1] - treatment.mean(), control.mean() - a[0]);
        return new Inference(lower, upper, TwoProportions.of(control, treatment).pooled());
    }

    /** Wilson's interval of a share: its two ends. */
    static double[] wilson(Sample share, double alpha) {
        double z = NormalDistribution.of(0, 1).inverseSurvivalProbability(alpha / 2);
        double n = share.users();
        double p = share.mean();
        double middle = p + z * z / (2 * n);
        double reach = z * Math.sqrt(p * (1 - p) / n + z * z / (4 * n * n));
        double scale = 1 + z * z / n;
        return new double[] {Math.max(0, (middle - reach) / scale), Math.min(1, (middle + reach) / scale)};
    }
}
