package io.conversion.policy.monitoring;

import io.conversion.core.provenance.ReferenceDistribution;
import io.conversion.core.provenance.SignalDistribution;
import io.conversion.core.shapes.BaseRate;
import io.conversion.policy.Band;
import io.conversion.policy.Policy;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Where the probabilities of scores count: in the bins of the model's reference distribution. Immutable. */
final class ScoreBins {

    /**
     * How far below an edge a probability still counts as at the edge, relative to it. The edges are probabilities of
     * training rows, computed in another order of additions: where many users share a probability, rounding must not put
     * all of them into the bin below.
     */
    private static final double ROUNDING = 1e-9;

    private final List<Double> edges;
    private final double[] shifted;

    private ScoreBins(List<Double> edges, double[] shifted) {
        this.edges = edges;
        this.shifted = shifted;
    }

    /** The bins of the reference distribution; between the bounds of the bands for a model without one. */
    static ScoreBins of(MonitoredModel model, Policy policy) {
        Optional<ReferenceDistribution> reference = model.referenceDistribution();
        if (reference.isPresent()) {
            List<Double> edges = reference.get().probability().edges();
            return new ScoreBins(
                    edges,
                    shifted(edges, model.baseRate()).stream()
                            .mapToDouble(edge -> edge * (1 - ROUNDING))
                            .toArray());
        }
        double[] bounds = policy.bands().stream().mapToDouble(Band::from).toArray();
        return new ScoreBins(policy.bands().stream().map(Band::from).toList(), bounds);
    }

    /** The edges as scores show them, after the shift to a declared base rate. */
    static List<Double> shifted(List<Double> edges, Optional<BaseRate> shift) {
        return edges.stream()
                .map(edge -> shift.map(rate -> rate.shifted(edge)).orElse(edge))
                .toList();
    }

    /** How many cells there are: the bins, then those without a probability. */
    int cells() {
        return edges.size() + 2;
    }

    /** The cell of a probability; the last one for NaN. */
    int cell(double probability) {
        if (Double.isNaN(probability)) {
            return edges.size() + 1;
        }
        int found = Arrays.binarySearch(shifted, probability);
        return found >= 0 ? found + 1 : -found - 1;
    }

    SignalDistribution.Numbers distribution(long[] counts) {
        List<Long> rows = Arrays.stream(counts, 0, edges.size() + 1).boxed().toList();
        return new SignalDistribution.Numbers(edges, rows, counts[edges.size() + 1]);
    }
}
