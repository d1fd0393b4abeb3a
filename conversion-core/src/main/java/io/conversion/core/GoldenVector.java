package io.conversion.core;

import io.conversion.core.shapes.Shape;
import io.conversion.core.signals.CategoricalSignal;
import io.conversion.core.signals.NumericSignal;
import io.conversion.core.signals.Signal;
import io.conversion.core.signals.SignalSchema;
import io.conversion.core.signals.Signals;
import io.conversion.core.signals.WhenMissing;
import io.conversion.core.signals.WhenOutOfRange;
import io.conversion.core.signals.WhenUnseen;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Signals of one made-up user with the log-odds and the probability that a model gives them, by which a JVM that loads
 * the model proves that it computes the same bits as the one that wrote it.
 *
 * @param signals the values by name, as {@link SignalSchema#read} takes them; none where a signal is missing
 * @param rawLogOdds the log-odds before calibration
 * @param logOdds the log-odds
 * @param probability the probability
 */
record GoldenVector(Map<String, Object> signals, double rawLogOdds, double logOdds, double probability) {

    /** More levels than this have no vector of their own. */
    private static final int MOST = 32;

    private static final Object MISSING = new Object();

    /** Copies the values and keeps their order. {@inheritDoc} */
    GoldenVector {
        signals = new LinkedHashMap<>(signals);
    }

    /**
     * Makes vectors in which every signal takes every kind of value that the schema accepts: the reference user's, both
     * ends of the range, a fraction, every level, true and false, missing, clipped and unseen; of a shape with knots,
     * bounds or a point mass each of these, their neighbours and what lies outside.
     */
    static List<GoldenVector> of(Signals referenceUser, Map<String, Shape> shapes, CompiledShapes compiled) {
        SignalSchema schema = referenceUser.schema();
        List<List<Object>> probes = new ArrayList<>();
        for (int i = 0; i < schema.declared().size(); i++) {
            Signal signal = schema.declared().get(i);
            List<Object> some = probes(signal, Objects.requireNonNull(referenceUser.value(i)));
            if (signal instanceof NumericSignal numeric && shapes.get(signal.name()) instanceof Shape.OfNumber shape) {
                addCuts(numeric, shape, some);
            }
            probes.add(some);
        }
        int most = probes.stream().mapToInt(List::size).max().orElse(0);
        List<GoldenVector> vectors = new ArrayList<>();
        for (int k = 0; k < Math.min(most, MOST); k++) {
            Map<String, Object> values = new LinkedHashMap<>();
            for (int i = 0; i < probes.size(); i++) {
                Object probe = probes.get(i).get(k % probes.get(i).size());
                if (probe != MISSING) {
                    values.put(schema.declared().get(i).name(), probe);
                }
            }
            double raw = compiled.rawLogOdds(schema.read(values).orElseThrow());
            double logOdds = compiled.map().of(raw);
            // Nothing else is a probability to agree on, and nothing else can be written.
            if (Double.isFinite(raw) && Double.isFinite(logOdds)) {
                vectors.add(new GoldenVector(values, raw, logOdds, Logistic.probability(logOdds)));
            }
        }
        return vectors;
    }

    private static List<Object> probes(Signal signal, Object reference) {
        List<Object> probes = new ArrayList<>();
        probes.add(reference);
        if (signal instanceof NumericSignal numeric) {
            addNumbers(numeric, (double) reference, probes);
        } else if (signal instanceof CategoricalSignal categorical) {
            probes.addAll(categorical
                    .levels()
                    .subList(0, Math.min(MOST, categorical.levels().size())));
            if (!(categorical.whenUnseen() instanceof WhenUnseen.Refuse)) {
                probes.add(1, unseen(categorical.levels()));
            }
        } else {
            probes.add(false);
            probes.add(true);
        }
        if (signal.whenMissing() == WhenMissing.IMPUTE) {
            probes.add(1, MISSING);
        }
        return probes;
    }

    private static void addNumbers(NumericSignal signal, double reference, List<Object> probes) {
        double step = 1 + Math.abs(StrictMath.rint(reference));
        double low = Math.max(signal.min(), StrictMath.rint(reference - step));
        double high = Math.min(signal.max(), StrictMath.rint(reference + step));
        add(signal, low, probes);
        add(signal, high, probes);
        add(signal, low + (high - low) / 3, probes);
        add(signal, signal.min(), probes);
        add(signal, signal.max(), probes);
        add(signal, StrictMath.rint(signal.min() - step), probes);
        add(signal, StrictMath.rint(signal.max() + step), probes);
    }

    private static void addCuts(NumericSignal signal, Shape.OfNumber shape, List<Object> probes) {
        List<Double> cuts = shape.cuts();
        for (double cut : cuts) {
            add(signal, cut, probes);
            add(signal, signal.whole() ? StrictMath.ceil(cut) - 1 : Math.nextDown(cut), probes);
        }
        for (double cut : cuts) {
            add(signal, signal.whole() ? StrictMath.floor(cut) + 1 : Math.nextUp(cut), probes);
        }
        if (!cuts.isEmpty()) {
            add(signal, StrictMath.floor(cuts.get(0)) - 1, probes);
            add(signal, StrictMath.ceil(cuts.get(cuts.size() - 1)) + 1, probes);
        }
    }

    /** Adds a number if the schema accepts it. */
    private static void add(NumericSignal signal, double value, List<Object> probes) {
        boolean accepted = Double.isFinite(value)
                && (value == StrictMath.rint(value) || !signal.whole())
                && (value == signal.clip(value) || signal.whenOutOfRange() == WhenOutOfRange.CLIP);
        if (accepted && !probes.contains(value)) {
            probes.add(value);
        }
    }

    private static String unseen(List<String> levels) {
        String unseen = "unseen";
        while (levels.contains(unseen)) {
            unseen += "_";
        }
        return unseen;
    }
}
