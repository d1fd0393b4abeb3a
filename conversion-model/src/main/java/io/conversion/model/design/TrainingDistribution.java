package io.conversion.model.design;

import io.conversion.core.provenance.ReferenceDistribution;
import io.conversion.core.provenance.SignalDistribution;
import io.conversion.core.shapes.Calibration;
import io.conversion.core.signals.CategoricalSignal;
import io.conversion.core.signals.Signal;
import io.conversion.model.data.DataSet;
import io.conversion.model.fit.Logistic;
import io.conversion.model.fit.PenalisedLikelihood;
import io.conversion.model.fit.RadixSort;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** How signals and probabilities were distributed over the training rows, for later checks of drift. */
public final class TrainingDistribution {

    private static final int DECILES = 10;
    private static final int TWENTIETHS = 20;

    private TrainingDistribution() {}

    public static ReferenceDistribution of(FittedDesign fitted, Calibration calibration) {
        DataSet data = fitted.design().data();
        Map<String, SignalDistribution> signals = new LinkedHashMap<>();
        for (int i = 0; i < data.schema().declared().size(); i++) {
            signals.put(
                    data.schema().declared().get(i).name(),
                    fitted.design().summaries().get(i).distribution());
        }
        double[] probabilities = Arrays.stream(fitted.optimum().rows())
                .mapToDouble(row -> calibration.of(
                        PenalisedLikelihood.logOdds(row, fitted.optimum().parameters())))
                .map(Logistic::probability)
                .parallel()
                .toArray();
        RadixSort.sort(probabilities);
        return ReferenceDistribution.of(signals, numbers(probabilities, TWENTIETHS, 0));
    }

    /** Of numbers in ascending order, and how many are missing beside them. */
    static SignalDistribution deciles(double[] sorted, int missing) {
        SignalDistribution.Numbers counts = numbers(sorted, DECILES, missing);
        return new SignalDistribution.Numbers(
                counts.edges(), counts.rows(), missing, sorted[0] + 0.0, sorted[sorted.length - 1] + 0.0);
    }

    /** Of levels, or of a flag as one with two of them. */
    static SignalDistribution ofLevels(Signal signal, double[] codes, int levels) {
        long[] rows = new long[levels];
        long missing = 0;
        long unseen = 0;
        for (double code : codes) {
            if (code >= 0) {
                rows[(int) code]++;
            } else if (code < 0) {
                unseen++;
            } else {
                missing++;
            }
        }
        if (signal instanceof CategoricalSignal categorical) {
            Map<String, Long> byLevel = new LinkedHashMap<>();
            for (int level = 0; level < levels; level++) {
                byLevel.put(categorical.levels().get(level), rows[level]);
            }
            return new SignalDistribution.Levels(byLevel, unseen, missing);
        }
        return new SignalDistribution.Flags(rows[0], rows[1], missing);
    }

    /** By the distinct quantiles; every edge belongs to the bin above it. */
    private static SignalDistribution.Numbers numbers(double[] sorted, int parts, long missing) {
        List<Double> edges = IntStream.range(1, parts)
                .mapToObj(i -> sorted[(int) ((long) i * sorted.length / parts)] + 0.0)
                .distinct()
                .toList();
        List<Long> rows = new ArrayList<>();
        int from = 0;
        for (double edge : edges) {
            int to = firstFrom(edge, sorted);
            rows.add((long) to - from);
            from = to;
        }
        rows.add((long) sorted.length - from);
        return new SignalDistribution.Numbers(edges, rows, missing);
    }

    /** Where the numbers begin that are not below an edge. */
    private static int firstFrom(double edge, double[] sorted) {
        int low = 0;
        int high = sorted.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (sorted[middle] < edge) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
