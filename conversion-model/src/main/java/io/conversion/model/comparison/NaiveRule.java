package io.conversion.model.comparison;

import io.conversion.core.signals.CategoricalSignal;
import io.conversion.core.signals.FlagSignal;
import io.conversion.core.signals.Signal;
import io.conversion.model.data.DataSet;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The best rule that asks for one signal: users above a threshold, of a level, or with a flag have one probability, all
 * others have another one. It is chosen among all signals by the log loss of the training rows. A missing value is a level
 * of its own, and lies below every threshold.
 *
 * @param signal the signal
 * @param inside tells from the value of a user whether the user is inside
 * @param description the condition for being inside
 * @param within the training rows inside
 * @param others the training rows outside
 */
record NaiveRule(Signal signal, Predicate<Value> inside, String description, Count within, Count others) {

    static FittedApproach learn(DataSet training) {
        NaiveRule rule = training.schema().declared().stream()
                .flatMap(signal -> rules(signal, training))
                .min(Comparator.comparingDouble(NaiveRule::loss))
                .orElseThrow();
        return new FittedApproach(rule::probabilities, rule.description, Double.NaN);
    }

    private static Stream<NaiveRule> rules(Signal signal, DataSet training) {
        Value[] values = values(signal, training);
        TreeMap<Value, Count> counts = new TreeMap<>();
        for (int row = 0; row < values.length; row++) {
            counts.merge(values[row], Count.of(training.converted(row)), Count::plus);
        }
        Count all = counts.values().stream().reduce(Count.NONE, Count::plus);
        return signal instanceof CategoricalSignal
                ? counts.entrySet().stream().map(level -> level(signal, level, all))
                : thresholds(signal, counts, all);
    }

    private static NaiveRule level(Signal signal, Map.Entry<Value, Count> level, Count all) {
        Value value = level.getKey();
        return new NaiveRule(
                signal,
                value::equals,
                signal.name() + (value.text.isEmpty() ? " is missing" : " = " + value.text),
                level.getValue(),
                all.minus(level.getValue()));
    }

    private static Stream<NaiveRule> thresholds(Signal signal, TreeMap<Value, Count> counts, Count all) {
        Stream.Builder<NaiveRule> rules = Stream.builder();
        Count below = Count.NONE;
        for (Map.Entry<Value, Count> entry : counts.entrySet()) {
            Value threshold = entry.getKey();
            below = below.plus(entry.getValue());
            rules.add(new NaiveRule(
                    signal,
                    value -> value.compareTo(threshold) > 0,
                    signal.name() + above(signal, threshold),
                    all.minus(below),
                    below));
        }
        return rules.build();
    }

    private static String above(Signal signal, Value threshold) {
        return threshold.number == Double.NEGATIVE_INFINITY
                ? " is given"
                : signal instanceof FlagSignal ? " is set" : " > " + threshold.number;
    }

    private static Value[] values(Signal signal, DataSet users) {
        if (signal instanceof CategoricalSignal) {
            return users.attribute(signal.name()).stream()
                    .map(text -> new Value(0, text))
                    .toArray(Value[]::new);
        }
        double[] numbers = TreeColumns.numbers(signal, users);
        return IntStream.range(0, numbers.length)
                .mapToObj(row ->
                        new Value(Double.isNaN(numbers[row]) ? Double.NEGATIVE_INFINITY : numbers[row] + 0.0, ""))
                .toArray(Value[]::new);
    }

    private double loss() {
        return within.loss() + others.loss();
    }

    private double[] probabilities(DataSet users) {
        Value[] values = values(signal, users);
        return IntStream.range(0, values.length)
                .mapToDouble(row -> (inside.test(values[row]) ? within : others).probability())
                .toArray();
    }

    /**
     * A value of a signal.
     *
     * @param number the number, 1 or 0 for a flag, negative infinity if it is missing; 0 for a level
     * @param text the level, empty if it is missing
     */
    record Value(double number, String text) implements Comparable<Value> {

        private static final Comparator<Value> ORDER =
                Comparator.<Value>comparingDouble(value -> value.number).thenComparing(value -> value.text);

        @Override
        public int compareTo(Value other) {
            return ORDER.compare(this, other);
        }
    }

    /** Training rows, and how many of them converted. */
    record Count(int rows, int positives) {

        private static final Count NONE = new Count(0, 0);

        static Count of(boolean converted) {
            return new Count(1, converted ? 1 : 0);
        }

        Count plus(Count more) {
            return new Count(rows + more.rows, positives + more.positives);
        }

        Count minus(Count some) {
            return new Count(rows - some.rows, positives - some.positives);
        }

        /** The rate of conversion with half a row of either outcome added, so that it is never 0 or 1. */
        double probability() {
            return (positives + 0.5) / (rows + 1);
        }

        /** The sum of the log losses of the rows, in nats. */
        double loss() {
            return -positives * StrictMath.log(probability()) - (rows - positives) * StrictMath.log(1 - probability());
        }
    }
}
