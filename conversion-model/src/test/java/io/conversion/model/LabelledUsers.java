package io.conversion.model;

import io.conversion.core.signals.Signal;
import io.conversion.core.signals.SignalSchema;
import io.conversion.model.data.DataSet;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Users as plain values by name, from which a test makes data sets and an independent design. */
public record LabelledUsers(SignalSchema schema, List<Map<String, Object>> values, List<Boolean> converted) {

    /** The 60 users of {@code trial-users.csv}, which the reference numbers are computed from. */
    public static LabelledUsers trial(Signal... signals) {
        List<Map<String, Object>> values = new ArrayList<>();
        List<Boolean> converted = new ArrayList<>();
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(LabelledUsers.class.getResourceAsStream("trial-users.csv")),
                StandardCharsets.UTF_8))) {
            lines.lines().skip(1).map(line -> line.split(",", -1)).forEach(cells -> {
                Map<String, Object> user = new HashMap<>();
                put(user, "sessions", cells[0], Double::valueOf);
                put(user, "hours", cells[1], Double::valueOf);
                put(user, "plan", cells[2], plan -> plan);
                put(user, "weekend", cells[3], Boolean::valueOf);
                values.add(user);
                converted.add(cells[4].equals("1"));
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new LabelledUsers(SignalSchema.of("trial", "1", signals), values, converted);
    }

    /** Users with numeric signals only, one array each: the values in the order of the signals, then the outcome. */
    public static LabelledUsers numbers(List<? extends Signal> signals, double[][] rows) {
        List<Map<String, Object>> values = new ArrayList<>();
        List<Boolean> converted = new ArrayList<>();
        for (double[] row : rows) {
            Map<String, Object> user = new HashMap<>();
            for (int i = 0; i < signals.size(); i++) {
                user.put(signals.get(i).name(), row[i]);
            }
            values.add(user);
            converted.add(row[signals.size()] == 1);
        }
        return new LabelledUsers(SignalSchema.of("numbers", "1", signals), values, converted);
    }

    /**
     * Users with numeric signals x1, x2 and so on: rows set apart by blanks, numbers by commas; the last one is the
     * outcome.
     */
    public static LabelledUsers numbers(String rows) {
        return numbers(Arrays.stream(rows.split(" ", -1))
                .map(row -> Arrays.stream(row.split(",", -1))
                        .mapToDouble(Double::parseDouble)
                        .toArray())
                .toArray(double[][]::new));
    }

    public static LabelledUsers numbers(double[][] rows) {
        return numbers(
                IntStream.range(1, rows[0].length)
                        .mapToObj(i -> Signal.numeric("x" + i))
                        .toList(),
                rows);
    }

    /** The same users with a signal computed anew; null makes it missing. */
    public LabelledUsers with(String signal, Function<Map<String, Object>, @Nullable Object> rule) {
        List<Map<String, Object>> changed = new ArrayList<>();
        for (Map<String, Object> user : values) {
            Map<String, Object> copy = new HashMap<>(user);
            Object value = rule.apply(user);
            if (value == null) {
                copy.remove(signal);
            } else {
                copy.put(signal, value);
            }
            changed.add(copy);
        }
        return new LabelledUsers(schema, changed, converted);
    }

    /** The same users with a numeric signal in another unit; missing stays missing. */
    public LabelledUsers scaled(String signal, Function<Double, Double> unit) {
        return with(signal, user -> user.get(signal) instanceof Double value ? unit.apply(value) : null);
    }

    public LabelledUsers schema(SignalSchema other) {
        return new LabelledUsers(other, values, converted);
    }

    /** These users in another order, or some of them more than once. */
    public LabelledUsers rows(List<Integer> rows) {
        return new LabelledUsers(
                schema,
                rows.stream().map(values::get).toList(),
                rows.stream().map(converted::get).toList());
    }

    public LabelledUsers twice() {
        return rows(IntStream.range(0, 2 * size()).mapToObj(i -> i / 2).toList());
    }

    public int size() {
        return values.size();
    }

    @Nullable
    public Object value(int row, String signal) {
        return values.get(row).get(signal);
    }

    public DataSet dataSet() {
        DataSet.Builder builder = DataSet.builder(schema);
        for (int i = 0; i < size(); i++) {
            Map<String, Object> user = new HashMap<>(values.get(i));
            user.keySet().removeIf(name -> schema.find(name).isEmpty());
            builder.add(user, converted.get(i));
        }
        return builder.build("converted");
    }

    private static void put(Map<String, Object> user, String signal, String cell, Function<String, Object> parser) {
        if (!cell.isEmpty()) {
            user.put(signal, parser.apply(cell));
        }
    }
}
