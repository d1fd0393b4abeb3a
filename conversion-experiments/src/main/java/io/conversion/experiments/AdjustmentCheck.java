package io.conversion.experiments;

import io.conversion.core.json.ArtifactText;
import io.conversion.experiments.statistics.ConfidenceSequence;
import io.conversion.experiments.statistics.Difference;
import java.util.Optional;

/**
 * Holds the adjusted effect against the plain one: they estimate the same, and what chance puts between them is known (see
 * {@link io.conversion.experiments.statistics.Adjustment#movement}). Where there is more, users were not assigned by chance, or
 * a covariate was measured after the assignment; then one of the two is wrong, and nobody can tell which.
 *
 * <p>An alarm is one that a sound read-out gives with a chance of at most {@link HealthCheck#ALARM}, over all its metrics and
 * arms together and, where looks are planned, over all looks. Less than half an error of the plain difference is none.
 *
 * @param plan what was fixed before
 * @param metric the metric
 * @param arm the arm that is compared with the control
 * @param plain the plain difference with its error
 * @param moved by how much the covariates move it
 * @param users the users of both arms
 * @param comparisons how many comparisons there are with other metrics and arms
 */
record AdjustmentCheck(
        ReadoutPlan plan, Metric metric, String arm, Difference plain, Difference moved, long users, int comparisons) {

    private static final double HARMLESS = 0.5;

    /** That the effect turned round, by more than chance can. */
    Optional<Refusal> refusal() {
        return isAlarm() && turns()
                ? Optional.of(new Refusal(
                        "covariates_turn_effect",
                        "covariates turn it from " + change() + ", which is no chance",
                        "leave out covariates that were measured after the assignment, and look whether users were assigned"
                                + " by chance"))
                : Optional.empty();
    }

    /** That the effect was moved by more than chance can, or that it turned round by chance. */
    Optional<Finding> finding() {
        if (isAlarm() && !turns()) {
            return Optional.of(new Finding(
                    "covariates_move_effect",
                    Finding.Severity.WARNS,
                    sentence() + ", which is no chance: either users were not assigned by chance, or a covariate was"
                            + " measured after the assignment and is none"));
        }
        return !isAlarm() && turns()
                ? Optional.of(new Finding(
                        "adjusted_sign_differs",
                        Finding.Severity.NOTES,
                        sentence() + ", no more than chance does where an effect is small beside its error"))
                : Optional.empty();
    }

    private double adjusted() {
        return plain.estimate() + moved.estimate();
    }

    private boolean turns() {
        return plain.estimate() * adjusted() < 0;
    }

    private boolean isAlarm() {
        if (!(Math.abs(moved.estimate()) > HARMLESS * plain.standardError() && moved.standardError() > 0)) {
            return false;
        }
        double alarm = HealthCheck.ALARM / comparisons;
        boolean isOnce = plan.singleLook() || plan.plannedUsers() == 0;
        return isOnce
                ? moved.fixed(alarm).excludes(0)
                : new ConfidenceSequence(alarm, plan.plannedUsers())
                        .at(moved, users)
                        .excludes(0);
    }

    private String sentence() {
        return "the covariates move the difference of " + ArtifactText.quoted(metric.name()) + " in arm "
                + ArtifactText.quoted(arm) + " from " + change();
    }

    private String change() {
        return ChangeTexts.points(metric, plain.estimate(), plain.standardError()) + " to "
                + ChangeTexts.change(metric, adjusted(), plain.standardError());
    }
}
