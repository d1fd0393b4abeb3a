package io.conversion.policy.monitoring;

import io.conversion.core.ConversionModel;
import io.conversion.core.ModelReference;
import io.conversion.policy.Policy;
import io.conversion.policy.PolicyReference;
import java.util.List;

/**
 * What the counts of a {@link DriftSnapshot} say: whether the users still are like those of the training, signal by signal,
 * and whether as many convert as the probabilities say. Immutable and safe to share between threads.
 *
 * <p>If nothing has changed, each row raises an alert in about {@link #FALSE_ALARM_RATE} divided by the number of signals
 * of all reports, or less often where {@link PopulationStability#SMALLEST_LIMIT} is what limits it; and any band or action
 * does so in about {@link #FALSE_ALARM_RATE} of them. That takes users for independent of each other, so one who is decided
 * on twice should be counted once; and whoever asks every hour asks as often. See {@code docs/monitoring.md}.
 *
 * @param model the model that scored
 * @param policy the policy that decided
 * @param users how many users had their signals accepted
 * @param rows a row for each signal, then for the probability and for the bands; none if the model has no reference
 *     distribution
 * @param byBand a row for each band: what came of the users for whom it was decided on
 * @param byAction a row for each action that a band, a guardrail or the control group may give
 * @param alerts what has drifted or is off, in whole sentences
 * @param unanswered what cannot be said so far, and why, in whole sentences
 */
public record DriftReport(
        ModelReference model,
        PolicyReference policy,
        long users,
        List<DriftRow> rows,
        List<CalibrationUnderTreatment> byBand,
        List<CalibrationUnderTreatment> byAction,
        List<String> alerts,
        List<String> unanswered) {

    /** About how often all signals together raise an alert by chance, and likewise all bands and actions. */
    public static final double FALSE_ALARM_RATE = 0.001;

    /** Copies the lists. {@inheritDoc} */
    public DriftReport {
        rows = List.copyOf(rows);
        byBand = List.copyOf(byBand);
        byAction = List.copyOf(byAction);
        alerts = List.copyOf(alerts);
        unanswered = List.copyOf(unanswered);
    }

    /**
     * Makes the report on a snapshot, which may be the sum of many.
     *
     * @param snapshot the counts
     * @param model the model that they are of
     * @param policy the policy that they are of
     * @return the report
     * @throws IllegalArgumentException if they are of another model or policy
     */
    public static DriftReport of(DriftSnapshot snapshot, ConversionModel model, Policy policy) {
        return of(snapshot, MonitoredModel.of(model), policy);
    }

    /**
     * Compares the counts of a model, which may be a foreign one, with its training.
     *
     * @param snapshot the counts of a monitor of this model and policy
     * @param model what is known of the model
     * @param policy the policy
     * @return the report
     * @throws IllegalArgumentException if the counts are not of this model, this policy and their bins
     */
    public static DriftReport of(DriftSnapshot snapshot, MonitoredModel model, Policy policy) {
        // Refuses what is not of this model, this policy and their bins.
        DriftSnapshot counted = DriftSnapshot.empty(model, policy).plus(snapshot);
        return new DriftReporter(counted, model, policy).report();
    }
}
