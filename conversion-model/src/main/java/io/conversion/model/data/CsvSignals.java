package io.conversion.model.data;

import io.conversion.core.json.ArtifactText;
import io.conversion.core.signals.Signal;
import io.conversion.core.signals.SignalReading;
import io.conversion.core.signals.SignalSchema;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.LongConsumer;
import java.util.stream.IntStream;

/**
 * The signals of a CSV file, row by row and in constant memory. A row that the schema refuses does not stop the others.
 *
 * <p>The file is UTF-8 with a header that names each signal of the schema; an empty cell is missing; a flag is
 * {@code true/false}, {@code yes/no} or {@code 1/0} in any letter case. For one thread.
 */
public final class CsvSignals implements Iterator<CsvSignals.Row>, AutoCloseable {

    private final CsvFile.Rows rows;
    private final SignalCells cells;
    private final List<String> skipped;
    // The columns to hand on and where they are, in the order in which they were named.
    private final Map<String, Integer> kept;
    private long next;

    private CsvSignals(
            SignalSchema schema, CsvFile file, CsvFile.Rows rows, List<String> skipped, Map<String, Integer> kept) {
        this.rows = rows;
        this.skipped = skipped;
        this.kept = kept;
        this.cells = new SignalCells(schema, file);
    }

    /**
     * Opens a file.
     *
     * @param path the file
     * @param schema the schema of the signals
     * @param skip columns to pass over, where the file has them
     * @param progress told how many bytes of the file have been read
     * @return its rows, to be closed
     * @throws IOException if the file cannot be read
     * @throws InvalidDataException if the header lacks a signal, or has a column that is neither a signal nor skipped
     */
    public static CsvSignals open(Path path, SignalSchema schema, Collection<String> skip, LongConsumer progress)
            throws IOException {
        return open(path, schema, skip, List.of(), progress);
    }

    /**
     * Opens a file some of whose columns, such as the outcome or the key of a user, are handed on as text beside the
     * signals.
     *
     * @param path the file
     * @param schema the schema of the signals
     * @param skip columns to pass over, where the file has them
     * @param keep the columns to hand on, which are no signals
     * @param progress told how many bytes of the file have been read
     * @return its rows, to be closed
     * @throws IOException if the file cannot be read
     * @throws InvalidDataException if the header lacks a signal or a column to hand on, or has a column that is neither a
     *     signal nor skipped nor one of those
     */
    public static CsvSignals open(
            Path path, SignalSchema schema, Collection<String> skip, Collection<String> keep, LongConsumer progress)
            throws IOException {
        return open(path, CsvDialect.plain(), schema, skip, keep, progress);
    }

    /**
     * Opens a file of another dialect.
     *
     * @param path the file
     * @param dialect how it is spelt
     * @param schema the schema of the signals
     * @param skip columns to pass over, where the file has them
     * @param keep the columns to hand on, which are no signals
     * @param progress told how many bytes of the file have been read
     * @return its rows, to be closed
     * @throws IOException if the file cannot be read
     * @throws InvalidDataException if the header lacks a signal or a column to hand on, or has a column that is neither a
     *     signal nor skipped nor one of those
     */
    public static CsvSignals open(
            Path path,
            CsvDialect dialect,
            SignalSchema schema,
            Collection<String> skip,
            Collection<String> keep,
            LongConsumer progress)
            throws IOException {
        CsvFile file = CsvFile.open(path, dialect);
        Map<String, Integer> kept = new LinkedHashMap<>();
        for (String column : keep) {
            kept.put(column, file.header().indexOf(column));
            if (kept.containsValue(-1)) {
                throw new InvalidDataException(
                        file.name() + ": there is no column " + ArtifactText.quoted(column) + "; " + file.columns());
            }
        }
        Set<String> notSignals = new TreeSet<>(skip);
        notSignals.addAll(keep);
        // Only now: a misspelt column to hand on leaves the right one behind as one that is not a signal.
        checkHeader(file, schema, notSignals);
        List<String> skipped =
                file.header().stream().filter(notSignals::contains).toList();
        return new CsvSignals(schema, file, file.rows(progress), skipped, kept);
    }

    /**
     * The columns of the file that are passed over.
     *
     * @return the names, in the order of the file
     */
    public List<String> skipped() {
        return skipped;
    }

    @Override
    public boolean hasNext() {
        return rows.hasNext();
    }

    @Override
    public Row next() {
        return read(next++, rows.next());
    }

    /**
     * The next rows, not yet read as signals: that is left to whoever iterates over them, on whatever thread.
     *
     * @param most how many rows to take at most
     * @return the rows in order; none at the end of the file
     */
    public Iterable<Row> next(int most) {
        long first = next;
        List<CsvFile.Row> taken = new ArrayList<>();
        while (taken.size() < most && rows.hasNext()) {
            taken.add(rows.next());
        }
        next += taken.size();
        return () -> IntStream.range(0, taken.size())
                .mapToObj(i -> read(first + i, taken.get(i)))
                .iterator();
    }

    private Row read(long number, CsvFile.Row row) {
        Map<String, String> texts = new LinkedHashMap<>();
        kept.forEach((column, at) ->
                texts.put(column, at < row.cells().size() ? row.cells().get(at) : ""));
        return new Row(number, row.line(), cells.read(row), texts);
    }

    @Override
    public void close() throws IOException {
        rows.close();
    }

    static void checkHeader(CsvFile file, SignalSchema schema, Collection<String> notSignals) {
        List<String> problems = new ArrayList<>();
        Set<String> unknown = new TreeSet<>(file.header());
        unknown.removeAll(notSignals);
        for (Signal signal : schema.declared()) {
            unknown.remove(signal.name());
            if (notSignals.contains(signal.name())) {
                problems.add("column " + ArtifactText.quoted(signal.name()) + " is a signal of schema " + schema
                        + " and cannot be left out");
            } else if (!file.header().contains(signal.name())) {
                problems.add("there is no column " + ArtifactText.quoted(signal.name()) + ", which schema " + schema
                        + " declares; where its values are not known, leave the cells empty"
                        + (file.header().size() == 1 ? "; " + file.columns() : ""));
            }
        }
        for (String column : unknown) {
            problems.add("column " + ArtifactText.quoted(column) + " is not a signal of schema " + schema
                    + "; exclude or ignore it, or correct its name");
        }
        if (!problems.isEmpty()) {
            throw InvalidDataException.ofMany(file.name(), problems);
        }
    }

    /**
     * One row of the file.
     *
     * @param row its number, from 0
     * @param line the line of the file in which it starts, from 1
     * @param reading its signals, or why they were refused
     * @param kept the texts of the columns that are handed on, by their names; empty where the cell is
     */
    public record Row(long row, long line, SignalReading reading, Map<String, String> kept) {

        /** Copies the texts. {@inheritDoc} */
        public Row {
            kept = Map.copyOf(kept);
        }
    }
}
