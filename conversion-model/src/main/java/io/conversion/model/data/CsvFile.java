package io.conversion.model.data;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
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
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A CSV file in UTF-8 with a header: comma or semicolon, quotes, any line ends, with or without a byte order mark and a
 * final line feed. Cells are stripped of white space at both ends; empty lines are passed over.
 */
final class CsvFile {

    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private final Path path;
    private final char separator;
    private final List<String> header;

    private CsvFile(Path path, char separator, List<String> header) {
        this.path = path;
        this.separator = separator;
        this.header = header;
    }

    /** Reads the header. The separator is the one that splits it into more cells. */
    static CsvFile open(Path path) throws IOException {
        if (!Files.exists(path)) {
            throw new NoSuchFileException(path.toString(), null, "there is no such file");
        }
        if (Files.isDirectory(path)) {
            throw new IOException(path + " is a directory; a CSV file was expected");
        } else if (!Files.isRegularFile(path)) {
            throw new IOException(
                    path + " is not a regular file; it is read more than once, so save it as a file first");
        }
        List<String> byComma = headerOrNone(path, ',');
        List<String> bySemicolon = headerOrNone(path, ';');
        boolean semicolon = bySemicolon.size() > byComma.size();
        if (byComma.isEmpty() && bySemicolon.isEmpty()) {
            // Says why.
            header(path, ',');
        }
        CsvFile file = new CsvFile(path, semicolon ? ';' : ',', semicolon ? bySemicolon : byComma);
        file.checkHeader();
        return file;
    }

    /** The name of the file without its folder, as messages use it. */
    String name() {
        return String.valueOf(path.getFileName());
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

    /** The cells of the header; none if it is not CSV by this separator. */
    private static List<String> headerOrNone(Path path, char separator) throws IOException {
        try {
            return header(path, separator);
        } catch (InvalidDataException e) {
            return List.of();
        }
    }

    private static List<String> header(Path path, char separator) throws IOException {
        try (Rows rows = new Rows(path, separator, bytes -> {})) {
            if (!rows.hasNext()) {
                throw new InvalidDataException(path.getFileName() + " is empty; a header line was expected");
            }
            return rows.next().cells();
        }
    }

    private void checkHeader() {
        Set<String> names = new HashSet<>();
        for (int i = 0; i < header.size(); i++) {
            if (header.get(i).isEmpty()) {
                throw new InvalidDataException(name() + ": column " + (i + 1) + " has no name in the header");
            } else if (!names.add(header.get(i))) {
                throw new InvalidDataException(name() + ": two columns are named \"" + header.get(i) + "\"");
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
        private @Nullable Row next;

        private Rows(Path path, char separator, LongConsumer progress) throws IOException {
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
            return new InvalidDataException(path.getFileName() + " is not text in UTF-8");
        }

        @Override
        public boolean hasNext() {
            advance();
            return next != null;
        }

        @Override
        public Row next() {
            advance();
            Row row = next;
            if (row == null) {
                throw new NoSuchElementException(path.getFileName() + " has no more rows");
            }
            next = null;
            return row;
        }

        /** An empty line is passed over, unless the file has a single column: there it is a row whose cell is empty. */
        private void advance() {
            while (next == null && readable(records::hasNext)) {
                Row row = row(readable(records::next));
                columns = columns == 0 ? row.cells().size() : columns;
                boolean emptyLine =
                        row.cells().size() == 1 && row.cells().get(0).isEmpty();
                next = emptyLine && columns > 1 ? null : row;
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
                throw new InvalidDataException(path.getFileName() + " is not CSV: " + e.getMessage());
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
