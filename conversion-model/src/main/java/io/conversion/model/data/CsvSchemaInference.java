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
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Infers a schema from the columns of a file: kinds and levels in one pass, unless a column has numbers before its first
 * other text; the levels of such columns take another one.
 */
final class CsvSchemaInference {

    /** A column may have so many levels however few rows there are; beyond, not more than half as many as rows. */
    private static final int HARMLESS_LEVELS = 50;

    /** However many rows there are: neither a fit nor a table of the levels could make use of more. */
    private static final int MOST_LEVELS = 100_000;

    private final CsvFile file;
    private final LongConsumer progress;
    private final int[] columns;
    private final boolean[] numeric;
    private final boolean[] numbersFirst;
    private final boolean[] flag;
    private final boolean[] missing;
    private final List<Set<String>> levels = new ArrayList<>();
    private long rows;

    private CsvSchemaInference(CsvFile file, int[] columns, LongConsumer progress) {
        this.file = file;
        this.progress = progress;
        this.columns = columns;
        this.numeric = filled(columns.length);
        this.numbersFirst = new boolean[columns.length];
        this.flag = filled(columns.length);
        this.missing = new boolean[columns.length];
        Arrays.stream(columns).forEach(column -> levels.add(new HashSet<>()));
    }

    /** Infers the schema, and shows each row to the label, if there is one. */
    static SignalSchema infer(CsvFile file, CsvDataSet.Options options, @Nullable CsvLabel label) throws IOException {
        List<String> header = file.header();
        int[] columns = header.stream()
                .filter(column ->
                        !column.equals(options.label()) && !options.noSignals().contains(column))
                .mapToInt(header::indexOf)
                .toArray();
        if (columns.length == 0) {
            throw new InvalidDataException(file.name() + " has no column besides the label and the excluded ones");
        }
        return new CsvSchemaInference(file, columns, options.progress()).infer(label);
    }

    private SignalSchema infer(@Nullable CsvLabel label) throws IOException {
        eachRow(row -> {
            if (label != null) {
                label.see(row);
            }
            if (file.raggedness(row).isEmpty()) {
                rows++;
                for (int i = 0; i < columns.length; i++) {
                    see(i, row.cells().get(columns[i]));
                }
            }
        });
        if (label != null) {
            // A label that is no outcome is told before anything that is wrong with the signals.
            label.positive();
        }
        int[] incomplete = IntStream.range(0, columns.length)
                .filter(i -> numbersFirst[i] && !numeric[i])
                .toArray();
        if (incomplete.length > 0) {
            eachRow(row -> {
                for (int i : incomplete) {
                    String text = file.raggedness(row).isEmpty() ? row.cells().get(columns[i]) : "";
                    if (!text.isEmpty()) {
                        addLevel(i, text);
                    }
                }
            });
        }
        List<Signal> signals = new ArrayList<>();
        for (int i = 0; i < columns.length; i++) {
            refuseIdentifier(i);
            signals.add(signal(i));
        }
        String stem = file.name().replaceFirst("\\.[^.]*$", "");
        try {
            return SignalSchema.of(stem, "1", signals);
        } catch (IllegalArgumentException e) {
            throw new InvalidDataException(file.name() + " has no valid schema: " + e.getMessage());
        }
    }

    private void see(int column, String text) {
        if (text.isEmpty()) {
            missing[column] = true;
            return;
        }
        flag[column] = flag[column] && CsvCell.isTrueOrFalse(text);
        if (numeric[column] && CsvCell.number(text).isPresent()) {
            numbersFirst[column] = true;
        } else {
            numeric[column] = false;
            addLevel(column, text);
        }
    }

    /** Notes a level, unless there are too many already. */
    private void addLevel(int column, String text) {
        if (levels.get(column).size() <= MOST_LEVELS) {
            levels.get(column).add(text);
        }
    }

    /** Each level becomes a column of the training, so a forgotten identifier would train for hours to no end. */
    private void refuseIdentifier(int column) {
        long most = Math.min(MOST_LEVELS, Math.max(HARMLESS_LEVELS, rows / 2));
        if (levels.get(column).size() > most) {
            throw new InvalidDataException(file.name() + ": column \"" + name(column) + "\" has more than " + most
                    + " levels in " + rows
                    + " rows, as an identifier has; exclude it, or declare its levels in a schema");
        }
    }

    private Signal signal(int column) {
        String name = name(column);
        WhenMissing rule = missing[column] ? WhenMissing.IMPUTE : WhenMissing.REFUSE;
        // A column without any value is numeric and flag at once; the trainer says that it has no value.
        if (numeric[column]) {
            return Signal.numeric(name).whenMissing(rule);
        } else if (flag[column]) {
            return Signal.flag(name).whenMissing(rule);
        }
        List<String> sorted = levels.get(column).stream()
                .sorted(CsvSchemaInference::byCodePoint)
                .toList();
        return Signal.categorical(name, sorted).whenMissing(rule);
    }

    private String name(int column) {
        return file.header().get(columns[column]);
    }

    private void eachRow(Consumer<CsvFile.Row> visitor) throws IOException {
        try (CsvFile.Rows all = file.rows(progress)) {
            all.forEachRemaining(visitor);
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
}
