package io.conversion.experiments.planning;

import io.conversion.experiments.statistics.ConfidenceSequence;
import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * How many users an experiment of two arms needs, and what it can find with those it gets. A variance is that of one user: of a
 * share p it is p (1 - p), of a ratio that of {@link io.conversion.experiments.statistics.Sample#variance}. Immutable and safe to
 * share between threads.
 *
 * @param controlVariance the variance of a user of the control, above 0
 * @param treatmentVariance the variance of a user of the other arm, above 0
 * @param treatmentShare the share of all users who are in the other arm, between 0 and 1
 * @param alpha the error rate, two-sided, between 0 and 1
 * @param anytime whether it may be looked at as often as one likes; else it is looked at once, at the end
 */
public record SampleSize(
        double controlVariance, double treatmentVariance, double treatmentShare, double alpha, boolean anytime) {

    private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);

    /** More users than there are people. */
    private static final double MOST = 1e11;

    /**
     * Checks the numbers. {@inheritDoc}
     *
     * @throws IllegalArgumentException if a number is out of its range
     */
    public SampleSize {
        if (!(controlVariance > 0 && treatmentVariance > 0)) {
            throw new IllegalArgumentException(
                    "variances are " + controlVariance + " and " + treatmentVariance + "; they must be above 0");
        }
        if (!(treatmentShare > 0 && treatmentShare < 1)) {
            throw new IllegalArgumentException(
                    "the share of the treatment is " + treatmentShare + "; it must be between 0 and 1");
        }
        if (!(alpha > 0 && alpha < 1)) {
            throw new IllegalArgumentException("the error rate is " + alpha + "; it must be between 0 and 1");
        }
    }

    /**
     * Of shares of users, before and with the effect.
     *
     * @param control the share in the control
     * @param treatment the share in the other arm
     * @return a size for one look, arms of one size and an error rate of 0.05
     */
    public static SampleSize ofShares(double control, double treatment) {
        return new SampleSize(control * (1 - control), treatment * (1 - treatment), 0.5, 0.05, false);
    }

    /**
     * Of a ratio of two sums, such as clicks per view, with users as what is independent: by the delta method the variance of a
     * user is that of {@code (n - r d) / mean(d)} with {@code r = mean(n) / mean(d)}.
     *
     * @param numerator the mean of the numerator over users
     * @param denominator the mean of the denominator over users, not 0
     * @param numeratorVariance the variance of the numerator over users
     * @param denominatorVariance the variance of the denominator over users
     * @param covariance the covariance of both over users
     * @return a size for one look, arms of one size and an error rate of 0.05
     * @throws IllegalArgumentException if the moments leave no variance
     */
    public static SampleSize ofRatio(
            double numerator,
            double denominator,
            double numeratorVariance,
            double denominatorVariance,
            double covariance) {
        double ratio = numerator / denominator;
        double variance = (numeratorVariance - 2 * ratio * covariance + ratio * ratio * denominatorVariance)
                / (denominator * denominator);
        return new SampleSize(variance, variance, 0.5, 0.05, false);
    }

    /**
     * The chance that the pooled z test of two shares, which is Pearson's chi-square and what a read-out gives as the p-value of
     * one look, sees a difference: its error without a difference is that of both arms together.
     *
     * @param control the share in the control
     * @param treatment the share in the other arm
     * @param controlUsers the users of the control
     * @param treatmentUsers the users of the other arm
     * @param alpha the error rate, two-sided
     * @return the power, 0 to 1
     */
    public static double powerOfPooledTest(
            double control, double treatment, double controlUsers, double treatmentUsers, double alpha) {
        double pooled = (control * controlUsers + treatment * treatmentUsers) / (controlUsers + treatmentUsers);
        double without = Math.sqrt(pooled * (1 - pooled) * (1 / controlUsers + 1 / treatmentUsers));
        double with = Math.sqrt(control * (1 - control) / controlUsers + treatment * (1 - treatment) / treatmentUsers);
        double reach = NORMAL.inverseSurvivalProbability(alpha / 2) * without;
        double difference = Math.abs(treatment - control);
        return NORMAL.cumulativeProbability((difference - reach) / with)
                + NORMAL.cumulativeProbability((-difference - reach) / with);
    }

    /**
     * Of users who come in clusters: each counts for less, by {@code 1 + (size - 1) correlation}.
     *
     * @param size the users of a cluster
     * @param correlation the correlation of two users of a cluster, 0 to 1
     * @return the size with larger variances
     */
    public SampleSize clustered(double size, double correlation) {
        return times(1 + (size - 1) * correlation);
    }

    /**
     * With covariates that explain a part of the variance, such as the recorded probability.
     *
     * @param share the square of the correlation with the outcome, 0 to below 1
     * @return the size with smaller variances
     */
    public SampleSize explained(double share) {
        return times(1 - share);
    }

    private SampleSize times(double factor) {
        return new SampleSize(factor * controlVariance, factor * treatmentVariance, treatmentShare, alpha, anytime);
    }

    /**
     * The standard error of the difference.
     *
     * @param users the users of both arms
     * @return the standard error
     */
    public double standardError(double users) {
        return Math.sqrt((controlVariance / (1 - treatmentShare) + treatmentVariance / treatmentShare) / users);
    }

    /**
     * The chance to see an effect. Of an experiment that may be looked at anytime this is the chance at the planned size; to
     * have seen it at some look before is a little more likely.
     *
     * @param effect the true difference
     * @param users the users of both arms, as planned
     * @return the power, 0 to 1
     */
    public double power(double effect, double users) {
        double critical = critical(users);
        double z = Math.abs(effect) / standardError(users);
        return NORMAL.cumulativeProbability(z - critical) + NORMAL.cumulativeProbability(-z - critical);
    }

    private double critical(double users) {
        return anytime
                ? new ConfidenceSequence(alpha, users).criticalValue(Math.max(1, Math.round(users)))
                : NORMAL.inverseSurvivalProbability(alpha / 2);
    }

    /**
     * The users that an effect needs.
     *
     * @param effect the true difference, not 0
     * @param power the chance to see it, between 0 and 1
     * @return the users of both arms, not rounded; infinity if there are not that many
     */
    public double users(double effect, double power) {
        double low = 2;
        double high = 4;
        while (high < MOST && power(effect, high) < power) {
            low = high;
            high *= 2;
        }
        if (high >= MOST) {
            return Double.POSITIVE_INFINITY;
        }
        for (int i = 0; i < 200 && high - low > 1e-12 * high; i++) {
            double middle = (low + high) / 2;
            if (power(effect, middle) < power) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return high;
    }

    /**
     * The smallest effect that some users can show.
     *
     * @param users the users of both arms
     * @param power the chance to see it, between 0 and 1
     * @return the difference, above 0
     */
    public double smallestEffect(double users, double power) {
        double low = 0;
        double high = standardError(users);
        while (power(high, users) < power) {
            high *= 2;
        }
        for (int i = 0; i < 200 && high - low > 1e-14 * high; i++) {
            double middle = (low + high) / 2;
            if (power(middle, users) < power) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return high;
    }

    /**
     * The smallest relative effect that some users can show to be above 0: the lift r of the mean of the control by which the
     * interval of the lift, with the error of the delta method, excludes 0. With the variances v0 and v1 of a user, n0 and n1
     * users, the mean m of the control, a = v1 / (n1 m2), b = v0 / (n0 m2), and k the critical value and the normal quantile of
     * the power together, it is the larger root of r2 = k2 (a + b (1 + r)2):
     *
     * <pre>
     * r = (k2 b + k sqrt(a + b - k2 a b)) / (1 - k2 b)
     * </pre>
     *
     * The chance to be wrong about the sign is left out, 1e-6 at a power of 0.8. As the control is in the lift twice, it is larger
     * than {@link #smallestEffect} over the mean.
     *
     * @param mean the mean of the control, not 0
     * @param users the users of both arms
     * @param power the chance to see it, from 0.5 to below 1
     * @return the lift, above 0; infinity if the mean of the control is too near 0 for its error
     */
    public double smallestRelativeEffect(double mean, double users, double power) {
        double k = critical(users) + NORMAL.inverseCumulativeProbability(power);
        double a = treatmentVariance / (treatmentShare * users * mean * mean);
        double b = controlVariance / ((1 - treatmentShare) * users * mean * mean);
        double left = 1 - k * k * b;
        return left > 0 ? (k * k * b + k * Math.sqrt(a + b - k * k * a * b)) / left : Double.POSITIVE_INFINITY;
    }
}
