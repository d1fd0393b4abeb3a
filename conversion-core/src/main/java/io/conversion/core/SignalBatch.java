package io.conversion.core;

import io.conversion.core.internal.NearestName;
import io.conversion.core.json.ArtifactText;
import io.conversion.core.signals.Signal;
import io.conversion.core.signals.SignalReading;
import io.conversion.core.signals.SignalSchema;
import io.conversion.core.signals.SignalsBuilder;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The signals of many users in columns, checked column by column. Each row is accepted or refused by itself, by the same
 * rules as {@link SignalSchema#read}, and keeps its place. Immutable and safe to share between threads.
 */
public final class SignalBatch {

    private final SignalSchema schema;
    private final int rows;

    // By position: as they were given, null where no column was, and as they are scored.
    private final @Nullable SignalColumn[] given;
    private final ScoringColumn[] columns;
    private final BitSet refused = new BitSet();
    private final BitSet substituted = new BitSet();

    private SignalBatch(SignalSchema schema, Map<String, SignalColumn> bySignal) {
        this.schema = schema;
        this.rows = bySignal.values().iterator().next().rows();
        this.given = new SignalColumn[schema.size()];
        this.columns = new ScoringColumn[schema.size()];
        for (int i = 0; i < columns.length; i++) {
            given[i] = bySignal.get(schema.at(i).name());
            columns[i] = ScoringColumn.of(schema, i, given[i], rows, refused, substituted);
        }
    }

    /**
     * Makes a batch.
     *
     * @param schema the schema
     * @param columns the columns by the names of their signals, at least one; a signal without a column is missing in
     *     every row
     * @return the batch, with the rows that the schema refuses marked
     * @throws IllegalArgumentException if a column is of no signal or of another kind than its signal, or not all are of
     *     the same length; the message lists every problem. What the rows hold is no reason
     */
    public static SignalBatch of(SignalSchema schema, Map<String, SignalColumn> columns) {
        List<String> problems = new ArrayList<>();
        if (columns.isEmpty()) {
            problems.add("there is no column");
        }
        TreeMap<Integer, String> lengths = new TreeMap<>();
        columns.forEach((name, column) -> {
            lengths.putIfAbsent(column.rows(), name);
            int position = schema.position(name);
            if (position < 0) {
                problems.add("column " + ArtifactText.quoted(name) + " is not a signal of schema " + schema
                        + new NearestName()
                                .offer(
                                        name,
                                        schema.declared().stream()
                                                .map(Signal::name)
                                                .toList()));
            } else if (!column.fits(schema.at(position))) {
                problems.add("column " + ArtifactText.quoted(name) + " holds " + column.kind() + "; the signal is "
                        + kind(schema.at(position)));
            }
        });
        if (lengths.size() > 1) {
            problems.add("column " + ArtifactText.quoted(lengths.firstEntry().getValue()) + " has " + lengths.firstKey()
                    + " rows, and column "
                    + ArtifactText.quoted(lengths.lastEntry().getValue()) + " has " + lengths.lastKey());
        }
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException("signal batch: " + String.join("\n  ", problems));
        }
        return new SignalBatch(schema, columns);
    }

    private static String kind(Signal signal) {
        return signal.match(numeric -> "numeric", categorical -> "categorical", flag -> "a flag");
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
     * The number of rows, refused ones included.
     *
     * @return the number of rows
     */
    public int rows() {
        return rows;
    }

    /**
     * The number of rows that the schema refuses.
     *
     * @return the number of refused rows
     */
    public int refusedRows() {
        return refused.cardinality();
    }

    /**
     * Whether the schema refuses a row.
     *
     * @param row the row, from 0
     * @return whether it is refused
     * @throws IndexOutOfBoundsException if there is no such row
     */
    public boolean isRefused(int row) {
        return refused.get(checked(row));
    }

    /**
     * One row, read by itself.
     *
     * @param row the row, from 0
     * @return its accepted signals, or every violation of the schema
     * @throws IndexOutOfBoundsException if there is no such row
     */
    public SignalReading reading(int row) {
        checked(row);
        SignalsBuilder signals = schema.signals();
        for (int i = 0; i < given.length; i++) {
            SignalColumn column = given[i];
            if (column != null) {
                column.set(signals, i, row);
            }
        }
        return signals.read();
    }

    /** Whether every signal of a row was accepted as it was given. */
    boolean isClean(int row) {
        return !refused.get(row) && !substituted.get(row);
    }

    ScoringColumn column(int position) {
        return columns[position];
    }

    /** The next refused row from here on; -1 if there is none. */
    int nextRefused(int from) {
        return refused.nextSetBit(from);
    }

    int checked(int row) {
        return Objects.checkIndex(row, rows);
    }
}
