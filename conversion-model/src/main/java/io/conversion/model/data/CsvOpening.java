package io.conversion.model.data;

import io.conversion.core.json.ArtifactText;
import io.conversion.model.data.CsvDialect.Separator;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** What the first bytes and lines of a file say: whether it is CSV at all, and what separates its cells. */
final class CsvOpening {

    private static final int SNIFFED = 4096;

    /** Rows that a separator has to fit. */
    private static final int ROWS = 20;

    private static final char BYTE_ORDER_MARK = '\uFEFF';
    private static final Pattern SEPARATOR_LINE = Pattern.compile("\"?sep=.?\"?[,;\t|]*", Pattern.CASE_INSENSITIVE);
    private static final Pattern NO_NAMES = Pattern.compile("[\\s,;|\"]*");

    private CsvOpening() {}

    /** Refuses other kinds and encodings of files, and a first line that is no header. */
    static void refuseWhatIsNoCsv(Path path) throws IOException {
        byte[] bytes;
        try (InputStream in = Files.newInputStream(path)) {
            bytes = in.readNBytes(SNIFFED);
        }
        String kind = otherKind(bytes);
        if (!kind.isEmpty()) {
            throw new InvalidDataException(path.getFileName() + " is " + kind);
        } else if (bytes.length == 0) {
            throw new InvalidDataException(path.getFileName() + " is empty; a header line was expected");
        }
        String text = new String(bytes, StandardCharsets.UTF_8);
        String line = text.substring(!text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK ? 1 : 0)
                .split("\\R", 2)[0];
        if (SEPARATOR_LINE.matcher(line.strip()).matches()) {
            throw new InvalidDataException(
                    path.getFileName() + " starts with the line " + ArtifactText.quoted(line.strip())
                            + ", which spreadsheets read and which is no header; delete it, and state the separator with"
                            + " --separator if it is not found");
        } else if (NO_NAMES.matcher(line).matches()) {
            throw new InvalidDataException(path.getFileName() + " starts with "
                    + (line.isBlank() ? "an empty line" : "a line of separators")
                    + "; the first line is to name the columns, so delete it");
        }
    }

    private static String otherKind(byte[] bytes) {
        if (startsWith(bytes, 0xFF, 0xFE, 0, 0) || startsWith(bytes, 0, 0, 0xFE, 0xFF)) {
            return "text in UTF-32; save it as UTF-8";
        } else if (startsWith(bytes, 0xFF, 0xFE) || startsWith(bytes, 0xFE, 0xFF)) {
            return "text in UTF-16; save it as UTF-8";
        } else if (startsWith(bytes, 'P', 'K', 3, 4) || startsWith(bytes, 0xD0, 0xCF, 0x11, 0xE0)) {
            return "a spreadsheet or an archive; export the sheet as CSV in UTF-8";
        } else if (startsWith(bytes, 0x1F, 0x8B)) {
            return "compressed; unpack it first";
        } else if (startsWith(bytes, 'P', 'A', 'R', '1')) {
            return "a Parquet file; export it as CSV in UTF-8";
        }
        int[] zeros = new int[4];
        for (int i = 0; i < bytes.length; i++) {
            zeros[i % 4] += bytes[i] == 0 ? 1 : 0;
        }
        int all = Arrays.stream(zeros).sum();
        if (all == 0) {
            return "";
        }
        // Text of the Latin script has a zero as one byte of every two or as three of every four.
        int even = zeros[0] + zeros[2];
        int odd = zeros[1] + zeros[3];
        boolean four = all * 8 > bytes.length * 5;
        boolean two = Math.max(even, odd) * 4 > bytes.length && Math.min(even, odd) * 20 < bytes.length;
        return four
                ? "text in UTF-32; save it as UTF-8"
                : two
                        ? "text in UTF-16; save it as UTF-8"
                        : "no text: it holds NUL characters; save it as CSV in UTF-8";
    }

    private static boolean startsWith(byte[] bytes, int... start) {
        for (int i = 0; i < start.length; i++) {
            if (i >= bytes.length || (bytes[i] & 0xFF) != start[i]) {
                return false;
            }
        }
        return true;
    }

    /**
     * What separates the cells: the given one, or of comma and semicolon the one that splits the first rows like the
     * header, and of equals the header into more cells.
     */
    static char separator(Path path, Separator given) throws IOException {
        if (given != Separator.DETECTED) {
            return given.character();
        }
        Split comma = Split.of(path, Separator.COMMA.character());
        Split semicolon = Split.of(path, Separator.SEMICOLON.character());
        boolean bySemicolon = semicolon.columns > 1
                && (comma.columns <= 1
                        || semicolon.fitting > comma.fitting
                        || (semicolon.fitting == comma.fitting && semicolon.columns > comma.columns));
        return (bySemicolon ? Separator.SEMICOLON : Separator.COMMA).character();
    }

    static List<String> header(Path path, char separator) throws IOException {
        try (CsvFile.Rows rows = new CsvFile.Rows(path, separator, bytes -> {})) {
            if (!rows.hasNext()) {
                throw new InvalidDataException(path.getFileName() + " is empty; a header line was expected");
            }
            return rows.next().cells();
        }
    }

    /** The separator, by its name, that splits a header which is a single column. */
    static Optional<String> otherSeparator(List<String> header) {
        return header.size() > 1
                ? Optional.empty()
                : Arrays.stream(Separator.values())
                        .filter(separator ->
                                separator != Separator.DETECTED && header.get(0).indexOf(separator.character()) >= 0)
                        .max((a, b) -> Integer.compare(count(header.get(0), a), count(header.get(0), b)))
                        .map(separator -> separator.name().toLowerCase(Locale.ROOT));
    }

    private static int count(String text, Separator separator) {
        return (int) text.chars().filter(c -> c == separator.character()).count();
    }

    /** How a separator splits a file: the cells of its header, and how many of the first rows have as many. */
    private static final class Split {

        private int columns;
        private int fitting;

        private static Split of(Path path, char separator) throws IOException {
            Split split = new Split();
            try (CsvFile.Rows rows = new CsvFile.Rows(path, separator, bytes -> {})) {
                split.columns = rows.hasNext() ? rows.next().cells().size() : 0;
                for (int row = 0; row < ROWS && rows.hasNext(); row++) {
                    split.fitting += rows.next().cells().size() == split.columns ? 1 : 0;
                }
            } catch (InvalidDataException e) {
                // What comes is no CSV by this separator; reading it says so.
                return split;
            }
            return split;
        }
    }
}
