package io.conversion.experiments.statistics;

import org.apache.commons.statistics.distribution.NormalDistribution;
import org.apache.commons.statistics.distribution.TDistribution;

/**
 * What an arm has beyond another: the difference of their means, or of the means by those of the control, with its standard
 * error. Immutable and safe to share between threads.
 *
 * @param estimate the estimate, treatment less control
 * @param standardError its standard error
 * @param degreesOfFreedom the degrees of freedom of the error; infinity where the normal distribution is used
 */
public record Difference(double estimate, double standardError, double degreesOfFreedom) {

    private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);

    /**
     * The difference of two means, with the normal distribution: for proportions and ratios.
     *
     * @param control the control arm
     * @param treatment the other arm
     * @return the difference
     */
    public static Difference of(Sample control, Sample treatment) {
        return new Difference(
                treatment.mean() - control.mean(),
                Math.sqrt(control.errorVariance() + treatment.errorVariance()),
                Double.POSITIVE_INFINITY);
    }

    /**
     * The difference of two means, with the degrees of freedom of Welch (1947).
     *
     * @param control the control arm
     * @param treatment the other arm
     * @return the difference
     */
    public static Difference ofWelch(Sample control, Sample treatment) {
        double a = control.errorVariance();
        double b = treatment.errorVariance();
        double degrees = (a + b) * (a + b) / (a * a / (control.users() - 1) + b * b / (treatment.users() - 1));
        return new Difference(treatment.mean() - control.mean(), Math.sqrt(a + b), degrees);
    }

    /**
     * The same relative to the mean of the control: the lift m1/m0 - 1, with the error of the delta method and the degrees of
     * freedom of this difference.
     *
     * @param control the control arm
     * @param treatment the other arm
     * @return the relative difference
     */
    public Difference relative(Sample control, Sample treatment) {
        double ratio = treatment.mean() / control.mean();
        double variance = (treatment.errorVariance() + ratio * ratio * control.errorVariance())
                / (control.mean() * control.mean());
        return new Difference(estimate / control.mean(), Math.sqrt(variance), degreesOfFreedom);
    }

    /**
     * The estimate in units of its error.
     *
     * @return {@code estimate / standardError}
     */
    public double z() {
        return estimate / standardError;
    }

    /**
     * The interval and p-value of one look at a time that was fixed before.
     *
     * @param alpha the error rate, such as 0.05
     * @return Student's interval, the normal one for infinite degrees of freedom; two-sided
     */
    public Inference fixed(double alpha) {
        double reach = quantile(1 - alpha / 2) * standardError;
        return new Inference(estimate - reach, estimate + reach, 2 * upperTail(Math.abs(z())));
    }

    private double quantile(double p) {
        return Double.isInfinite(degreesOfFreedom)
                ? NORMAL.inverseCumulativeProbability(p)
                : TDistribution.of(degreesOfFreedom).inverseCumulativeProbability(p);
    }

    private double upperTail(double statistic) {
        return Double.isInfinite(degreesOfFreedom)
                ? NORMAL.survivalProbability(statistic)
                : TDistribution.of(degreesOfFreedom).survivalProbability(statistic);
    }

    /** The value of the normal distribution that is as far out as the statistic is in its own. */
    double normalScore() {
        if (Double.isInfinite(degreesOfFreedom)) {
            return z();
        }
        double tail = upperTail(Math.abs(z()));
        // So far out a tail is no number any more, and neither is its quantile.
        return tail < Double.MIN_NORMAL ? z() : Math.copySign(NORMAL.inverseSurvivalProbability(tail), z());
    }

    /** The value of the error's own distribution that is as far out as one of the normal distribution. */
    double ownScore(double normal) {
        if (Double.isInfinite(degreesOfFreedom)) {
            return normal;
        }
        double tail = NORMAL.survivalProbability(normal);
        return tail < Double.MIN_NORMAL
                ? Double.POSITIVE_INFINITY
                : TDistribution.of(degreesOfFreedom).inverseSurvivalProbability(tail);
    }
}
