package io.conversion.model.data;

import static io.conversion.model.data.CsvDataSet.label;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.conversion.core.signals.CategoricalSignal;
import io.conversion.core.signals.Signal;
import io.conversion.core.signals.SignalSchema;
import io.conversion.model.CsvText;
import io.conversion.model.data.CsvDialect.Decimal;
import io.conversion.model.data.CsvDialect.Separator;
import io.conversion.model.data.CsvDialect.Thousands;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Numbers in another spelling never become levels in silence: they are named with what reads them. */
class NumberSpellingTest {

    @TempDir
    Path folder;

    static Stream<Arguments> spellings() {
        return Stream.of(
                spelling("--decimal comma", x -> text("%.2f", x).replace('.', ',')),
                spelling("--decimal comma", x -> text("%.3e", x).replace('.', ',')),
                spelling("--thousands comma", x -> text("%,.2f", 1000 * x)),
                spelling("--decimal comma --thousands point", x -> swapped(text("%,.2f", 1000 * x))),
                spelling("--thousands apostrophe", x -> text("%,.0f", 1e6 * x).replace(',', '\u2019')),
                spelling("--thousands blank", x -> text("%,.0f", 1e6 * x).replace(',', '\u00a0')),
                spelling(
                        "--decimal comma --thousands blank",
                        x -> swapped(text("%,.2f", 1000 * x)).replace('.', '\u202f')),
                spelling("--thousands underscore", x -> text("%,.0f", 1e6 * x).replace(',', '_')),
                spelling("--thousands comma", x -> "1,00," + text("%03.0f", 100 + 10 * x)),
                spelling("with a percent sign", x -> text("%.1f", x) + "%"),
                spelling("with a percent sign", x -> text("%.1f", x) + " %"),
                spelling("with a currency", x -> "$" + text("%.2f", x)),
                spelling("with a currency", x -> text("%.2f", x) + " \u20ac"),
                spelling("with a currency", x -> "EUR " + text("%.2f", x)),
                spelling("with a currency", x -> text("%.2f", x) + " CHF"),
                spelling("with a currency", x -> "-US$" + text("%.2f", x)),
                spelling(
                        "with a decimal comma and with a currency",
                        x -> text("%.2f", x).replace('.', ',') + "\u20ac"),
                spelling("with a blank that does not show", x -> text("%.1f", x) + "\u00a0"),
                spelling("with a blank that does not show", x -> "\u200b" + text("%.1f", x)),
                spelling("with a minus sign that is none of the keyboard", x -> "\u2212" + text("%.1f", x)),
                spelling("with a minus sign that is none of the keyboard", x -> "\u2013" + text("%.1f", x)),
                spelling("with the minus sign behind them", x -> text("%.1f", x) + "-"),
                spelling("in parentheses", x -> "(" + text("%.1f", x) + ")"),
                spelling("with other digits than 0 to 9", NumberSpellingTest::arabic),
                spelling("in hexadecimal digits", x -> "0x" + Integer.toHexString((int) (100 * x))),
                spelling("with the unit \"kg\"", x -> text("%.1f", x) + "kg"),
                spelling("with the unit \"hours\"", x -> text("%.1f", x) + " hours"),
                spelling("with the units \"h\", \"min\"", x -> text("%.0f", 10 * x) + (x < 2 ? " min" : " h")),
                spelling("with an apostrophe before them", x -> "'" + text("%.1f", x)));
    }

    private static Arguments spelling(String named, DoubleFunction<String> spelling) {
        return Arguments.of(named, spelling);
    }

    @ParameterizedTest
    @MethodSource("spellings")
    void aColumnIsRefusedWithItsRemedy(String named, DoubleFunction<String> spelling) throws IOException {
        Path file = column(spelling);

        assertThatExceptionOfType(InvalidDataException.class)
                .isThrownBy(() -> CsvDataSet.inferSchema(file, label("y")))
                .withMessageStartingWith("users.csv: column \"x\" holds numbers ")
                .withMessageContaining(named)
                .withMessageContaining(" in line 2")
                .withMessageEndingWith("; if its values are names, declare it with --categorical");
        assertThat(CsvDataSet.inferSchema(file, label("y").categorical("x"))
                        .declared()
                        .get(0))
                .isInstanceOf(CategoricalSignal.class);
    }

