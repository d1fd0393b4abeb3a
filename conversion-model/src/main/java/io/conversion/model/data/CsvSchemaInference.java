package io.conversion.model.data;

import io.conversion.core.json.ArtifactText;
import io.conversion.core.signals.NumericSignal;
import io.conversion.core.signals.Signal;
import io.conversion.core.signals.SignalSchema;
import io.conversion.core.signals.WhenMissing;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
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

    /** Beyond, doubles have no fractions, so that whole numbers say nothing of a column. */
    private static final double LARGEST_WHOLE = 0x1p53;

    private final CsvFile file;
    private final CsvDataSet.Options options;
    private final LongConsumer progress;
    private final int[] columns;
    private final boolean[] named;
    private final boolean[] numeric;
    private final boolean[] numbersFirst;
    private final boolean[] flag;
    private final boolean[] missing;
    private final boolean proposes;
    private final boolean[] binary;
    private final boolean[] zero;
    private final boolean[] one;
    private final boolean[] whole;
    private final List<ColumnTexts> levels = new ArrayList<>();
    private final List<GroupedDigits> grouped = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();
    private final RaggedRows ragged;
    private long rows;

    private CsvSchemaInference(CsvFile file, int[] columns, CsvDataSet.Options options, boolean proposes) {
        this.file = file;
        this.options = options;
        this.progress = options.progress();
        this.columns = columns;
        this.ragged = new RaggedRows(file);
        this.named = new boolean[columns.length];
        this.numeric = filled(columns.length);
        this.numbersFirst = new boolean[columns.length];
        this.flag = filled(columns.length);
        this.missing = new boolean[columns.length];
        this.proposes = proposes;
        this.binary = filled(columns.length);
        this.zero = new boolean[columns.length];
        this.one = new boolean[columns.length];
        this.whole = filled(columns.length);
        for (int i = 0; i < columns.length; i++) {
            levels.add(new ColumnTexts(MOST_LEVELS));
            grouped.add(new GroupedDigits(options.dialect()));
            named[i] = options.categorical().contains(name(i));
            numeric[i] = !named[i];
            flag[i] = !named[i];
        }
    }

    /** Infers the schema, and shows each row to the label, if there is one. */
    static SignalSchema infer(CsvFile file, CsvDataSet.Options options, @Nullable CsvLabel label) throws IOException {
        return of(file, options, false).infer(label);
    }

    /** Infers a schema for people to edit, which tells flags and whole numbers from other numbers. */
    static SignalSchema propose(CsvFile file, CsvDataSet.Options options) throws IOException {
        return of(file, options, true).infer(null);
    }

    private static CsvSchemaInference of(CsvFile file, CsvDataSet.Options options, boolean proposes)
            throws IOException {
        List<String> header = file.header();
        int[] columns = header.stream()
                .filter(column ->
                        !column.equals(options.label()) && !options.noSignals().contains(column))
                .mapToInt(header::indexOf)
                .toArray();
        if (columns.length == 0) {
            throw new InvalidDataException(file.name() + " has no column besides the label and the excluded ones");
        }
        return new CsvSchemaInference(file, columns, options, proposes);
    }

    private SignalSchema infer(@Nullable CsvLabel label) throws IOException {
        eachRow(row -> {
            if (label != null) {
                label.see(row);
            }
            ragged.see(row);
            if (file.raggedness(row).isEmpty()) {
                rows++;
                for (int i = 0; i < columns.length; i++) {
                    see(i, row.cells().get(columns[i]), row.line());
                }
            }
        });
        ragged.refuseMoreThan(options.tolerated());
        if (label != null) {
            // A label that is no outcome is told before anything that is wrong with the signals.
            label.positive();
        }
        int[] incomplete = IntStream.range(0, columns.length)
                .filter(i -> numbersFirst[i] && !numeric[i])
                .toArray();
        if (incomplete.length > 0) {
            Arrays.stream(incomplete).forEach(i -> levels.get(i).clear());
            eachRow(row -> {
                for (int i : incomplete) {
                    String text = file.raggedness(row).isEmpty() ? row.cells().get(columns[i]) : "";
                    if (!text.isEmpty()) {
                        levels.get(i).add(text, row.line());
                    }
                }
            });
        }
        List<Signal> signals = new ArrayList<>();
        for (int i = 0; i < columns.length; i++) {
            review(i);
        }
        if (!problems.isEmpty()) {
            throw InvalidDataException.ofMany(file.name(), problems);
        }
        for (int i = 0; i < columns.length; i++) {
            signals.add(signal(i));
        }
        String stem = file.name().replaceFirst("\\.[^.]*$", "");
        try {
            return SignalSchema.of(stem, "1", signals);
        } catch (IllegalArgumentException e) {
            throw new InvalidDataException(file.name() + " has no valid schema: " + e.getMessage());
        }
    }

    private void see(int column, String text, long line) {
        if (text.isEmpty()) {
            missing[column] = true;
            return;
        }
        flag[column] = flag[column] && CsvCell.isTrueOrFalse(text);
        OptionalDouble number = numeric[column] ? options.dialect().number(text) : OptionalDouble.empty();
        if (number.isPresent()) {
            numbersFirst[column] = true;
            see(column, number.getAsDouble(), text);
            grouped.get(column).see(text, line);
        } else {
            numeric[column] = false;
            levels.get(column).add(text, line);
        }
    }

    private void see(int column, double number, String text) {
        zero[column] |= number == 0;
        one[column] |= number == 1;
        binary[column] = binary[column] && CsvCell.flag(text).isPresent();
        whole[column] = whole[column] && number == StrictMath.rint(number) && Math.abs(number) <= LARGEST_WHOLE;
    }

    /** Looks for what a column is if not what it would be inferred as. */
    private void review(int column) {
        if (numeric[column]) {
            grouped.get(column).doubt().ifPresent(doubt -> doubt(column, doubt));
            return;
        }
        ColumnTexts texts = levels.get(column);
        if (!flag[column] && !named[column]) {
            List<ColumnTexts.Text> dates = texts.all().stream()
                    .filter(text -> DateSpelling.isDate(text.value()))
                    .toList();
            if (!dates.isEmpty() && dates.size() * 10L >= texts.size() * 9L) {
                String holds = "holds dates or times, such as "
                        + ArtifactText.quoted(dates.get(0).value()) + " in line "
                        + dates.get(0).line()
                        + ", and no later user has one of them; exclude it, give the days until the prediction as a"
                        + " number, or split by it with --date and --holdout-from; if its values are names, declare it"
                        + " with --categorical";
                if (texts.size() > SpeltNumbers.FEW) {
                    problems.add(quoted(column) + holds);
                } else {
                    doubt(column, "is read as categorical and " + holds);
                }
                return;
            }
            Optional<SpeltNumbers.Finding> numbers = SpeltNumbers.of(texts, options.dialect());
            if (numbers.isPresent()) {
                if (numbers.get().refused()) {
                    problems.add(quoted(column) + numbers.get().sentence());
                } else {
                    doubt(column, "is read as categorical and " + numbers.get().sentence());
                }
                return;
            }
        }
        texts.all().stream()
                .filter(text -> !ArtifactText.isName(text.value()))
                .findFirst()
                .ifPresent(text -> problems.add(quoted(column) + "holds " + ArtifactText.quoted(text.value())
                        + " in line " + text.line() + ", of " + text.value().length()
                        + " characters, which cannot be a level: " + ArtifactText.NAME
                        + "; correct it, or exclude the column"));
        refuseIdentifier(column);
    }

    private void doubt(int column, String sentence) {
        options.doubts().accept(file.name() + ": " + quoted(column) + sentence);
    }

    private String quoted(int column) {
        return "column " + ArtifactText.quoted(name(column)) + " ";
    }

    /** Each level becomes a column of the training, so a forgotten identifier would train for hours to no end. */
    private void refuseIdentifier(int column) {
        int size = levels.get(column).size();
        long most = Math.min(MOST_LEVELS, Math.max(HARMLESS_LEVELS, rows / 2));
        if (size > most) {
            problems.add(quoted(column) + "has more than " + most + " levels in " + rows
                    + " rows, as an identifier has; exclude it, or declare its levels in a schema");
        } else if (size > HARMLESS_LEVELS) {
            doubt(column, "has " + size + " levels; if it identifies users, exclude it");
        }
    }

    private Signal signal(int column) {
        String name = name(column);
        WhenMissing rule = missing[column] ? WhenMissing.IMPUTE : WhenMissing.REFUSE;
        // A column without any value is numeric and flag at once; the trainer says that it has no value.
        if (numeric[column]) {
            // A column of one value alone may as well be a count that nobody has reached yet.
            if (proposes && binary[column] && zero[column] && one[column]) {
                return Signal.flag(name).whenMissing(rule);
            }
            NumericSignal numbers = Signal.numeric(name).whenMissing(rule);
            return proposes && numbersFirst[column] && whole[column] ? numbers.wholeNumbers() : numbers;
        } else if (flag[column]) {
            return Signal.flag(name).whenMissing(rule);
        }
        List<String> sorted = levels.get(column).sorted();
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

    private static boolean[] filled(int size) {
        boolean[] array = new boolean[size];
        Arrays.fill(array, true);
        return array;
    }
}
