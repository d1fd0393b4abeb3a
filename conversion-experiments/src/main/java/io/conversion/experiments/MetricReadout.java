package io.conversion.experiments;

import io.conversion.experiments.statistics.MultipleComparisons;
import java.util.ArrayList;
import java.util.List;

/**
 * A metric read out: its arms, and each against the control. Immutable and safe to share between threads.
 *
 * @param metric the metric
 * @param arms the arms, the control first
 * @param comparisons the other arms against the control
 */
public record MetricReadout(Metric metric, List<ArmReadout> arms, List<ComparisonReadout> comparisons) {

    /** Copies the lists. {@inheritDoc} */
    public MetricReadout {
        arms = List.copyOf(arms);
        comparisons = List.copyOf(comparisons);
    }

    /** With the control first, and p-values corrected for the number of arms. */
    static MetricReadout of(
            ReadoutPlan plan, Metric metric, List<ArmReadout> arms, List<ComparisonReadout> comparisons) {
        List<ArmReadout> ordered = new ArrayList<>(arms);
        ordered.sort((a, b) ->
                Boolean.compare(b.name().equals(plan.control()), a.name().equals(plan.control())));
        List<ComparisonReadout> given =
                comparisons.stream().filter(of -> of.refusal() == null).toList();
        double[] corrected = MultipleComparisons.holm(given.stream()
                .mapToDouble(of -> of.given().deciding(plan.singleLook()).pValue())
                .toArray());
        return new MetricReadout(
                metric,
                ordered,
                comparisons.stream()
                        .map(of -> of.refusal() == null ? of.corrected(corrected[given.indexOf(of)]) : of)
                        .toList());
    }
}
