package io.conversion.policy.monitoring;

import io.conversion.policy.review.ConversionRate;
import java.util.Optional;

/**
 * Whether as many users of a group converted as the probabilities of their scores said, under the treatment that they got.
 *
 * <p>It says nothing of what the treatment brings: users of a band or an action differ from others in more than what was
 * done for them, and an offer that works makes more of them convert than a model says that was trained without it.
 *
 * <p>If each user converts independently and with the probability of the score, {@code z = (O - E) / sqrt(V)} is about
 * standard normal, for {@code O} conversions, {@code E} the sum of the probabilities {@code p} and {@code V} that of
 * {@code p (1 - p)} (the calibration in the large of Cox, Biometrika 45, 1958; the statistic of Hosmer and Lemeshow has one
 * such term a group). The group is off if {@code z^2} is above the chi-square quantile with one degree of freedom. The
 * approximation wants a variance of at least {@value #SMALLEST_VARIANCE}. Below it the group is off only if chance is ruled
 * out by Bernstein's inequality, {@code P(|O - E| >= d) <= 2 exp(-d^2 / (2 (V + d / 3)))}: probabilities that are all next to
 * 0 or 1 have hardly any variance, however wrong they are. Immutable and safe to share between threads.
 *
 * @param group the segment of the band, or the action
 * @param counts what was expected and what was observed
 * @param limit above which {@code z^2} says that the probabilities are off
 */
public record CalibrationUnderTreatment(String group, CalibrationCounts counts, double limit) {

    /** The variance of the number of conversions from which on the verdict can be relied on. */
    public static final double SMALLEST_VARIANCE = 25;

    /** The most that a probability moves when it is rounded to millionths. */
    private static final double ROUNDING = 0.5e-6;

    static CalibrationUnderTreatment of(String group, CalibrationCounts counts, double falseAlarmRate) {
        return new CalibrationUnderTreatment(group, counts, ChiSquare.upperQuantile(1, falseAlarmRate));
    }

    /**
     * The rate at which the users converted, with Wilson's interval of 95 %.
     *
     * @return the rate; empty if there are no users
     */
    public Optional<ConversionRate> observed() {
        return counts.users() == 0
                ? Optional.empty()
                : Optional.of(new ConversionRate(counts.conversions(), counts.users()));
    }

    /**
     * The mean of the probabilities.
     *
     * @return the rate that was expected, 0 to 1; 0 if there are no users
     */
    public double expectedRate() {
        return counts.users() == 0 ? 0 : counts.expected() / counts.users();
    }

    /**
     * Expected conversions for each one observed: 1 if the probabilities are right, above 1 if they promise too much.
     *
     * @return the ratio; empty if nobody converted
     */
    public Optional<Double> expectedToObserved() {
        return counts.conversions() == 0 ? Optional.empty() : Optional.of(counts.expected() / counts.conversions());
    }

    /**
     * How many standard deviations more users converted than expected.
     *
     * @return {@code z}; 0 if the variance is 0
     */
    public double z() {
        return counts.variance() == 0 ? 0 : (counts.conversions() - counts.expected()) / Math.sqrt(counts.variance());
    }

    /**
     * Tells whether too few outcomes are known to say anything.
     *
     * @return whether the variance is below {@value #SMALLEST_VARIANCE}
     */
    public boolean hasTooFewUsers() {
        return counts.variance() < SMALLEST_VARIANCE;
    }

    /**
     * Tells whether the probabilities are off.
     *
     * @return whether there are users enough and {@code z^2} is above the limit, or the difference is beyond all chance
     */
    public boolean isOff() {
        return hasTooFewUsers() ? isBeyondChance() : z() * z() > limit;
    }

    private boolean isBeyondChance() {
        // What rounding each user to millionths may have lost.
        double lost = ROUNDING * counts.users();
        double apart = Math.abs(counts.conversions() - counts.expected()) - lost;
        double bound = 2 * StrictMath.exp(-apart * apart / (2 * (counts.variance() + lost + apart / 3)));
        return apart > 0 && bound < ChiSquare.upperTail(1, limit);
    }
}
