package io.conversion.model;

import io.conversion.core.Signal;
import io.conversion.core.SignalSchema;
import io.conversion.core.WhenMissing;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/** Infers a schema from the columns of a file: first their kinds, then the levels of the categorical ones. */
final class CsvSchemaInference {

    private final CsvFile file;
    private final int[] columns;
    private final boolean[] numeric;
    private final boolean[] flag;
    private final boolean[] missing;

    private CsvSchemaInference(CsvFile file, int[] columns) {
        this.file = file;
        this.columns = columns;
        this.numeric = filled(columns.length);
        this.flag = filled(columns.length);
        this.missing = new boolean[columns.length];
    }

    static SignalSchema infer(CsvFile file, String label, List<String> excluded) throws IOException {
        List<String> header = file.header();
        int[] columns = header.stream()
                .filter(column -> !column.equals(label) && !excluded.contains(column))
                .mapToInt(header::indexOf)
                .toArray();
        if (columns.length == 0) {
            throw new InvalidDataException(file.name() + " has no column besides the label and the excluded ones");
        }
        return new CsvSchemaInference(file, columns).infer();
    }

    private SignalSchema infer() throws IOException {
        eachCell(this::narrowKind);
        List<SortedSet<String>> levels = new ArrayList<>();
        Arrays.stream(columns).forEach(column -> levels.add(new TreeSet<>(CsvSchemaInference::byCodePoint)));
        eachCell((i, text) -> {
            if (!numeric[i] && !flag[i] && !text.isEmpty()) {
                levels.get(i).add(text);
            }
        });
        List<Signal> signals = new ArrayList<>();
        for (int i = 0; i < columns.length; i++) {
            signals.add(signal(i, levels.get(i)));
        }
        String stem = file.name().replaceFirst("\\.[^.]*$", "");
        try {
            return SignalSchema.of(stem, "1", signals);
        } catch (IllegalArgumentException e) {
            throw new InvalidDataException(file.name() + " has no valid schema: " + e.getMessage());
        }
    }

    private void narrowKind(int column, String text) {
        if (text.isEmpty()) {
            missing[column] = true;
        } else {
            numeric[column] = numeric[column] && CsvCell.number(text).isPresent();
            flag[column] = flag[column] && CsvCell.isTrueOrFalse(text);
        }
    }

    private Signal signal(int column, SortedSet<String> levels) {
        String name = file.header().get(columns[column]);
        WhenMissing rule = missing[column] ? WhenMissing.IMPUTE : WhenMissing.REFUSE;
        // A column without any value is numeric and flag at once; the trainer says that it has no value.
        if (numeric[column]) {
            return Signal.numeric(name).whenMissing(rule);
        } else if (flag[column]) {
            return Signal.flag(name).whenMissing(rule);
        }
        return Signal.categorical(name, List.copyOf(levels)).whenMissing(rule);
    }

    private void eachCell(CellVisitor visitor) throws IOException {
        try (CsvFile.Rows rows = file.rows(bytes -> {})) {
            while (rows.hasNext()) {
                CsvFile.Row row = rows.next();
                if (file.raggedness(row).isEmpty()) {
                    for (int i = 0; i < columns.length; i++) {
                        visitor.visit(i, row.cells().get(columns[i]));
                    }
                }
            }
        }
    }

    static int byCodePoint(String a, String b) {
        return Arrays.compare(a.codePoints().toArray(), b.codePoints().toArray());
    }

    private static boolean[] filled(int size) {
        boolean[] array = new boolean[size];
        Arrays.fill(array, true);
        return array;
    }

    @FunctionalInterface
    private interface CellVisitor {
        void visit(int column, String text);
    }
}
