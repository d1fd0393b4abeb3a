package io.conversion.model.comparison;

import io.conversion.core.signals.CategoricalSignal;
import io.conversion.core.signals.Signal;
import io.conversion.model.data.DataSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import smile.data.DataFrame;
import smile.data.measure.NominalScale;
import smile.data.type.DataTypes;
import smile.data.type.StructField;
import smile.data.vector.BaseVector;
import smile.data.vector.DoubleVector;
import smile.data.vector.IntVector;

/**
 * How users are shown to trees: a number as it is, a flag as 0 or 1, both with the median of the training rows where they are
 * missing and then a 0/1 column that says so; a categorical signal as one nominal column, of which trees split off one
 * level at a time. Levels with fewer than 50 training rows, and unseen ones, are one level; missing is a level of its own.
 */
final class TreeColumns {

    /** What the column of outcomes is called; no signal can have this name. */
    static final String OUTCOME = "";

    private static final int RARE = 50;
    private static final NominalScale OUTCOMES = new NominalScale("other", "converter");

    private final List<Encoder> encoders;

    private TreeColumns(List<Encoder> encoders) {
        this.encoders = encoders;
    }

    static TreeColumns of(DataSet training) {
        List<Encoder> encoders = new ArrayList<>();
        List<Signal> declared = training.schema().declared();
        for (int i = 0; i < declared.size(); i++) {
            Signal signal = declared.get(i);
            encoders.add(
                    signal instanceof CategoricalSignal
                            ? LevelEncoder.of(i, signal.name(), training)
                            : NumberEncoder.of(i, signal, training));
        }
        return new TreeColumns(List.copyOf(encoders));
    }

    /** The users as trees see them, in the order of their rows. */
    TreeRows rows(DataSet users) {
        boolean[] outcomes = users.outcomes();
        List<BaseVector<?, ?, ?>> columns = new ArrayList<>();
        encoders.forEach(encoder -> columns.addAll(encoder.columns(users)));
        int[] classes = IntStream.range(0, outcomes.length)
                .map(row -> outcomes[row] ? 1 : 0)
                .toArray();
        DataFrame signals = DataFrame.of(columns.toArray(BaseVector[]::new));
        return new TreeRows(signals, nominal(OUTCOME, OUTCOMES, classes), outcomes);
    }

    /** The numbers of a numeric signal or a flag by row, NaN where it is missing. */
    static double[] numbers(Signal signal, DataSet users) {
        return users.column(users.schema().position(signal.name()));
    }

    private static IntVector nominal(String name, NominalScale scale, int[] codes) {
        return IntVector.of(new StructField(name, DataTypes.IntegerType, scale), codes);
    }

    /** The columns that one signal becomes. They are named by its place, since two signals may not share a name. */
    private interface Encoder {

        List<BaseVector<?, ?, ?>> columns(DataSet users);
    }

    private record NumberEncoder(int place, Signal signal, double median, boolean tellsMissing) implements Encoder {

        static NumberEncoder of(int place, Signal signal, DataSet training) {
            double[] numbers = numbers(signal, training);
            double[] present = Arrays.stream(numbers)
                    .filter(value -> !Double.isNaN(value))
                    .sorted()
                    .toArray();
            return new NumberEncoder(
                    place,
                    signal,
                    present.length == 0 ? 0 : present[present.length / 2],
                    present.length < numbers.length);
        }

        @Override
        public List<BaseVector<?, ?, ?>> columns(DataSet users) {
            double[] numbers = numbers(signal, users);
            double[] missing = new double[numbers.length];
            for (int row = 0; row < numbers.length; row++) {
                missing[row] = Double.isNaN(numbers[row]) ? 1 : 0;
                numbers[row] = Double.isNaN(numbers[row]) ? median : numbers[row];
            }
            DoubleVector column = DoubleVector.of("x" + place, numbers);
            return tellsMissing ? List.of(column, DoubleVector.of("x" + place + "_missing", missing)) : List.of(column);
        }
    }

    private record LevelEncoder(int place, String signal, Map<String, Integer> codes) implements Encoder {

        static LevelEncoder of(int place, String signal, DataSet training) {
            Map<String, Long> rows = training.attribute(signal).stream()
                    .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
            Map<String, Integer> codes = new HashMap<>();
            // Code 0 is for rare and unseen levels, 1 for missing.
            codes.put("", 1);
            rows.keySet().stream()
                    .filter(level -> !level.isEmpty() && Objects.requireNonNull(rows.get(level)) >= RARE)
                    .sorted()
                    .forEach(level -> codes.put(level, codes.size() + 1));
            return new LevelEncoder(place, signal, Map.copyOf(codes));
        }

        @Override
        public List<BaseVector<?, ?, ?>> columns(DataSet users) {
            int[] levels = users.attribute(signal).stream()
                    .mapToInt(level -> codes.getOrDefault(level, 0))
                    .toArray();
            String[] names = IntStream.rangeClosed(0, codes.size())
                    .mapToObj(Integer::toString)
                    .toArray(String[]::new);
            return List.of(nominal("x" + place, new NominalScale(names), levels));
        }
    }
}
