package io.conversion.model.data;

import io.conversion.core.SignalBatch;
import io.conversion.core.SignalColumn;
import io.conversion.core.json.ArtifactText;
import io.conversion.core.json.JsonText;
import io.conversion.core.signals.InvalidSignalsException;
import io.conversion.core.signals.NumericSignal;
import io.conversion.core.signals.Signal;
import io.conversion.core.signals.SignalSchema;
import io.conversion.core.signals.Signals;
import io.conversion.core.signals.SignalsBuilder;
import io.conversion.core.signals.WhenOutOfRange;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.DoubleSummaryStatistics;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Labelled users in columns: for each signal of a schema one column of primitives, and for each user whether it
 * converted. Values are kept as they were given; missing, out of range and unseen ones stay recognisable.
 *
 * <p>Immutable and safe to share between threads.
 */
public final class DataSet {

    private final SignalSchema schema;
    private final LabelColumn label;
    private final List<Column> columns;
    private final Map<String, List<String>> attributes;
    private final boolean[] converted;
    private final long[] lines;
    private final int leftOutRows;
    private final @Nullable Groups groups;

    DataSet(
            SignalSchema schema,
            LabelColumn label,
            List<Column> columns,
            Map<String, List<String>> attributes,
            boolean[] converted,
            long[] lines,
            int leftOutRows,
            @Nullable Groups groups) {
        this.schema = schema;
        this.label = label;
        this.columns = List.copyOf(columns);
        this.attributes = Collections.unmodifiableMap(new LinkedHashMap<>(attributes));
        this.converted = converted;
        this.lines = lines;
        this.leftOutRows = leftOutRows;
        this.groups = groups;
    }

    /**
     * Starts a data set from values by name, for data that do not come from a CSV file.
     *
     * @param schema the schema of the signals
     * @return a builder, for one thread
     */
    public static Builder builder(SignalSchema schema) {
        return builder(schema, List.of());
    }

    /**
     * Starts a data set with attributes.
     *
     * @param schema the schema of the signals
     * @param attributes the names of what is known of users beside their signals, such as a cohort
     * @return a builder, for one thread
     */
    public static Builder builder(SignalSchema schema, List<String> attributes) {
        return new Builder(schema, attributes);
    }

    /**
     * The schema of the signals.
     *
     * @return the schema
     */
    public SignalSchema schema() {
        return schema;
    }

    /**
     * Where the outcome came from.
     *
     * @return the label column
     */
    public LabelColumn label() {
        return label;
    }

    /**
     * The number of users.
     *
     * @return the number of rows
     */
    public int rows() {
        return converted.length;
    }

    /**
     * The number of users who converted.
     *
     * @return the number of rows with the positive outcome
     */
    public int positives() {
        int positives = 0;
        for (boolean outcome : converted) {
            positives += outcome ? 1 : 0;
        }
        return positives;
    }

    /**
     * The number of rows that were left out on reading, because they held bad cells and these were tolerated.
     *
     * @return the number of rows left out
     */
    public int leftOutRows() {
        return leftOutRows;
    }

    /**
     * Where a user was read from, for messages.
     *
     * @param row the row, from 0
     * @return the line of the file, such as {@code line 12}; without a file the row, such as {@code row 10}
     */
    public String place(int row) {
        return lines[row] == 0 ? "row " + row : "line " + lines[row];
    }

    /**
     * Whether a user converted.
     *
     * @param row the row, from 0
     * @return the outcome
     */
    public boolean converted(int row) {
        return converted[row];
    }

    /**
     * The signals of a user, read by the rules of the schema.
     *
     * @param row the row, from 0
     * @return the signals
     */
    public Signals signals(int row) {
        SignalsBuilder signals = schema.signals();
        for (int i = 0; i < columns.size(); i++) {
            signals.set(i, columns.get(i).value(schema.at(i), row));
        }
        return signals.build();
    }

    /**
     * The signals of all users in columns, to be scored at once.
     *
     * @return a batch of the rows in their order, with the same signals as {@link #signals(int)}
     */
    public SignalBatch batch() {
        Map<String, SignalColumn> bySignal = new LinkedHashMap<>();
        for (int i = 0; i < columns.size(); i++) {
            Signal signal = schema.at(i);
            bySignal.put(signal.name(), columns.get(i).signalColumn(signal));
        }
        return SignalBatch.of(schema, bySignal);
    }

