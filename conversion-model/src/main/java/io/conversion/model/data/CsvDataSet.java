package io.conversion.model.data;

import io.conversion.core.json.ArtifactText;
import io.conversion.core.signals.SignalReading;
import io.conversion.core.signals.SignalSchema;
import io.conversion.model.data.DataSet.LabelColumn;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads labelled users from a CSV file.
 *
 * <p>The file is UTF-8 with a header, comma or semicolon, quotes where needed, any line ends, with or without a byte
 * order mark and a final line feed. Cells are stripped; an empty one is missing. Every column is the label, excluded or
 * a signal. Without a given schema, one is inferred: a column whose cells are all finite numbers of the
 * {@linkplain Options#dialect dialect} is numeric, {@code true/false} in any letter case is a flag, anything else is
 * categorical with its levels sorted by code point; a column with missing cells imputes, any other refuses missing
 * values; unseen levels are refused. A column of numbers in another spelling, or with a cell that is none, is refused
 * unless {@link Options#categorical} names it.
 */
public final class CsvDataSet {

    /** How many bad cells a message names; the others are counted. */
    private static final int NAMED = 10;

    private final CsvFile file;
    private final Options options;
    private final SignalSchema schema;
    private final CsvLabel label;
    private final List<String> badCells = new ArrayList<>();
    private long badCellCount;
    private int badRowCount;

    private CsvDataSet(CsvFile file, Options options, SignalSchema schema, CsvLabel label) {
        this.file = file;
        this.options = options;
        this.schema = schema;
        this.label = label;
    }

    /**
     * Says which column holds the outcome, the first of the options to read a file with.
     *
     * @param column the name of the label column
     * @return the options
     */
    public static Options label(String column) {
        return new Options(
                column, null, List.of(), List.of(), List.of(), null, CsvDialect.plain(), 0, bytes -> {}, doubt -> {});
    }

    /**
     * Reads a file.
     *
     * @param path the file
     * @param options how to read it, begun with {@link #label(String)}
     * @return the labelled users
     * @throws IOException if the file cannot be read
     * @throws InvalidDataException if its content is refused; the message counts the bad cells and names the first ten
     *     by line and column
     */
    public static DataSet read(Path path, Options options) throws IOException {
        try {
            CsvFile file = CsvFile.open(path, options.dialect());
            CsvLabel label = new CsvLabel(file, options);
            SignalSchema schema =
                    options.schema() == null ? CsvSchemaInference.infer(file, options, label) : options.schema();
            CsvSignals.checkHeader(file, schema, label.notSignals());
            return new CsvDataSet(file, options, schema, label).read();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /**
     * Infers the schema of a file, as {@link #read} does where none is given.
     *
     * @param path the file
     * @param options the label and the excluded columns
     * @return the schema, named after the file
     * @throws IOException if the file cannot be read
     * @throws InvalidDataException if its content is refused
     */
    public static SignalSchema inferSchema(Path path, Options options) throws IOException {
        try {
            CsvFile file = CsvFile.open(path, options.dialect());
            CsvLabel.check(file, options);
            return CsvSchemaInference.infer(file, options, null);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /**
     * Proposes a schema for a file, to be edited by somebody who knows the signals. It is the one that
     * {@link #inferSchema} infers, but a column that holds 0 and 1 and nothing else is a flag, and another one of whole
     * numbers declares them: a number with a fraction is then refused.
     *
     * @param path the file
     * @param options the label and the excluded columns
     * @return the schema, named after the file
     * @throws IOException if the file cannot be read
     * @throws InvalidDataException if its content is refused
     */
    public static SignalSchema proposeSchema(Path path, Options options) throws IOException {
        try {
            CsvFile file = CsvFile.open(path, options.dialect());
            CsvLabel.check(file, options);
            return CsvSchemaInference.propose(file, options);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private DataSet read() throws IOException {
        ColumnsBuilder columns = new ColumnsBuilder(schema, options.attributes());
        int[] attributes =
                options.attributes().stream().mapToInt(file.header()::indexOf).toArray();
        SignalCells cells = new SignalCells(schema, file);
        RaggedRows ragged = new RaggedRows(file);
        try (CsvFile.Rows rows = file.rows(options.progress())) {
            while (rows.hasNext()) {
                CsvFile.Row row = rows.next();
                label.see(row);
                ragged.see(row);
                if (set(columns, row, cells)) {
                    for (int i = 0; i < attributes.length; i++) {
                        columns.attribute(i, row.cells().get(attributes[i]));
                    }
                    columns.endRow(label.isPositive(row), row.line());
                } else {
                    badRowCount++;
                    columns.clear();
                }
            }
        }
        if (label.isConstant()) {
            // Which may be why the label lacks a value.
            ragged.refuseMoreThan(options.tolerated());
        }
        String positive = label.positive();
        if (badCellCount > options.tolerated()) {
            throw new InvalidDataException(
                    file.name() + " has " + badCellCount + " bad cells in " + badRowCount + " rows, and "
                            + options.tolerated() + " are tolerated" + (badCellCount > NAMED ? "; the first ten:" : ":")
                            + "\n  " + String.join("\n  ", badCells),
                    badCells);
        }
        return columns.build(new LabelColumn(options.label(), positive, options.noSignals()), badRowCount);
    }

    /** Sets the signals of a row; whether it has no bad cells, which are counted. */
    private boolean set(ColumnsBuilder columns, CsvFile.Row row, SignalCells cells) {
        long before = badCellCount;
        String ragged = file.raggedness(row);
        if (!ragged.isEmpty()) {
            bad(ragged);
            return false;
        }
        // Only where a value is not taken as it is are the rules of the schema asked.
        if (!cells.set(columns, row) && cells.read(row) instanceof SignalReading.Refused refused) {
            refused.violations()
                    .forEach(violation -> bad("line " + row.line() + ", column "
                            + ArtifactText.quoted(violation.signal()) + ": " + violation));
        }
        if (label.isMissing(row)) {
            bad("line " + row.line() + ", column " + ArtifactText.quoted(options.label()) + ": the label is missing");
        }
        return badCellCount == before;
    }

    private void bad(String problem) {
        if (badCellCount++ < NAMED) {
            badCells.add(problem);
        }
    }

    /**
     * How to read a file. Begun with {@link CsvDataSet#label(String)}; the other methods return a changed copy.
     *
     * @param label the name of the label column
     * @param positive the value of the label that counts as converted; null where the label holds yes/no, true/false or
     *     1/0 and says so itself
     * @param excluded the columns that are no signals
     * @param attributes the columns that are no signals but kept as text
     * @param categorical the columns whose values are names, whatever they look like, where the schema is inferred
     * @param schema the schema of the signals; null to infer it
     * @param dialect how the file is spelt
     * @param tolerated how many bad cells are tolerated; their rows are then left out
     * @param progress told how many bytes of the file have been read
     * @param doubts told what is doubtful about an inferred schema
     */
    public record Options(
            String label,
            @Nullable String positive,
            List<String> excluded,
            List<String> attributes,
            List<String> categorical,
            @Nullable SignalSchema schema,
            CsvDialect dialect,
            long tolerated,
            LongConsumer progress,
            Consumer<String> doubts) {

        /** Copies the lists. {@inheritDoc} */
        public Options {
            excluded = List.copyOf(excluded);
            attributes = List.copyOf(attributes);
            categorical = List.copyOf(categorical);
        }

        /** The excluded columns, then the attributes that are not among them. */
        List<String> noSignals() {
            return Stream.concat(excluded.stream(), attributes.stream())
                    .distinct()
                    .toList();
        }

        /**
         * States the value of the label that counts as converted.
         *
         * @param value the value
         * @return the changed copy
         */
        public Options positive(String value) {
            return new Options(
                    label, value, excluded, attributes, categorical, schema, dialect, tolerated, progress, doubts);
        }

        /**
         * States the columns that are no signals.
         *
         * @param columns the names of the columns
         * @return the changed copy
         */
        public Options exclude(String... columns) {
            return exclude(List.of(columns));
        }

        /**
         * States the columns that are no signals.
         *
         * @param columns the names of the columns
         * @return the changed copy
         */
        public Options exclude(List<String> columns) {
            return new Options(
                    label, positive, columns, attributes, categorical, schema, dialect, tolerated, progress, doubts);
        }

        /**
         * States the columns that are no signals but kept as text with the users, such as a cohort, a date or a group:
         * {@link DataSet#attribute(String)} gives them. They count as excluded.
         *
         * @param columns the names of the columns
         * @return the changed copy
         */
        public Options attributes(String... columns) {
            return new Options(
                    label,
                    positive,
                    excluded,
                    List.of(columns),
                    categorical,
                    schema,
                    dialect,
                    tolerated,
                    progress,
                    doubts);
        }

        /**
         * Gives the schema of the signals.
         *
         * @param given the schema
         * @return the changed copy
         */
        public Options schema(SignalSchema given) {
            return new Options(
                    label, positive, excluded, attributes, categorical, given, dialect, tolerated, progress, doubts);
        }

        /**
         * Tolerates bad cells: rows that hold one are left out and counted.
         *
         * @param cells the largest number of bad cells
         * @return the changed copy
         */
        public Options tolerate(long cells) {
            return new Options(
                    label, positive, excluded, attributes, categorical, schema, dialect, cells, progress, doubts);
        }

        /**
         * Listens to the progress of reading.
         *
         * @param listener told how many bytes of the file have been read
         * @return the changed copy
         */
        public Options progress(LongConsumer listener) {
            return new Options(
                    label, positive, excluded, attributes, categorical, schema, dialect, tolerated, listener, doubts);
        }

        /**
         * States the columns whose values are names, even if they look like numbers, dates or truth values: an inferred
         * schema has them as categorical signals.
         *
         * @param columns the names of the columns
         * @return the changed copy
         */
        public Options categorical(String... columns) {
            return new Options(
                    label,
                    positive,
                    excluded,
                    attributes,
                    List.of(columns),
                    schema,
                    dialect,
                    tolerated,
                    progress,
                    doubts);
        }

        /**
         * States how the file is spelt.
         *
         * @param given the separator of cells and the spelling of numbers
         * @return the changed copy
         */
        public Options dialect(CsvDialect given) {
            return new Options(
                    label, positive, excluded, attributes, categorical, schema, given, tolerated, progress, doubts);
        }

        /**
         * Listens to what is doubtful about an inferred schema.
         *
         * @param listener told in sentences that name the column and what to do
         * @return the changed copy
         */
        public Options doubts(Consumer<String> listener) {
            return new Options(
                    label, positive, excluded, attributes, categorical, schema, dialect, tolerated, progress, listener);
        }
    }
}
