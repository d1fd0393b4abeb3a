package io.conversion.model;

import io.conversion.core.Calibration;
import io.conversion.core.CategoricalSignal;
import io.conversion.core.NumericSignal;
import io.conversion.core.ReferenceDistribution;
import io.conversion.core.Signal;
import io.conversion.core.SignalDistribution;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** How signals and probabilities were distributed over the training rows, for later checks of drift. */
final class TrainingDistribution {

    private static final int DECILES = 10;
    private static final int TWENTIETHS = 20;

    private TrainingDistribution() {}

    static ReferenceDistribution of(FittedDesign fitted, Calibration calibration) {
        DataSet data = fitted.design().data();
        Map<String, SignalDistribution> signals = new LinkedHashMap<>();
        for (int i = 0; i < data.schema().declared().size(); i++) {
            Signal signal = data.schema().declared().get(i);
            signals.put(signal.name(), of(signal, data.column(i).values()));
        }
        double[] probabilities = Arrays.stream(fitted.optimum().rows())
                .mapToDouble(row -> calibration.of(
                        PenalisedLikelihood.logOdds(row, fitted.optimum().parameters())))
                .map(logOdds -> 1 / (1 + StrictMath.exp(-logOdds)))
                .toArray();
        return ReferenceDistribution.of(signals, numbers(probabilities, TWENTIETHS));
    }

    private static SignalDistribution of(Signal signal, double[] values) {
        if (signal instanceof NumericSignal numeric) {
            return numbers(Arrays.stream(values).map(numeric::clip).toArray(), DECILES);
        }
        long missing = Arrays.stream(values).filter(Double::isNaN).count();
        if (signal instanceof CategoricalSignal categorical) {
            Map<String, Long> rows = new LinkedHashMap<>();
            IntStream.range(0, categorical.levels().size())
                    .forEach(level -> rows.put(categorical.levels().get(level), count(values, level)));
            long unseen = Arrays.stream(values).filter(value -> value < 0).count();
            return new SignalDistribution.Levels(rows, unseen, missing);
        }
        return new SignalDistribution.Flags(count(values, 0), count(values, 1), missing);
    }

    private static long count(double[] values, int code) {
        return Arrays.stream(values).filter(value -> value == code).count();
    }

    /** By the distinct quantiles; every edge belongs to the bin above it. */
    private static SignalDistribution.Numbers numbers(double[] values, int parts) {
        double[] sorted = Arrays.stream(values)
                .filter(value -> !Double.isNaN(value))
                .sorted()
                .toArray();
        List<Double> edges = IntStream.range(1, parts)
                .mapToObj(i -> sorted[(int) ((long) i * sorted.length / parts)] + 0.0)
                .distinct()
                .toList();
        Long[] rows = new Long[edges.size() + 1];
        Arrays.fill(rows, 0L);
        int bin = 0;
        for (double value : sorted) {
            while (bin < edges.size() && value >= edges.get(bin)) {
                bin++;
            }
            rows[bin]++;
        }
        return new SignalDistribution.Numbers(
                edges, new ArrayList<>(Arrays.asList(rows)), (long) values.length - sorted.length);
    }
}