    /**
     * The numbers of a numeric signal as they were given, NaN where it is missing.
     *
     * @param signal the name of the signal
     * @return a fresh array, by row
     * @throws IllegalArgumentException if there is no such numeric signal
     */
    public double[] numbers(String signal) {
        int position = position(signal);
        if (!(schema.at(position) instanceof NumericSignal)) {
            throw new IllegalArgumentException("signal " + ArtifactText.quoted(signal) + " is not numeric");
        }
        return columns.get(position).values().clone();
    }

    /**
     * The value of one signal of one user, as it was given.
     *
     * @param position the position of the signal in the schema, from 0
     * @param row the row, from 0
     * @return the value as text, a level that the schema does not list by its name; empty where it is missing
     */
    public String text(int position, int row) {
        return columns.get(position).text(schema.at(position), row);
    }

    /**
     * The schema with a range for each numeric signal that has none: from the lowest to the highest value of these users, to
     * which the values of later users are clipped, as their evidence then tells. A proposal, to be reviewed by somebody who
     * knows what can be.
     *
     * @return the schema with ranges; a signal without any value stays as it is
     */
    public SignalSchema schemaWithRanges() {
        List<Signal> signals = new ArrayList<>();
        for (Signal signal : schema.declared()) {
            signals.add(signal instanceof NumericSignal numeric ? ranged(numeric) : signal);
        }
        return SignalSchema.of(schema.name(), schema.version(), signals);
    }

    private Signal ranged(NumericSignal signal) {
        DoubleSummaryStatistics values =
                Arrays.stream(numbers(signal.name())).filter(Double::isFinite).summaryStatistics();
        boolean isOpen = Double.isInfinite(signal.min()) && Double.isInfinite(signal.max());
        return isOpen && values.getCount() > 0
                ? signal.range(values.getMin(), values.getMax()).whenOutOfRange(WhenOutOfRange.CLIP)
                : signal;
    }

    /**
     * What is known of each user by a name, as text: a column that was kept as an attribute, or a signal.
     *
     * @param name the name of an attribute or a signal
     * @return the texts by row, empty where it is missing
     * @throws IllegalArgumentException if there is neither an attribute nor a signal of that name
     */
    public List<String> attribute(String name) {
        List<String> texts = attributes.get(name);
        if (texts != null) {
            return texts;
        }
        int position = position(name);
        return IntStream.range(0, rows()).mapToObj(row -> text(position, row)).toList();
    }

    /**
     * The outcomes.
     *
     * @return a fresh array, by row: whether the user converted
     */
    public boolean[] outcomes() {
        return converted.clone();
    }

    private int position(String name) {
        int position = schema.position(name);
        if (position < 0) {
            throw new IllegalArgumentException("there is no signal " + ArtifactText.quoted(name) + " in schema "
                    + schema
                    + (attributes.isEmpty() ? "" : ", and the attributes are " + CellText.list(attributes.keySet())));
        }
        return position;
    }

    /**
     * The same users, of whom those with the same value of a column belong together, such as all rows of one user: they
     * fall on one side of {@link #training()} and {@link #holdout()}, and into one fold of every cross-validation. A user
     * without a value is a group of its own.
     *
     * @param name the name of an attribute or a signal
     * @return the grouped users
     * @throws IllegalArgumentException if there is neither an attribute nor a signal of that name
     */
    public DataSet groupedBy(String name) {
        return new DataSet(
                schema, label, columns, attributes, converted, lines, leftOutRows, Groups.of(name, attribute(name)));
    }

    /**
     * What the users are grouped by.
     *
     * @return the name of the column; empty if every row is for itself
     */
    public Optional<String> groupColumn() {
        return Optional.ofNullable(groups).map(Groups::column);
    }

    /** The columns, in the order of the schema; not copied. */
    List<Column> columns() {
        return columns;
    }

    /** The number of each row's group, in the order of first rows; null if every row is for itself. */
    int @Nullable [] groups() {
        return groups == null ? null : groups.numbers();
    }

