package io.conversion.model;

import static io.conversion.model.CsvText.assertRefused;
import static io.conversion.model.data.CsvDataSet.label;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.conversion.core.signals.Signal;
import io.conversion.core.signals.SignalSchema;
import io.conversion.model.data.CsvColumns;
import io.conversion.model.data.CsvDataSet;
import io.conversion.model.data.CsvDialect;
import io.conversion.model.data.CsvDialect.Separator;
import io.conversion.model.data.CsvSignals;
import io.conversion.model.data.DataSet;
import io.conversion.model.data.InvalidDataException;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is wrong with a CSV file is told, and not what follows from it, by all readers of CSV. */
class CsvMessagesTest {

    private static final SignalSchema SCHEMA = SignalSchema.of("s", "1", Signal.numeric("x"));

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource(useHeadersInDisplayName = true, delimiter = '|', quoteCharacter = '`', textBlock = """
                    content                  | message
                    sep=;/x;y/1;1/2;0/       | users.csv starts with the line "sep=;", which spreadsheets read and which is no header; delete it, and state the separator with --separator if it is not found
                    SEP=,/x,y/1,1/2,0/       | users.csv starts with the line "SEP=,", which spreadsheets read and which is no header; delete it, and state the separator with --separator if it is not found
                    "sep=;"/x;y/1;1/2;0/     | users.csv starts with the line "\"sep=;\"", which spreadsheets read and which is no header; delete it, and state the separator with --separator if it is not found
                    /x,y/1,1/2,0/            | users.csv starts with an empty line; the first line is to name the columns, so delete it
                    `  //x,y/1,1/2,0/`       | users.csv starts with an empty line; the first line is to name the columns, so delete it
                    ,,/x,y,z/1,1,1/2,0,1/    | users.csv starts with a line of separators; the first line is to name the columns, so delete it
                    x,y,/1,1,/2,0,/          | users.csv: column 3 has no name in the header, which ends with a separator; remove it
                    """)
    void aFirstLineThatIsNoHeaderIsNamed(String content, String message) throws IOException {
        String text = content.replace('/', '\n');
        String expected = message.replace("\\\"", "\"").replace("\"\"sep=;\"\"", "\"\"sep=;\"\"");

        assertRefused(folder, text, label("y"), expected);
        assertEveryReaderRefuses(CsvText.write(folder, text), expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16", "UTF-16LE", "UTF-16BE", "UTF-32", "UTF-32LE", "UTF-32BE"})
    void anotherUnicodeIsNamedWithAndWithoutItsMark(String charset) throws IOException {
        Path file =
                CsvText.write(folder, "sessions;hours;y\n" + "1;2.5;1\n2;3.5;0\n".repeat(30), Charset.forName(charset));

        assertEveryReaderRefuses(file, "users.csv is text in " + charset.substring(0, 6) + "; save it as UTF-8");
    }

    @Test
    void aFileThatIsNoTextIsNamed() throws IOException {
        Path file = folder.resolve("users.csv");
        Files.write(file, new byte[] {'P', 'K', 3, 4, 20, 0});
        assertEveryReaderRefuses(file, "users.csv is a spreadsheet or an archive; export the sheet as CSV in UTF-8");
        Files.write(file, new byte[] {'x', ',', 'y', '\n', 0, ',', '1', '\n', '2', ',', '3'});
        assertEveryReaderRefuses(file, "users.csv is no text: it holds NUL characters; save it as CSV in UTF-8");
    }

    private static void assertEveryReaderRefuses(Path file, String message) {
        assertThatExceptionOfType(InvalidDataException.class)
                .isThrownBy(() -> CsvDataSet.read(file, label("y")))
                .withMessage(message);
        assertThatExceptionOfType(InvalidDataException.class)
                .isThrownBy(() -> CsvDataSet.inferSchema(file, label("y")))
                .withMessage(message);
        assertThatExceptionOfType(InvalidDataException.class)
                .isThrownBy(() -> CsvSignals.open(file, SCHEMA, List.of(), bytes -> {}))
                .withMessage(message);
        assertThatExceptionOfType(InvalidDataException.class)
                .isThrownBy(() -> CsvColumns.header(file))
                .withMessage(message);
    }

    @Test
    void raggedRowsAreToldBeforeALabelThatTheyLeaveWithoutValues() throws IOException {
        assertRefused(
                folder,
                "x,z,y\n1,2,1,\n2,3,0,\n",
                label("y"),
                "users.csv: each of its 2 rows has 4 cells where the header has 3; a separator ends each row and not the"
                        + " header, so remove it there or add one here");
        assertRefused(
                folder,
                "x,z,y\n1,2\n2,3\n",
                label("y").schema(SignalSchema.of("s", "1", Signal.numeric("x"), Signal.numeric("z"))),
                "users.csv: each of its 2 rows has 2 cells where the header has 3; correct the header, or look for cells"
                        + " that hold the separator and are not quoted");
        assertRefused(folder, "x,plan,y\n1,a, b,1\n2,c,0\n3,c,0\n", label("y"), """
                users.csv has 1 bad cells in 1 rows, and 0 are tolerated:
                  line 2 has 4 cells where the header has 3""");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    hours (avg, weekly);plan (monthly, yearly);y/2.5;3;1/1.5;4;0/ | hours (avg, weekly)
                    a, b, c, d;y/1;1/2;0/                                        | a, b, c, d
                    a; b; c,y/1,1/2,0/                                           | a; b; c
                    """)
    void theSeparatorIsTheOneThatSplitsTheRowsToo(String content, String first) throws IOException {
        DataSet data = CsvText.read(folder, content.replace('/', '\n'), label("y"));

        assertThat(data.schema().declared().get(0).name()).isEqualTo(first);
    }

    @ParameterizedTest
    @CsvSource({"TAB,'\t'", "PIPE,|", "SEMICOLON,;", "COMMA,','"})
    void theSeparatorCanBeStated(Separator separator, String character) throws IOException {
        String text = "x~y\n1~1\n2~0\n".replace("~", character);

        DataSet data =
                CsvText.read(folder, text, label("y").dialect(CsvDialect.plain().separator(separator)));

        assertThat(data.rows()).isEqualTo(2);
    }

    @Test
    void aSeparatorThatIsNotFoundIsHintedAt() throws IOException {
        assertRefused(
                folder,
                "x|y\n1|1\n2|0\n",
                label("y"),
                "users.csv: there is no label column \"y\"; the columns are [x|y]; the header looks separated by another"
                        + " character: read the file with --separator pipe");
    }

    @Test
    void textsAreCutAndShownWithEscapes() throws IOException {
        assertRefused(
                folder,
                "plan,y\n" + "p".repeat(100_000) + ",1\nb,0\n",
                label("y"),
                "users.csv: column \"plan\" holds \"" + "p".repeat(77)
                        + "...\" in line 2, of 100000 characters, which cannot be a level: expected a text that is not"
                        + " blank, of at most 500 characters and without control characters; correct it, or exclude the"
                        + " column");
        assertRefused(
                folder,
                "x,y\n1,yes\n2,yes\u00a0\n3,no\n",
                label("y"),
                "users.csv: label column \"y\" has more than two values, among them [no, yes, yes\\u00a0]; an outcome has"
                        + " two");
        assertRefused(
                folder,
                "x\u001b[31m,z\n1,1\n",
                label("y"),
                "users.csv: there is no label column \"y\"; the columns are [x\\u001b[31m, z]");
        assertRefused(
                folder,
                "n,plan,y\n1,caf\u00e9,1\n2,cafe\u0301,0\n",
                label("y")
                        .schema(SignalSchema.of(
                                "s", "1", Signal.numeric("n"), Signal.categorical("plan", "caf\u00e9"))),
                "users.csv has 1 bad cells in 1 rows, and 0 are tolerated:\n  line 3, column \"plan\": signal \"plan\":"
                        + " level \"cafe\\u0301\" is not one of [caf\u00e9]; did you mean \"caf\u00e9\"?");
    }

    @Test
    void manyColumnsAreNotAllListed() throws IOException {
        StringBuilder header = new StringBuilder("c0");
        for (int i = 1; i < 3000; i++) {
            header.append(",c").append(i);
        }
        Path file = CsvText.write(folder, header + "\n");

        assertThatExceptionOfType(InvalidDataException.class)
                .isThrownBy(() -> CsvDataSet.read(file, label("y")))
                .withMessageStartingWith("users.csv: there is no label column \"y\"; the columns are [c0, c1, ")
                .withMessageEndingWith(", c29 and 2970 more]");
    }

    @ParameterizedTest
    @CsvSource({"1e300,1.0E300", "-1e200,-1.0E200"})
    void theRowOfAnOutlierIsNamed(String cell, String shown) throws IOException {
        StringBuilder text = new StringBuilder("x,z,y\n");
        for (int i = 0; i < 40; i++) {
            text.append(i == 23 ? cell : String.valueOf(i % 7))
                    .append(',')
                    .append(i % 3)
                    .append(',')
                    .append(i % 2)
                    .append('\n');
        }
        DataSet data = CsvText.read(folder, text.toString(), label("y"));

        assertThatExceptionOfType(InvalidDataException.class)
                .isThrownBy(() -> LogisticTrainer.linear().train(data.training()))
                .withMessage("signal \"x\" has values too large to standardise, the largest " + shown
                        + " in line 25; correct it, or give the signal in another unit");
    }

    @Test
    void anEmptyLineAtTheEndIsNoUserAlsoInAFileOfOneColumn() throws IOException {
        assertThat(rows("x\n1\n2\n\n")).isEqualTo(2);
        assertThat(rows("x\r\n1\r\n2\r\n\r\n\r\n")).isEqualTo(2);
        assertThat(rows("x\n1\n\n2\n")).isEqualTo(3);
        assertThat(rows("x\n\n\n")).isZero();
    }

    private int rows(String text) throws IOException {
        int rows = 0;
        try (CsvSignals users = CsvSignals.open(CsvText.write(folder, text), SCHEMA, List.of(), bytes -> {})) {
            while (users.hasNext()) {
                users.next();
                rows++;
            }
        }
        return rows;
    }
}
