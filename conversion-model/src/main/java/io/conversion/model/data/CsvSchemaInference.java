package io.conversion.model.data;

import io.conversion.core.signals.Signal;
import io.conversion.core.signals.SignalSchema;
import io.conversion.core.signals.WhenMissing;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongConsumer;

/** Infers a schema from the columns of a file: first their kinds, then the levels of the categorical ones. */
final class CsvSchemaInference {

    /** A column may have so many levels however few rows there are; beyond, not more than half as many as rows. */
    private static final int HARMLESS_LEVELS = 50;

    /** However many rows there are: neither a fit nor a table of the levels could make use of more. */
    private static final int MOST_LEVELS = 100_000;

    private final CsvFile file;
    private final LongConsumer progress;
    private final int[] columns;
    private final boolean[] numeric;
    private final boolean[] flag;
    private final boolean[] missing;
    private long rows;

    private CsvSchemaInference(CsvFile file, int[] columns, LongConsumer progress) {
        this.file = file;
        this.progress = progress;
        this.columns = columns;
        this.numeric = filled(columns.length);
        this.flag = filled(columns.length);
        this.missing = new boolean[columns.length];
    }

    static SignalSchema infer(CsvFile file, CsvDataSet.Options options) throws IOException {
        List<String> header = file.header();
        int[] columns = header.stream()
                .filter(column ->
                        !column.equals(options.label()) && !options.noSignals().contains(column))
                .mapToInt(header::indexOf)
                .toArray();
        if (columns.length == 0) {
            throw new InvalidDataException(file.name() + " has no column besides the label and the excluded ones");
        }
        return new CsvSchemaInference(file, columns, options.progress()).infer();
    }

    private SignalSchema infer() throws IOException {
        eachRow(row -> {
            rows++;
            for (int i = 0; i < columns.length; i++) {
                narrowKind(i, row.cells().get(columns[i]));
            }
        });
        List<Set<String>> levels = new ArrayList<>();
        Arrays.stream(columns).forEach(column -> levels.add(new HashSet<>()));
        eachRow(row -> {
            for (int i = 0; i < columns.length; i++) {
                String text = row.cells().get(columns[i]);
                if (isCategorical(i) && !text.isEmpty() && levels.get(i).add(text)) {
                    refuseIdentifier(i, levels.get(i).size());
                }
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

    /** Each level becomes a column of the training, so a forgotten identifier would train for hours to no end. */
    private void refuseIdentifier(int column, int levels) {
        if (levels > Math.min(MOST_LEVELS, Math.max(HARMLESS_LEVELS, rows / 2))) {
            throw new InvalidDataException(file.name() + ": column \"" + name(column) + "\" has more than "
                    + (levels - 1) + " levels in " + rows
                    + " rows, as an identifier has; exclude it, or declare its levels in a schema");
        }
    }

    private Signal signal(int column, Set<String> levels) {
        String name = name(column);
        WhenMissing rule = missing[column] ? WhenMissing.IMPUTE : WhenMissing.REFUSE;
        // A column without any value is numeric and flag at once; the trainer says that it has no value.
        if (numeric[column]) {
            return Signal.numeric(name).whenMissing(rule);
        } else if (flag[column]) {
            return Signal.flag(name).whenMissing(rule);
        }
        List<String> sorted =
                levels.stream().sorted(CsvSchemaInference::byCodePoint).toList();
        return Signal.categorical(name, sorted).whenMissing(rule);
    }

    private boolean isCategorical(int column) {
        return !numeric[column] && !flag[column];
    }

    private String name(int column) {
        return file.header().get(columns[column]);
    }

    private void eachRow(RowVisitor visitor) throws IOException {
        try (CsvFile.Rows all = file.rows(progress)) {
            while (all.hasNext()) {
                CsvFile.Row row = all.next();
                if (file.raggedness(row).isEmpty()) {
                    visitor.visit(row);
                }
            }
        }
    }

    private static int byCodePoint(String a, String b) {
        return Arrays.compare(a.codePoints().toArray(), b.codePoints().toArray());
    }

    private static boolean[] filled(int size) {
        boolean[] array = new boolean[size];
        Arrays.fill(array, true);
        return array;
    }

    @FunctionalInterface
    private interface RowVisitor {
        void visit(CsvFile.Row row);
    }
}
