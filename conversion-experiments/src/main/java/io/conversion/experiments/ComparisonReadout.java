package io.conversion.experiments;

import io.conversion.experiments.statistics.Inference;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An arm against the control, in one metric: either the difference, or why it is refused. Immutable and safe to share between
 * threads.
 *
 * @param arm the name of the arm
 * @param refusal why there is no difference; null if there is one
 * @param difference the difference of the means; null if it is refused
 * @param relative the difference relative to the control; null if it is refused, or the control is too near 0
 * @param adjusted the difference less what covariates explain; null without covariates, or if it is refused
 * @param clusters how users come in clusters; null if they do not
 * @param exact what holds for any number of users, without asymptotics; null where outcomes are not 0 or 1
 * @param correctedPValue the p-value of the difference that decides, corrected by Holm for the number of arms; NaN if refused
 */
public record ComparisonReadout(
        String arm,
        @Nullable Refusal refusal,
        @Nullable EffectReadout difference,
        @Nullable EffectReadout relative,
        @Nullable AdjustedReadout adjusted,
        @Nullable ClusterReadout clusters,
        @Nullable ExactReadout exact,
        double correctedPValue) {

    static ComparisonReadout refused(String arm, Refusal refusal) {
        return new ComparisonReadout(arm, refusal, null, null, null, null, null, Double.NaN);
    }

    ComparisonReadout corrected(double pValue) {
        return new ComparisonReadout(arm, refusal, difference, relative, adjusted, clusters, exact, pValue);
    }

    /**
     * The best difference there is, which is the one that decides.
     *
     * @return the adjusted one where there is one, else the plain one; null if it is refused
     */
    public @Nullable EffectReadout best() {
        return adjusted == null ? difference : adjusted.difference();
    }

    /** The same, of an arm whose difference is not refused. */
    EffectReadout given() {
        return Objects.requireNonNull(best(), () -> "the difference of arm " + arm + " is refused");
    }

    /**
     * A difference less what covariates explain.
     *
     * @param difference the adjusted difference
     * @param varianceReduction how much smaller its variance is, as a share: that many users fewer would do
     */
    public record AdjustedReadout(EffectReadout difference, double varianceReduction) {}

    /**
     * Users in clusters.
     *
     * @param control clusters with users in the control
     * @param treatment clusters with users in the other arm
     * @param degreesOfFreedom the degrees of freedom of the error
     * @param simpleError the standard error with the correction CR1
     * @param designEffect how many times larger the variance is than that of independent users
     */
    public record ClusterReadout(
            int control, int treatment, double degreesOfFreedom, double simpleError, double designEffect) {}

    /**
     * What holds for any number of users. It depends on the order in which they came.
     *
     * @param evidence the e-value against two equal rates; its inverse is a p-value
     * @param effect the weighted difference with its bounds; null where no shares were declared
     */
    public record ExactReadout(double evidence, @Nullable Inference effect) {}
}
