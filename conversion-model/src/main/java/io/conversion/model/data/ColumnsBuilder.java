package io.conversion.model.data;

import io.conversion.core.signals.CategoricalSignal;
import io.conversion.core.signals.Signal;
import io.conversion.core.signals.SignalSchema;
import io.conversion.model.data.DataSet.LabelColumn;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Grows the columns of a data set row by row. A signal that is not set in a row is missing there. */
final class ColumnsBuilder {

    private final SignalSchema schema;
    private final List<Map<String, Integer>> codes = new ArrayList<>();
    private final List<List<String>> unseen = new ArrayList<>();
    private final List<String> attributeNames;
    private final List<List<String>> attributes = new ArrayList<>();
    private double[][] values;
    private boolean[] converted = new boolean[1024];
    private long[] lines = new long[converted.length];
    private int rows;

    ColumnsBuilder(SignalSchema schema, List<String> attributeNames) {
        this.schema = schema;
        this.attributeNames = attributeNames;
        attributeNames.forEach(name -> attributes.add(new ArrayList<>()));
        this.values = new double[schema.declared().size()][converted.length];
        for (Signal signal : schema.declared()) {
            Map<String, Integer> levels = new HashMap<>();
            if (signal instanceof CategoricalSignal categorical) {
                categorical.levels().forEach(level -> levels.put(level, levels.size()));
            }
            codes.add(levels);
            unseen.add(new ArrayList<>());
        }
        clear();
    }

    void number(int position, double value) {
        values[position][rows] = value;
    }

    void flag(int position, boolean value) {
        values[position][rows] = value ? 1 : 0;
    }

    /** Whether the schema lists a level. */
    boolean lists(int position, String level) {
        return codes.get(position).getOrDefault(level, -1) >= 0;
    }

    void level(int position, String level) {
        List<String> others = unseen.get(position);
        int code = codes.get(position).computeIfAbsent(level, other -> {
            others.add(other);
            return -others.size();
        });
        values[position][rows] = code;
    }

    /** Adds the text of an attribute, for the row that ends next. */
    void attribute(int position, String text) {
        attributes.get(position).add(text);
    }

    /** Forgets what was set in the row so far. */
    void clear() {
        for (double[] column : values) {
            column[rows] = Double.NaN;
        }
    }

    /** Ends a row that stands in a line of a file, from 1; 0 if in none. */
    void endRow(boolean outcome, long line) {
        lines[rows] = line;
        converted[rows++] = outcome;
        if (rows == converted.length) {
            int capacity = rows + rows / 2;
            converted = Arrays.copyOf(converted, capacity);
            lines = Arrays.copyOf(lines, capacity);
            values = Arrays.stream(values)
                    .map(column -> Arrays.copyOf(column, capacity))
                    .toArray(double[][]::new);
        }
        clear();
    }

    DataSet build(LabelColumn label, int leftOutRows) {
        List<Column> columns = new ArrayList<>();
        for (int i = 0; i < values.length; i++) {
            columns.add(new Column(Arrays.copyOf(values[i], rows), List.copyOf(unseen.get(i))));
        }
        Map<String, List<String>> texts = new LinkedHashMap<>();
        for (int i = 0; i < attributes.size(); i++) {
            texts.put(attributeNames.get(i), List.copyOf(attributes.get(i)));
        }
        return new DataSet(
                schema,
                label,
                columns,
                texts,
                Arrays.copyOf(converted, rows),
                Arrays.copyOf(lines, rows),
                leftOutRows,
                null);
    }
}