    /**
     * The rows that a model is to be trained on: all but every fifth, that is row {@code i} with {@code i % 5 != 4}; of
     * grouped users all but every fifth group. A split by position in the file takes the same share from data that are
     * sorted.
     *
     * @return a data set of four fifths of the rows
     */
    public DataSet training() {
        return rows(row -> part(row) % 5 != 4);
    }

    /**
     * The hold-out: every fifth row, that is row {@code i} with {@code i % 5 == 4}; of grouped users every fifth group.
     *
     * @return a data set of one fifth of the rows
     */
    public DataSet holdout() {
        return rows(row -> part(row) % 5 == 4);
    }

    private int part(int row) {
        return groups == null ? row : groups.numbers()[row];
    }

    /**
     * Splits the users by time: those before a day are to be trained on, and those from it on to be measured on, as later
     * users are. Of grouped users, rows from that day on whose group has earlier rows are left out.
     *
     * @param name the name of an attribute or a signal that holds ISO dates such as 2024-03-01, with or without a time
     * @param day the first day of the hold-out
     * @return both parts
     * @throws IllegalArgumentException if there is neither an attribute nor a signal of that name
     * @throws InvalidDataException if a row has no date or one far away from all others ({@link DayRange}), or either part
     *     no row
     */
    public TimeSplit splitAt(String name, LocalDate day) {
        return TimeSplit.of(this, name, day);
    }

    /**
     * Splits the users by time at the day from which on the share of rows is nearest to one that is asked for.
     *
     * @param name the name of an attribute or a signal that holds ISO dates such as 2024-03-01, with or without a time
     * @param share the share of rows to measure on, above 0 and below 1
     * @return both parts, and the day
     * @throws IllegalArgumentException if there is neither an attribute nor a signal of that name, or the share is out of
     *     range
     * @throws InvalidDataException if a row has no date, or all have the same, or either part has no row
     */
    public TimeSplit splitLatest(String name, double share) {
        if (!(share > 0 && share < 1)) {
            throw new IllegalArgumentException(
                    "the share of a hold-out is " + share + "; it must be above 0 and below 1");
        }
        return TimeSplit.ofLatest(this, name, share);
    }

    /**
     * Where each row falls by a hash of its signals, so that a part of the rows does not depend on their order or on that
     * of the columns: {@code rows(row -> places[row] < 0.2)} is a fifth of them, and rows of the same signals fall on one
     * side. The hash is SHA-256 over the texts of the signals by name; the outcome has no part in it.
     *
     * @return a number from 0 to below 1, by row, spread evenly over rows of different signals; a fresh array
     */
    public double[] places() {
        return ContentHash.ofSignals(this);
    }

    /**
     * Where each row falls by a hash of one column, such as the key of the user, so that all rows of a key fall on one side
     * whatever file they are in.
     *
     * @param name the name of an attribute or a signal
     * @return a number from 0 to below 1, by row, spread evenly over different values; a fresh array
     * @throws IllegalArgumentException if there is neither an attribute nor a signal of that name
     */
    public double[] places(String name) {
        return ContentHash.of(attribute(name));
    }

    /**
     * What is doubtful about the values: identifiers, dates and sentinels among the signals, levels written in several
     * ways, rows that are near copies of others. They are looked for in some thousand rows, evenly over the data.
     *
     * @return what was found, by signal in the order of the schema, then what is about whole rows
     */
    public List<DataDoubt> doubts() {
        List<DataDoubt> doubts = IntStream.range(0, columns.size())
                .parallel()
                .boxed()
                .flatMap(i -> SignalDoubts.of(
                        schema.at(i), columns.get(i).values(), columns.get(i).levels(schema.at(i))))
                .toList();
        return Stream.concat(doubts.stream(), NearCopies.of(this).stream()).toList();
    }

    /**
     * Some of the rows.
     *
     * @param keep tells for each row, from 0, whether it is kept
     * @return a data set of the rows that are kept
     */
    public DataSet rows(IntPredicate keep) {
        int[] kept = IntStream.range(0, rows()).filter(keep).toArray();
        boolean[] outcomes = new boolean[kept.length];
        for (int i = 0; i < kept.length; i++) {
            outcomes[i] = converted[kept[i]];
        }
        List<Column> some = columns.stream().map(column -> column.rows(kept)).toList();
        Map<String, List<String>> texts = new LinkedHashMap<>();
        attributes.forEach((name, all) ->
                texts.put(name, Arrays.stream(kept).mapToObj(all::get).toList()));
        return new DataSet(
                schema,
                label,
                some,
                texts,
                outcomes,
                Arrays.stream(kept).mapToLong(row -> lines[row]).toArray(),
                leftOutRows,
                groups == null ? null : groups.rows(kept));
    }

