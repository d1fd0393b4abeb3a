package io.conversion.model;

import io.conversion.core.Signal;
import io.conversion.core.SignalReading;
import io.conversion.core.SignalSchema;
import io.conversion.core.SignalsBuilder;
import io.conversion.core.Violation;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.LongConsumer;

/**
 * The signals of a CSV file, row by row and in constant memory. A row that the schema refuses does not stop the others.
 *
 * <p>The file is UTF-8 with a header that names each signal of the schema; an empty cell is missing; a flag is
 * {@code true/false}, {@code yes/no} or {@code 1/0} in any letter case. For one thread.
 */
public final class CsvSignals implements Iterator<CsvSignals.Row>, AutoCloseable {

    private final SignalSchema schema;
    private final CsvFile file;
    private final CsvFile.Rows rows;
    private final int[] columnOfSignal;
    private final List<String> skipped;
    private long next;

    private CsvSignals(SignalSchema schema, CsvFile file, CsvFile.Rows rows, List<String> skipped) {
        this.schema = schema;
        this.file = file;
        this.rows = rows;
        this.skipped = skipped;
        this.columnOfSignal = columnsOf(schema, file);
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
        CsvFile file = CsvFile.open(path);
        checkHeader(file, schema, skip);
        List<String> skipped = file.header().stream().filter(skip::contains).toList();
        return new CsvSignals(schema, file, file.rows(progress), skipped);
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
        CsvFile.Row row = rows.next();
        return new Row(next++, row.line(), read(row));
    }

    @Override
    public void close() throws IOException {
        rows.close();
    }

    private SignalReading read(CsvFile.Row row) {
        String ragged = file.raggedness(row);
        if (!ragged.isEmpty()) {
            return new SignalReading.Refused(List.of(new Violation("", Violation.Kind.UNREADABLE, ragged)));
        }
        SignalsBuilder signals = schema.signals();
        for (int i = 0; i < columnOfSignal.length; i++) {
            CsvCell.set(signals, schema.declared().get(i), row.cells().get(columnOfSignal[i]));
        }
        return signals.read();
    }

    static void checkHeader(CsvFile file, SignalSchema schema, Collection<String> notSignals) {
        List<String> problems = new ArrayList<>();
        Set<String> unknown = new TreeSet<>(file.header());
        unknown.removeAll(notSignals);
        for (Signal signal : schema.declared()) {
            unknown.remove(signal.name());
            if (notSignals.contains(signal.name())) {
                problems.add(
                        "column \"" + signal.name() + "\" is a signal of schema " + schema + " and cannot be left out");
            } else if (!file.header().contains(signal.name())) {
                problems.add("there is no column \"" + signal.name() + "\", which schema " + schema
                        + " declares; where its values are not known, leave the cells empty");
            }
        }
        for (String column : unknown) {
            problems.add("column \"" + column + "\" is not a signal of schema " + schema
                    + "; exclude or ignore it, or correct its name");
        }
        if (!problems.isEmpty()) {
            throw InvalidDataException.ofMany(file.name(), problems);
        }
    }

    /** Where in the file the signals of a schema stand. */
    static int[] columnsOf(SignalSchema schema, CsvFile file) {
        int[] columns = new int[schema.declared().size()];
        Arrays.setAll(
                columns, i -> file.header().indexOf(schema.declared().get(i).name()));
        return columns;
    }

    /**
     * One row of the file.
     *
     * @param row its number, from 0
     * @param line the line of the file in which it starts, from 1
     * @param reading its signals, or why they were refused
     */
    public record Row(long row, long line, SignalReading reading) {}
}
