package io.conversion.experiments;

import io.conversion.experiments.statistics.Sample;
import java.util.List;
import java.util.stream.IntStream;

/**
 * An experiment of which only counts, means and variances of the arms are known, look by look. Immutable and safe to share
 * between threads.
 *
 * @param arms the names of the arms
 * @param looks what was known at each look, all users until then; at least one, the last one is what is read out
 * @param findings what was found while the table was read
 */
public record SummaryTable(List<String> arms, List<Look> looks, List<Finding> findings) {

    /** Copies the lists. {@inheritDoc} */
    public SummaryTable {
        arms = List.copyOf(arms);
        looks = List.copyOf(looks);
        findings = List.copyOf(findings);
        if (looks.isEmpty()) {
            throw new IllegalArgumentException("there is no look at the experiment");
        }
    }

    /**
     * What was known at one look.
     *
     * @param label when it was
     * @param samples for each metric of the plan, in its order, a sample for each arm
     */
    public record Look(String label, List<List<Sample>> samples) {

        /** Copies the lists. {@inheritDoc} */
        public Look {
            samples = samples.stream().map(List::copyOf).toList();
        }
    }

    Look last() {
        return looks.get(looks.size() - 1);
    }

    /** A metric at a look. */
    MetricReadout read(ReadoutPlan plan, int metric, Look look) {
        Metric of = plan.metrics().get(metric);
        List<Sample> samples = look.samples().get(metric);
        List<ArmReadout> read = IntStream.range(0, arms.size())
                .mapToObj(arm -> ArmReadout.of(plan, of, arms.get(arm), samples.get(arm)))
                .toList();
        ArmReadout control = read.get(arms.indexOf(plan.control()));
        List<ComparisonReadout> comparisons = read.stream()
                .filter(arm -> !arm.name().equals(control.name()))
                .map(arm -> {
                    SampleComparison comparison = new SampleComparison(plan, of, control, arm);
                    Refusal refusal = comparison.refusal();
                    return refusal != null
                            ? ComparisonReadout.refused(arm.name(), refusal)
                            : new ComparisonReadout(
                                    arm.name(),
                                    null,
                                    comparison.difference(),
                                    comparison.relative(),
                                    null,
                                    null,
                                    null,
                                    Double.NaN);
                })
                .toList();
        return MetricReadout.of(plan, of, read, comparisons);
    }
}
