package io.conversion.experiments;

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
}