    /**
     * SHA-256 of the content: the schema, then for each signal the SHA-256 of its values bit for bit, then the outcomes.
     *
     * @return {@code sha256:} and 64 hexadecimal digits
     */
    public String digest() {
        MessageDigest digest = JsonText.sha256();
        digest.update(schema.digest().getBytes(StandardCharsets.UTF_8));
        columns.parallelStream().map(Column::digest).toList().forEach(digest::update);
        byte[] outcomes = new byte[rows()];
        for (int i = 0; i < outcomes.length; i++) {
            outcomes[i] = (byte) (converted[i] ? 1 : 0);
        }
        digest.update(outcomes);
        return JsonText.digestText(digest.digest());
    }

    /**
     * The values of one signal as they are computed with.
     *
     * @param position the position of the signal in the schema, from 0
     * @return a fresh array, by row: the number as it was given, 1 or 0 for a flag, the position of the level; a negative
     *     number for a level that the schema does not list; NaN where it is missing
     */
    public double[] column(int position) {
        return columns.get(position).values().clone();
    }

    /**
     * The column of a file that held the outcome, and the columns that were declared not to be signals.
     *
     * @param name the name of the label column
     * @param positive the value that counts as converted
     * @param excluded the columns that were declared not to be signals
     */
    public record LabelColumn(String name, String positive, List<String> excluded) {

        /** Copies the excluded columns. {@inheritDoc} */
        public LabelColumn {
            excluded = List.copyOf(excluded);
        }
    }

    /** Collects labelled users by values, in the order in which they are added. For one thread. */
    public static final class Builder {

        private final SignalSchema schema;
        private final List<String> attributes;
        private final ColumnsBuilder columns;

        private Builder(SignalSchema schema, List<String> attributes) {
            this.schema = schema;
            this.attributes = List.copyOf(attributes);
            this.columns = new ColumnsBuilder(schema, this.attributes);
        }

        /**
         * Adds one user.
         *
         * @param values the values by signal name, as {@link SignalSchema#read(Map)} takes them
         * @param converted whether the user converted
         * @return this builder
         * @throws InvalidSignalsException if the schema refuses the values
         */
        public Builder add(Map<String, ?> values, boolean converted) {
            return add(values, Map.of(), converted);
        }

        /**
         * Adds one user with attributes.
         *
         * @param values the values by signal name, as {@link SignalSchema#read(Map)} takes them
         * @param texts the attributes by name; one that is not given is empty
         * @param converted whether the user converted
         * @return this builder
         * @throws InvalidSignalsException if the schema refuses the values
         * @throws IllegalArgumentException if the data set has no such attribute
         */
        public Builder add(Map<String, ?> values, Map<String, String> texts, boolean converted) {
            if (!attributes.containsAll(texts.keySet())) {
                throw new IllegalArgumentException(
                        "the attributes " + texts.keySet() + " are not all among those of the data set, " + attributes);
            }
            schema.read(values).orElseThrow();
            List<Signal> declared = schema.declared();
            for (int i = 0; i < declared.size(); i++) {
                Object value = values.get(declared.get(i).name());
                if (value instanceof Boolean flag) {
                    columns.flag(i, flag);
                } else if (value instanceof String level) {
                    columns.level(i, level);
                } else if (value instanceof Number number) {
                    columns.number(i, number.doubleValue());
                }
            }
            for (int i = 0; i < attributes.size(); i++) {
                columns.attribute(i, texts.getOrDefault(attributes.get(i), ""));
            }
            columns.endRow(converted, 0);
            return this;
        }

        /**
         * The data set.
         *
         * @param label what to call the outcome in the artifacts of models that are trained on the data
         * @return a data set of all users that were added
         */
        public DataSet build(String label) {
            return columns.build(new LabelColumn(label, "true", attributes), 0);
        }
    }
}
