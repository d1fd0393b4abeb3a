package io.conversion.model.design;

import io.conversion.core.signals.NumericSignal;
import io.conversion.core.signals.Signal;
import io.conversion.model.data.DataSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which signals say the same as an earlier one in every row: numbers that a straight line turns into each other, such as
 * hours and minutes; levels and flags that are other names for each other. Two are compared until a row tells them apart,
 * which for most pairs is among the first.
 */
public final class RepeatedSignals {

    /** Against the range of the values; above the rounding of a change of unit. */
    private static final double TOLERANCE = 1e-9;

    private final boolean numeric;
    private final double[] values;

    /** The rows of the least and the greatest value. */
    private int least;

    private int greatest;

    private RepeatedSignals(boolean numeric, double[] values) {
        this.numeric = numeric;
        this.values = values;
        for (int row = 0; row < values.length; row++) {
            least = Double.isNaN(values[least]) || values[row] < values[least] ? row : least;
            greatest = Double.isNaN(values[greatest]) || values[row] > values[greatest] ? row : greatest;
        }
    }

    /** The signals that repeat an earlier one, with the first one that they repeat. A constant one repeats nothing. */
    public static Map<String, String> of(DataSet data) {
        List<Signal> signals = data.schema().declared();
        Map<String, String> repeated = new LinkedHashMap<>();
        Map<String, RepeatedSignals> earlier = new LinkedHashMap<>();
        for (int i = 0; i < signals.size(); i++) {
            RepeatedSignals signal = new RepeatedSignals(signals.get(i) instanceof NumericSignal, data.column(i));
            String name = signals.get(i).name();
            earlier.entrySet().stream()
                    .filter(other -> signal.repeats(other.getValue()))
                    .findFirst()
                    .ifPresent(other -> repeated.put(name, other.getKey()));
            earlier.put(name, signal);
        }
        return repeated;
    }

    private boolean repeats(RepeatedSignals other) {
        boolean constant = values.length == 0 || !(values[least] < values[greatest]);
        return !constant && numeric == other.numeric && (numeric ? isOnALineWith(other) : isAnotherNameFor(other));
    }

    /** Whether these numbers are a straight line over the others, and missing where they are. */
    private boolean isOnALineWith(RepeatedSignals other) {
        double from = other.values[other.least];
        double range = other.values[other.greatest] - from;
        double start = values[other.least];
        double rise = values[other.greatest] - start;
        if (!(range > 0 && Math.abs(rise) > 0)) {
            return false;
        }
        for (int row = 0; row < values.length; row++) {
            double distance = values[row] - start - rise * ((other.values[row] - from) / range);
            boolean missing = Double.isNaN(values[row]) && Double.isNaN(other.values[row]);
            if (!missing && !(Math.abs(distance) <= TOLERANCE * Math.abs(rise))) {
                return false;
            }
        }
        return true;
    }

    /** Whether each level goes with one level of the other signal, and the other way round. */
    private boolean isAnotherNameFor(RepeatedSignals other) {
        Map<Double, Double> there = new HashMap<>();
        Map<Double, Double> back = new HashMap<>();
        for (int row = 0; row < values.length; row++) {
            Double a = values[row];
            Double b = other.values[row];
            if (!a.equals(back.computeIfAbsent(b, unused -> a)) || !b.equals(there.computeIfAbsent(a, unused -> b))) {
                return false;
            }
        }
        return true;
    }
}
