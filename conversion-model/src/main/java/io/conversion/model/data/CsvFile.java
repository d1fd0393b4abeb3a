package io.conversion.model.data;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import io.conversion.core.json.ArtifactText;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.function.LongConsumer;
import java.util.function.Supplier;

/**
 * A CSV file in UTF-8 with a header: comma or semicolon unless its dialect says otherwise, quotes, any line ends, with or
 * without a byte order mark and a final line feed. Cells are stripped of white space at both ends; empty lines are passed
 * over.
 */
final class CsvFile {

    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private final Path path;
    private final CsvDialect dialect;
    private final char separator;
    private final List<String> header;

    private CsvFile(Path path, CsvDialect dialect, char separator, List<String> header) {
        this.path = path;
        this.dialect = dialect;
        this.separator = separator;
        this.header = header;
    }

    /** Reads the header. */
    static CsvFile open(Path path, CsvDialect dialect) throws IOException {
        CsvFile file = opened(path, dialect);
        file.checkHeader(0);
        return file;
    }

    /** Reads the header of a file of which some columns are read: the first one may be row numbers without a name. */
    static CsvFile openSome(Path path, CsvDialect dialect) throws IOException {
        CsvFile file = opened(path, dialect);
        file.checkHeader(file.header.size() > 1 && file.header.get(0).isEmpty() ? 1 : 0);
        return file;
    }

    private static CsvFile opened(Path path, CsvDialect dialect) throws IOException {
        if (!Files.exists(path)) {
            throw new NoSuchFileException(path.toString(), null, "there is no such file");
        }
        if (Files.isDirectory(path)) {
            throw new IOException(path + " is a directory; a CSV file was expected");
        } else if (!Files.isRegularFile(path)) {
            throw new IOException(
                    path + " is not a regular file; it is read more than once, so save it as a file first");
        }
        CsvOpening.refuseWhatIsNoCsv(path);
        char separator = CsvOpening.separator(path, dialect.separator());
        return new CsvFile(path, dialect, separator, CsvOpening.header(path, separator));
    }

    /** The name of the file without its folder, as messages use it. */
    String name() {
        return String.valueOf(path.getFileName());
    }

    CsvDialect dialect() {
        return dialect;
    }

    List<String> header() {
        return header;
    }

    /** Opens the rows below the header; {@code progress} is told how many bytes have been read. */
    Rows rows(LongConsumer progress) throws IOException {
        Rows rows = new Rows(path, separator, progress);
        rows.next();
        return rows;
    }

    /** What is wrong with the number of cells of a row; empty if it is that of the header. */
    String raggedness(Row row) {
        int cells = row.cells().size();
        return cells == header.size()
                ? ""
                : "line " + row.line() + " has " + cells + " cells where the header has " + header.size();
    }

    /** The names of the columns as messages show them, and how to separate them if they look as if they were not. */
    String columns() {
        return "the columns are " + CellText.list(header)
                + CsvOpening.otherSeparator(header)
                        .map(other ->
                                "; the header looks separated by another character: read the file with --separator "
                                        + other)
                        .orElse("");
    }

    private void checkHeader(int first) {
        Set<String> names = new HashSet<>();
        for (int i = first; i < header.size(); i++) {
            if (header.get(i).isEmpty()) {
                throw new InvalidDataException(name() + ": column " + (i + 1) + " has no name in the header"
                        + (i > 0 && i == header.size() - 1 ? ", which ends with a separator; remove it" : ""));
            } else if (!names.add(header.get(i))) {
                throw new InvalidDataException(
                        name() + ": two columns are named " + ArtifactText.quoted(header.get(i)));
            }
        }
    }

    /** One row: the line in which it starts, from 1, and its cells. */
    record Row(long line, List<String> cells) {}

    /** The rows of a file, one at a time. */
    static final class Rows implements Iterator<Row>, AutoCloseable {

        private final Path path;
        private final CsvReader<CsvRecord> reader;
        private final Iterator<CsvRecord> records;
        private int columns;
        private final Deque<Row> ready = new ArrayDeque<>();

        // Empty lines of which it is not known yet whether a row follows.
        private final Deque<Row> empty = new ArrayDeque<>();

        Rows(Path path, char separator, LongConsumer progress) throws IOException {
            this.path = path;
            this.reader = CsvReader.builder()
                    .fieldSeparator(separator)
                    .skipEmptyLines(false)
                    .allowUnclosedQuote(false)
                    .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                    .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                    .ofCsvRecord(text(path, progress));
            this.records = reader.iterator();
        }

        private static Reader text(Path path, LongConsumer progress) throws IOException {
            // This decoder refuses text in another encoding; the default one would put question marks.
            Reader text = new BufferedReader(new InputStreamReader(
                    new CountingInputStream(Files.newInputStream(path), progress),
                    StandardCharsets.UTF_8.newDecoder()));
            text.mark(1);
            try {
                if (text.read() != BYTE_ORDER_MARK) {
                    text.reset();
                }
                return text;
            } catch (CharacterCodingException e) {
                text.close();
                throw notUtf8(path);
            }
        }

        private static InvalidDataException notUtf8(Path path) {
            return new InvalidDataException(path.getFileName() + " is not text in UTF-8; save it in that encoding");
        }

        @Override
        public boolean hasNext() {
            advance();
            return !ready.isEmpty();
        }

        @Override
        public Row next() {
            advance();
            Row row = ready.poll();
            if (row == null) {
                throw new NoSuchElementException(path.getFileName() + " has no more rows");
            }
            return row;
        }

        /**
         * An empty line is passed over. If the file has a single column, it is a row whose cell is empty, unless nothing
         * but empty lines follows.
         */
        private void advance() {
            while (ready.isEmpty() && readable(records::hasNext)) {
                Row row = row(readable(records::next));
                columns = columns == 0 ? row.cells().size() : columns;
                if (row.cells().size() != 1 || !row.cells().get(0).isEmpty()) {
                    ready.addAll(empty);
                    empty.clear();
                    ready.add(row);
                } else if (columns == 1) {
                    empty.add(row);
                }
            }
        }

        private static Row row(CsvRecord csv) {
            String[] cells = new String[csv.getFieldCount()];
            for (int i = 0; i < cells.length; i++) {
                cells[i] = csv.getField(i).strip();
            }
            return new Row(csv.getStartingLineNumber(), List.of(cells));
        }

        private <T> T readable(Supplier<T> read) {
            try {
                return read.get();
            } catch (CsvParseException e) {
                throw new InvalidDataException(
                        path.getFileName() + " is not CSV: " + ArtifactText.shown(String.valueOf(e.getMessage())));
            } catch (UncheckedIOException e) {
                if (e.getCause() instanceof CharacterCodingException) {
                    throw notUtf8(path);
                }
                throw e;
            }
        }

        @Override
        public void close() throws IOException {
            reader.close();
        }
    }
}
