package io.conversion.model;

import static io.conversion.model.CsvText.assertRefused;
import static io.conversion.model.data.CsvDataSet.label;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.conversion.core.signals.Signal;
import io.conversion.core.signals.SignalSchema;
import io.conversion.core.signals.WhenMissing;
import io.conversion.model.data.CsvDataSet;
import io.conversion.model.data.CsvDataSet.Options;
import io.conversion.model.data.DataSet;
import io.conversion.model.data.InvalidDataException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CsvBadInputTest {

    private static final SignalSchema SCHEMA = SignalSchema.of(
            "trial",
            "3",
            Signal.numeric("hours").range(0, 168).unit("hours"),
            Signal.numeric("sessions").wholeNumbers().whenMissing(WhenMissing.IMPUTE),
            Signal.categorical("plan", "basic", "pro"),
            Signal.flag("weekend"));
    private static final String HEADER = "hours,sessions,plan,weekend,converted\n";
    private static final String GOOD = "1,2,basic,true,1\n2,,pro,no,0\n";
    private static final Options GIVEN = label("converted").schema(SCHEMA);

    @TempDir
    Path folder;

    @Test
    void everyBadCellIsNamedByLineAndColumn() throws IOException {
        assertRefused(folder, HEADER + GOOD + """
                        abc,2.5,Basic,maybe,1
                        200,x,,,0
                        3,4,pro,true,
                        """, GIVEN, """
                users.csv has 9 bad cells in 3 rows, and 0 are tolerated:
                  line 4, column "hours": signal "hours": the text "abc" is not a number
                  line 4, column "sessions": signal "sessions": 2.5 is not a whole number
                  line 4, column "plan": signal "plan": level "Basic" is not one of [basic, pro]; did you mean "basic"?
                  line 4, column "weekend": signal "weekend": the text "maybe" is not true or false
                  line 5, column "hours": signal "hours": 200 is out of range, allowed is 0 to 168 hours
                  line 5, column "sessions": signal "sessions": the text "x" is not a number
                  line 5, column "plan": signal "plan" is required by schema "trial" 3 but was not given
                  line 5, column "weekend": signal "weekend" is required by schema "trial" 3 but was not given
                  line 6, column "converted": the label is missing""");
    }

    @Test
    void tenBadCellsAreNamedAndAllAreCounted() throws IOException {
        Path file = CsvText.write(folder, HEADER + GOOD + "x,y,basic,true,1\n".repeat(7));

        assertThatExceptionOfType(InvalidDataException.class)
                .isThrownBy(() -> CsvDataSet.read(file, GIVEN.tolerate(13)))
                .withMessageStartingWith(
                        "users.csv has 14 bad cells in 7 rows, and 13 are tolerated; the first ten:\n  line 4, ")
                .withMessageEndingWith(
                        "\n  line 8, column \"sessions\": signal \"sessions\": the text \"y\" is not a" + " number")
                .satisfies(refusal -> assertThat(refusal.problems())
                        .hasSize(10)
                        .startsWith("line 4, column \"hours\": signal \"hours\": the text \"x\" is not a number"));
    }

    @Test
    void rowsWithToleratedBadCellsAreLeftOutAndCounted() throws IOException {
        String text = HEADER + "x,y,basic,true,1\n" + GOOD + "1,2\n3,4,pro,1,0\n1,2,pro,1,1,1\n";

        DataSet data = CsvText.read(folder, text, GIVEN.tolerate(4));

        assertThat(data.leftOutRows()).isEqualTo(3);
        assertThat(data.rows()).isEqualTo(3);
        assertThat(data.digest())
                .isEqualTo(CsvText.read(folder, HEADER + GOOD + "3,4,pro,1,0\n", GIVEN)
                        .digest());
    }

    @Test
    void raggedRowIsOneBadCell() throws IOException {
        assertRefused(folder, HEADER + GOOD + "1,2,basic\n1,2,basic,true,1,,\n", GIVEN, """
                users.csv has 2 bad cells in 2 rows, and 0 are tolerated:
                  line 4 has 3 cells where the header has 5
                  line 5 has 7 cells where the header has 5""");
    }

    @Test
    void linesAreCountedAcrossQuotedLineBreaksAndEmptyLines() throws IOException {
        assertRefused(
                folder,
                "x,note,y\n1,\"two\nlines\",1\n\n2,,0\nabc,,0\n",
                label("y").exclude("note").schema(SignalSchema.of("s", "1", Signal.numeric("x"))),
                """
                users.csv has 1 bad cells in 1 rows, and 0 are tolerated:
                  line 6, column "x": signal "x": the text "abc" is not a number""");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "NaN       | ''",
                "Infinity  | ''",
                "-Infinity | ''",
                "1e400     | '; it is too large for a number'",
                "1,5       | '; it is one with a decimal comma: read the file with --decimal comma'"
            })
    void cellThatIsNoFiniteNumberIsBad(String cell, String why) throws IOException {
        assertRefused(
                folder,
                "x;y\n1;1\n" + cell + ";0\n",
                label("y").schema(SignalSchema.of("s", "1", Signal.numeric("x"))),
                "users.csv has 1 bad cells in 1 rows, and 0 are tolerated:\n"
                        + "  line 3, column \"x\": signal \"x\": the text \"" + cell + "\" is not a number" + why);
    }

    @ParameterizedTest
    @CsvSource(useHeadersInDisplayName = true, delimiter = '|', quoteCharacter = '`', textBlock = """
                    content               | message
                    ``                    | users.csv is empty; a header line was expected
                    x,y                   | users.csv has a header but no rows
                    x,y/                  | users.csv has a header but no rows
                    x,y/1,1/2,1/          | users.csv: label column "y" has the single value "1"; both outcomes are needed
                    x,y/1,/2, /           | users.csv: label column "y" is empty; both outcomes are needed
                    x,y/1,0/2,1/3,2/      | users.csv: label column "y" has more than two values, among them [0, 1, 2]; an outcome has two
                    x,y/1,a/2,b/          | users.csv: label column "y" has the values [a, b]; say which of them counts as converted
                    x,y/1,1/2,yes/        | users.csv: label column "y" has the values [1, yes]; say which of them counts as converted
                    x,y/1,1/2,-1/         | users.csv: label column "y" has the values [-1, 1]; say which of them counts as converted
                    x,z/1,1/2,0/          | users.csv: there is no label column "y"; the columns are [x, z]
                    x\ty/1\t1/            | users.csv: there is no label column "y"; the columns are [x\\u0009y]; the header looks separated by another character: read the file with --separator tab
                    x,y,x/1,1,2/2,0,1/    | users.csv: two columns are named "x"
                    x,,y/1,1,2/2,0,1/     | users.csv: column 2 has no name in the header
                    x, ,y/1,1,2/2,0,1/    | users.csv: column 2 has no name in the header
                    x,y/1,1/"2"3,0/       | users.csv is not CSV: Unexpected character after closing quote: '3' (0x33) (record starting at line 3)
                    """)
    void fileThatHoldsNoDataSetIsRefused(String content, String message) throws IOException {
        assertRefused(folder, content.replace('/', '\n'), label("y"), message);
    }

    @Test
    void quoteThatIsNeverClosedIsRefusedThoughBadCellsAreTolerated() throws IOException {
        Path file = CsvText.write(folder, "x,y\n1,1\n2,0\n\"3,1\n4,0\n5,1\n");

        assertThatExceptionOfType(InvalidDataException.class)
                .isThrownBy(() -> CsvDataSet.read(file, label("y").tolerate(1)))
                .withMessageContaining("quote")
                .withMessageContaining("line 4");
    }

    @Test
    void statedPositiveValueMustOccur() throws IOException {
        assertRefused(
                folder,
                "x,y\n1,a\n2,b\n",
                label("y").positive("c"),
                "users.csv: label column \"y\" has the values [a, b], and the positive value \"c\" is not one of them");
    }

    @Test
    void columnsToExcludeMustBeThere() throws IOException {
        assertRefused(folder, "x,y\n1,1\n2,0\n", label("y").exclude("id", "y"), """
                users.csv: there is no column "id" to exclude; the columns are [x, y]
                  the label column "y" cannot be excluded""");
    }

    @Test
    void headerMustFitTheGivenSchema() throws IOException {
        assertRefused(
                folder,
                "hours,Sessions,plan,extra,converted\n1,2,basic,3,1\n1,2,basic,3,0\n",
                GIVEN.exclude("plan"),
                """
                users.csv: there is no column "sessions", which schema "trial" 3 declares; where its values are not known, leave the cells empty
                  column "plan" is a signal of schema "trial" 3 and cannot be left out
                  there is no column "weekend", which schema "trial" 3 declares; where its values are not known, leave the cells empty
                  column "Sessions" is not a signal of schema "trial" 3; exclude or ignore it, or correct its name
                  column "extra" is not a signal of schema "trial" 3; exclude or ignore it, or correct its name""");
    }

    @Test
    void otherEncodingIsRefused() throws IOException {
        Path file = CsvText.write(folder, "plan,y\ncafé,1\ntea,0\n", StandardCharsets.ISO_8859_1);

        assertThatExceptionOfType(InvalidDataException.class)
                .isThrownBy(() -> CsvDataSet.read(file, label("y")))
                .withMessage("users.csv is not text in UTF-8; save it in that encoding");
    }

    @Test
    void otherEncodingFarBelowTheHeaderIsRefused() throws IOException {
        String text = "plan,y\n" + "tea,0\n".repeat(50_000) + "café,1\n";
        Path file = CsvText.write(folder, text, StandardCharsets.ISO_8859_1);

        assertThatExceptionOfType(InvalidDataException.class)
                .isThrownBy(() -> CsvDataSet.read(file, label("y")))
                .withMessage("users.csv is not text in UTF-8; save it in that encoding");
    }

    @Test
    void fileThatDoesNotExistIsNamed() {
        Path file = folder.resolve("absent.csv");

        assertThatExceptionOfType(NoSuchFileException.class)
                .isThrownBy(() -> CsvDataSet.read(file, label("y")))
                .withMessage(file + ": there is no such file");
    }

    @Test
    void folderIsNoFile() {
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> CsvDataSet.read(folder, label("y")))
                .withMessage(folder + " is a directory; a CSV file was expected");
    }
}