    @ParameterizedTest
    @MethodSource("spellings")
    void oneCellAmongPlainNumbersIsNamedByItsLine(String named, DoubleFunction<String> spelling) throws IOException {
        Path file = column(x -> x == 3 ? spelling.apply(x) : text("%.2f", x));

        assertThatExceptionOfType(InvalidDataException.class)
                .isThrownBy(() -> CsvDataSet.inferSchema(file, label("y")))
                .withMessageStartingWith("users.csv: column \"x\" holds numbers ")
                .withMessageContaining(" in line 22");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e400", "-1e999", "NaN", "inf", "-Infinity", "1.#INF"})
    void aCellThatIsNoFiniteNumberIsNamedByItsLine(String cell) throws IOException {
        Path file = column(x -> x == 3 ? cell : text("%.2f", x));

        assertThatExceptionOfType(InvalidDataException.class)
                .isThrownBy(() -> CsvDataSet.inferSchema(file, label("y")))
                .withMessageStartingWith("users.csv: column \"x\" holds numbers, but \"" + cell + "\" in line 22 is ")
                .withMessageContaining("correct the cell, or leave it empty if the number is not known");
    }

    @ParameterizedTest
    @ValueSource(strings = {"n/a", "unknown", "-", "?", "12:30", "1-5", "see note 7"})
    void aWordAmongManyNumbersIsNamedByItsLine(String cell) throws IOException {
        Path file = column(x -> x == 3 ? cell : text("%.2f", x));

        assertThatExceptionOfType(InvalidDataException.class)
                .isThrownBy(() -> CsvDataSet.inferSchema(file, label("y")))
                .withMessage("users.csv: column \"x\" holds numbers, but \"" + cell
                        + "\" in line 22 is none; leave a cell empty where the number is not known; if its values are"
                        + " names, declare it with --categorical");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "free basic pro",
                "tier_1 tier_2",
                "1a 1b 2c 2d 3e",
                "18-24 25-34 65+",
                "v1.10.0 v1.2.3",
                "10.0.0.1 192.168.1.77",
                "A4 B5 C6",
                "1,2,5 3,4 7",
                "1/2 1/4",
                "USD EUR",
                "h min",
                "- ?"
            })
    void namesStayLevelsWithoutAWord(String cells) throws IOException {
        List<String> doubts = new ArrayList<>();
        String[] levels = cells.split(" ", -1);
        Path file = column(x -> levels[(int) (10 * x) % levels.length]);

        SignalSchema schema = CsvDataSet.inferSchema(file, label("y").doubts(doubts::add));

        assertThat(schema.declared().get(0)).isInstanceOf(CategoricalSignal.class);
        assertThat(doubts).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"3 months,12 months,24 months", "10%,20%,50%", "$5,$10", "3G,4G,5G"})
    void aFewNumbersWithAUnitMayBeNamesAndAreAskedAbout(String cells) throws IOException {
        List<String> doubts = new ArrayList<>();
        String[] levels = cells.split(",", -1);
        Path file = column(x -> levels[(int) (10 * x) % levels.length]);

        SignalSchema schema = CsvDataSet.inferSchema(file, label("y").doubts(doubts::add));

        assertThat(schema.declared().get(0)).isInstanceOf(CategoricalSignal.class);
        assertThat(doubts)
                .singleElement()
                .asString()
                .startsWith("users.csv: column \"x\" is read as categorical and holds numbers with ");
    }

    @Test
    void severalColumnsAreNamedAtOnce() throws IOException {
        CsvText.assertRefused(folder, "a;b;y\n1,5;7%;1\n2,5;11.5%;0\n3;x;0\n", label("y"), """
                users.csv: column "a" holds numbers with a decimal comma, such as "1,5" in line 2; read the file with \
                --decimal comma; if its values are names, declare it with --categorical""");
        CsvText.assertRefused(folder, "a;b;y\n1,5;1 000;1\n2,5;12 500;0\n", label("y"), """
                users.csv: column "a" holds numbers with a decimal comma, such as "1,5" in line 2; read the file with \
                --decimal comma; if its values are names, declare it with --categorical
                  column "b" holds numbers with a thousands separator (blank), such as "1 000" in line 2; read the file \
                with --thousands blank; if its values are names, declare it with --categorical""");
    }

    @ParameterizedTest
    @CsvSource(useHeadersInDisplayName = true, delimiter = '|', textBlock = """
                    decimal | thousands  | text           | number
                    POINT   | NONE       | -1234.5        | -1234.5
                    COMMA   | NONE       | -1234,5        | -1234.5
                    COMMA   | NONE       | 1,5e3          | 1500
                    POINT   | COMMA      | 1,234,567.5    | 1234567.5
                    POINT   | COMMA      | 12,34,567      | 1234567
                    POINT   | COMMA      | 1234.5         | 1234.5
                    COMMA   | POINT      | +1.234,5       | 1234.5
                    COMMA   | POINT      | 0,125          | 0.125
                    COMMA   | BLANK      | 1 234 567,25   | 1234567.25
                    POINT   | APOSTROPHE | 1'234.5        | 1234.5
                    POINT   | UNDERSCORE | 1_000          | 1000
                    POINT   | NONE       | 1,234          |
                    COMMA   | NONE       | 2.5            |
                    POINT   | COMMA      | 1,5            |
                    POINT   | COMMA      | 1,23,4         |
                    POINT   | COMMA      | ,123           |
                    POINT   | COMMA      | 1234,567       |
                    POINT   | COMMA      | 1,2345         |
                    COMMA   | POINT      | 2.5            |
                    COMMA   | POINT      | 1.234.5        |
                    COMMA   | BLANK      | 12 34,5        |
                    """)
    void aDialectReadsNumbersInOneWay(Decimal decimal, Thousands thousands, String text, Double number) {
        CsvDialect dialect = new CsvDialect(Separator.DETECTED, decimal, thousands);

        if (number == null) {
            assertThat(dialect.number(text)).isEmpty();
        } else {
            assertThat(dialect.number(text)).hasValue(number);
        }
    }

    @Test
    void aCharacterMeansOneThing() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CsvDialect.plain().decimal(Decimal.COMMA).thousands(Thousands.COMMA))
                .withMessage(
                        "the decimal mark and the thousands separator are both \",\"; a number has different ones");
    }

    @Test
    void theSameUsersInAnotherSpellingAreTheSameData() throws IOException {
        String plain = "a,b,y\n1.5,1800,1\n-2,12,0\n0.25,1234567.5,1\n";
        String german = "a;b;y\n1,5;1.800;1\n-2;12;0\n0,25;1.234.567,5;1\n";

        assertThat(CsvText.read(
                                folder,
                                german,
                                label("y")
                                        .dialect(CsvDialect.plain()
                                                .decimal(Decimal.COMMA)
                                                .thousands(Thousands.POINT)))
                        .digest())
                .isEqualTo(CsvText.read(folder, plain, label("y")).digest());
    }

    @Test
    void aMarkBeforeThreeDigitsEverywhereIsAskedAbout() throws IOException {
        List<String> doubts = new ArrayList<>();

        CsvDataSet.inferSchema(
                CsvText.write(folder, "views;share;y\n600;0.125;1\n1.800;1.250;0\n12.000;3;1\n"),
                label("y").doubts(doubts::add));

        assertThat(doubts)
                .containsExactly("users.csv: column \"views\" has three digits behind every point, such as \"1.800\" in"
                        + " line 3, which is read as 1.8; if the point separates thousands, read the file with"
                        + " --thousands point --decimal comma");
    }

    @Test
    void aCellOfADeclaredNumberSaysHowItIsSpelt() throws IOException {
        SignalSchema schema = SignalSchema.of("s", "1", Signal.numeric("x"));

        CsvText.assertRefused(
                folder, "x;y\n2,5;1\n7 %;0\n1e400;1\nabc;0\n", label("y").schema(schema), """
                users.csv has 4 bad cells in 4 rows, and 0 are tolerated:
                  line 2, column "x": signal "x": the text "2,5" is not a number; it is one with a decimal comma: read \
                the file with --decimal comma
                  line 3, column "x": signal "x": the text "7 %" is not a number; it is one with a percent sign: write \
                them like -1234.5, with digits, sign and decimal point only
                  line 4, column "x": signal "x": the text "1e400" is not a number; it is too large for a number
                  line 5, column "x": signal "x": the text "abc" is not a number""");
    }

    /** 60 users with 40 numbers from 1.0 to 4.9. */
    private Path column(DoubleFunction<String> spelling) throws IOException {
        StringBuilder text = new StringBuilder("x,y\n");
        for (int i = 0; i < 60; i++) {
            text.append('"')
                    .append(spelling.apply(1 + i % 40 / 10.0))
                    .append("\",")
                    .append(i % 2)
                    .append('\n');
        }
        return CsvText.write(folder, text.toString());
    }

    private static String text(String format, double number) {
        return String.format(Locale.ROOT, format, number);
    }

    private static String swapped(String text) {
        return text.replace(',', ' ').replace('.', ',').replace(' ', '.');
    }

    private static String arabic(double number) {
        StringBuilder text = new StringBuilder();
        text("%.1f", number).chars().forEach(c -> text.append((char) (c == '.' ? '\u066b' : c - '0' + '\u0660')));
        return text.toString();
    }
}
