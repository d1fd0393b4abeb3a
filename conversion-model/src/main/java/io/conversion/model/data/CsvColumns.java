package io.conversion.model.data;

import io.conversion.core.json.ArtifactText;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.LongConsumer;

/**
 * Some columns of a CSV file as text, row by row and in constant memory: for tables that are no labelled users, such as
 * signups or events.
 *
 * <p>The file is UTF-8 with a header, comma or semicolon, quotes where needed, any line ends, with or without a byte
 * order mark and a final line feed. Cells are stripped; an empty one is missing. For one thread.
 */
public final class CsvColumns implements Iterator<CsvColumns.Row>, AutoCloseable {

    private final CsvFile file;
    private final CsvFile.Rows rows;
    private final int[] columns;

    private CsvColumns(CsvFile file, CsvFile.Rows rows, int[] columns) {
        this.file = file;
        this.rows = rows;
        this.columns = columns;
    }

    /**
     * The names of the columns of a file.
     *
     * @param path the file
     * @return the cells of the header
     * @throws IOException if the file cannot be read
     * @throws InvalidDataException if it has no proper header
     */
    public static List<String> header(Path path) throws IOException {
        return header(path, CsvDialect.plain());
    }

    /**
     * The names of the columns of a file.
     *
     * @param path the file
     * @param dialect how it is spelt
     * @return the cells of the header
     * @throws IOException if the file cannot be read
     * @throws InvalidDataException if it has no proper header
     */
    public static List<String> header(Path path, CsvDialect dialect) throws IOException {
        return CsvFile.openSome(path, dialect).header();
    }

    /**
     * Opens a file.
     *
     * @param path the file
     * @param columns the names of the columns to read
     * @param progress told how many bytes of the file have been read
     * @return its rows, to be closed
     * @throws IOException if the file cannot be read
     * @throws InvalidDataException if it has no proper header, or lacks one of the columns
     */
    public static CsvColumns open(Path path, List<String> columns, LongConsumer progress) throws IOException {
        return open(path, CsvDialect.plain(), columns, progress);
    }

    /**
     * Opens a file.
     *
     * @param path the file
     * @param dialect how it is spelt
     * @param columns the names of the columns to read
     * @param progress told how many bytes of the file have been read
     * @return its rows, to be closed
     * @throws IOException if the file cannot be read
     * @throws InvalidDataException if it has no proper header, or lacks one of the columns
     */
    public static CsvColumns open(Path path, CsvDialect dialect, List<String> columns, LongConsumer progress)
            throws IOException {
        CsvFile file = CsvFile.openSome(path, dialect);
        List<String> problems = columns.stream()
                .filter(column -> !file.header().contains(column))
                .map(column -> "there is no column " + ArtifactText.quoted(column) + "; " + file.columns())
                .toList();
        if (!problems.isEmpty()) {
            throw InvalidDataException.ofMany(file.name(), problems);
        }
        int[] positions = columns.stream().mapToInt(file.header()::indexOf).toArray();
        return new CsvColumns(file, file.rows(progress), positions);
    }

    /**
     * The number that the text of a cell is, in the plain dialect.
     *
     * @param cell the text
     * @return a finite number, or nothing if the text is none
     */
    public static OptionalDouble number(String cell) {
        return CsvCell.number(cell);
    }

    /**
     * The day that the text of a cell is.
     *
     * @param cell the text
     * @return a day that exists, written as an ISO date such as 2024-02-29 with or without a time behind it, set apart by
     *     a T or a blank; nothing if the text is none
     */
    public static Optional<LocalDate> day(String cell) {
        return DateSpelling.day(cell);
    }

    /**
     * Why the text of a cell is no number.
     *
     * @param cell the text, which is none in the dialect
     * @param dialect how the file is spelt
     * @return how the number is spelt that it is in another dialect and what to do, as the end of a message; empty if it
     *     is no number in any
     */
    public static String spellingOf(String cell, CsvDialect dialect) {
        return SpeltNumbers.hint(cell, dialect);
    }

    @Override
    public boolean hasNext() {
        return rows.hasNext();
    }

    @Override
    public Row next() {
        CsvFile.Row row = rows.next();
        String problem = file.raggedness(row);
        List<String> cells = new ArrayList<>(columns.length);
        for (int column : columns) {
            cells.add(problem.isEmpty() ? row.cells().get(column) : "");
        }
        return new Row(row.line(), cells, problem);
    }

    @Override
    public void close() throws IOException {
        rows.close();
    }

    /**
     * One row of the file.
     *
     * @param line the line of the file in which it starts, from 1
     * @param cells the texts of the columns that were asked for, in that order; all empty if there is a problem
     * @param problem what is wrong with the row, empty if nothing is
     */
    public record Row(long line, List<String> cells, String problem) {

        /** Copies the cells. {@inheritDoc} */
        public Row {
            cells = List.copyOf(cells);
        }
    }
}
