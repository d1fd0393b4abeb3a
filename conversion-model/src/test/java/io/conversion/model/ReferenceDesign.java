package io.conversion.model;

import io.conversion.core.signals.CategoricalSignal;
import io.conversion.core.signals.FlagSignal;
import io.conversion.core.signals.NumericSignal;
import io.conversion.core.signals.Signal;
import io.conversion.core.signals.WhenUnseen;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/**
 * The columns of a fit by the text of the documentation, written apart from the code under test: a numeric signal is
 * median-imputed, then standardised with the population standard deviation of the training rows; a flag is 0 or 1; a
 * categorical signal is one 0/1 column for each level but the first; unseen levels are the share of each level, or a
 * named one. Slow, by name, and without any of the classes it checks.
 */
final class ReferenceDesign {

    private final LabelledUsers users;
    private final Map<String, double[]> columns = new LinkedHashMap<>();

    ReferenceDesign(LabelledUsers users, boolean standardise, boolean allLevels) {
        this.users = users;
        for (Signal signal : users.schema().declared()) {
            if (signal instanceof NumericSignal numeric) {
                columns.put(signal.name(), numbers(numeric, standardise));
            } else if (signal instanceof FlagSignal) {
                Object mode = mode(signal, List.of(false, true));
                columns.put(signal.name(), column(i -> given(i, signal, mode).equals(true) ? 1 : 0));
            } else if (signal instanceof CategoricalSignal categorical) {
                categorical.levels().stream()
                        .skip(allLevels ? 0 : 1)
                        .forEach(level -> columns.put(signal.name() + "=" + level, indicator(categorical, level)));
            }
        }
    }

    List<String> names() {
        return List.copyOf(columns.keySet());
    }

    /** The log-odds of a row; a column without a coefficient was left out. */
    double logOdds(int row, TrainingResult result) {
        return result.intercept()
                + result.coefficients().stream()
                        .mapToDouble(coefficient -> coefficient.value() * values(coefficient.column())[row])
                        .sum();
    }

    /**
     * The largest component of the gradient of {@code sum(log loss) + lambda / 2 * |w|^2}, intercept included, against
     * the absolute values that it adds up. A residual counts as 0.001 at least, since it is rounded like a probability.
     */
    double relativeGradient(TrainingResult result) {
        double[] residuals = column(i ->
                1 / (1 + Math.exp(-logOdds(i, result))) - (users.converted().get(i) ? 1 : 0));
        double largest = relative(column(i -> 1), residuals, 0);
        for (Coefficient coefficient : result.coefficients()) {
            double pull = result.penalty() * coefficient.value();
            largest = Math.max(largest, relative(values(coefficient.column()), residuals, pull));
        }
        return largest;
    }

    private double relative(double[] column, double[] residuals, double pull) {
        double sum = pull;
        double terms = Math.abs(pull);
        for (int i = 0; i < column.length; i++) {
            sum += column[i] * residuals[i];
            terms += Math.abs(column[i]) * Math.max(Math.abs(residuals[i]), 1e-3);
        }
        return terms == 0 ? 0 : Math.abs(sum) / terms;
    }

    private double[] values(String column) {
        return Objects.requireNonNull(columns.get(column), column);
    }

    private double[] numbers(NumericSignal signal, boolean standardise) {
        double[] given = IntStream.range(0, users.size())
                .mapToObj(i -> users.value(i, signal.name()))
                .filter(Objects::nonNull)
                .mapToDouble(value -> clipped(signal, value))
                .sorted()
                .toArray();
        double median = (given[(given.length - 1) / 2] + given[given.length / 2]) / 2;
        double[] column = column(i -> clipped(signal, given(i, signal, median)));
        if (!standardise) {
            return column;
        }
        double mean = Arrays.stream(column).average().orElseThrow();
        double variance = Arrays.stream(column)
                .map(x -> (x - mean) * (x - mean))
                .average()
                .orElseThrow();
        boolean constant = given[0] == given[given.length - 1];
        return Arrays.stream(column)
                .map(x -> constant ? 0 : (x - mean) / Math.sqrt(variance))
                .toArray();
    }

    private double[] indicator(CategoricalSignal signal, String level) {
        Object mode = mode(signal, List.copyOf(signal.levels()));
        long[] seen = new long[2];
        for (int i = 0; i < users.size(); i++) {
            Object value = users.value(i, signal.name());
            seen[0] += value != null && signal.levels().contains(value) ? 1 : 0;
            seen[1] += level.equals(value) ? 1 : 0;
        }
        double share = signal.whenUnseen() instanceof WhenUnseen.Level rule
                ? rule.level().equals(level) ? 1 : 0
                : (double) seen[1] / seen[0];
        return column(i -> {
            Object value = given(i, signal, mode);
            return signal.levels().contains(value) ? (value.equals(level) ? 1 : 0) : share;
        });
    }

    /** The most frequent of the values, the first one of equals; an unseen level counts as the one it scores as. */
    private Object mode(Signal signal, List<?> candidates) {
        Map<Object, Integer> counts = new HashMap<>();
        for (int i = 0; i < users.size(); i++) {
            counts.merge(
                    scored(signal, given(i, signal, "none"), users.value(i, signal.name()) == null), 1, Integer::sum);
        }
        int most = Collections.max(
                candidates.stream().map(value -> counts.getOrDefault(value, 0)).toList());
        return candidates.stream()
                .filter(value -> counts.getOrDefault(value, 0) == most)
                .findFirst()
                .orElseThrow();
    }

    private static Object scored(Signal signal, Object value, boolean missing) {
        return !missing
                        && signal instanceof CategoricalSignal categorical
                        && categorical.whenUnseen() instanceof WhenUnseen.Level rule
                        && !categorical.levels().contains(value)
                ? rule.level()
                : value;
    }

    private Object given(int row, Signal signal, Object otherwise) {
        Object value = users.value(row, signal.name());
        return value == null ? otherwise : value;
    }

    private static double clipped(NumericSignal signal, Object value) {
        return Math.max(signal.min(), Math.min(signal.max(), (Double) value));
    }

    private double[] column(IntToDoubleFunction rule) {
        return IntStream.range(0, users.size()).mapToDouble(rule).toArray();
    }
}
