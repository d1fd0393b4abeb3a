package io.conversion.model.data;

import static io.conversion.model.CsvText.read;
import static io.conversion.model.data.CsvDataSet.label;
import static org.assertj.core.api.Assertions.assertThat;

import io.conversion.core.signals.Signal;
import io.conversion.core.signals.SignalSchema;
import io.conversion.core.signals.WhenMissing;
import io.conversion.core.signals.WhenUnseen;
import io.conversion.model.CsvText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CsvDataSetTest {

    private static final String PLAIN = """
            hours,plan,converted
            1.5,basic,1
            2,pro,0
            ,basic,1
            """;

    @TempDir
    Path folder;

    @Test
    void rowsAreReadByTheHeader() throws IOException {
        DataSet data = read(folder, PLAIN, label("converted"));

        assertThat(data.rows()).isEqualTo(3);
        assertThat(data.positives()).isEqualTo(2);
        assertThat(data.leftOutRows()).isZero();
        assertThat(data.label()).isEqualTo(new DataSet.LabelColumn("converted", "1", List.of()));
        assertThat(List.of(data.signals(0), data.signals(1), data.signals(2)))
                .extracting(Object::toString)
                .containsExactly(
                        "\"users\" 1 {hours=1.5, plan=basic}",
                        "\"users\" 1 {hours=2, plan=pro}",
                        "\"users\" 1 {hours=missing, plan=basic}");
        assertThat(List.of(data.converted(0), data.converted(1), data.converted(2)))
                .containsExactly(true, false, true);
    }

    /** In the texts, {@code ^} is a carriage return, {@code |} a line feed and {@code @} a byte order mark. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "hours,plan,converted|1.5,basic,1|2,pro,0|,basic,1",
                "hours,plan,converted^|1.5,basic,1^|2,pro,0^|,basic,1^|",
                "hours,plan,converted^|1.5,basic,1^|2,pro,0^|,basic,1",
                "hours,plan,converted^1.5,basic,1^2,pro,0^,basic,1^",
                "hours;plan;converted|1.5;basic;1|2;pro;0|;basic;1|",
                "@hours,plan,converted|1.5,basic,1|2,pro,0|,basic,1|",
                "@hours;plan;converted^|1.5;basic;1^|2;pro;0^|;basic;1",
                "hours, plan ,\tconverted| 1.5, basic,1 |2\t,pro ,0|  , basic,1|",
                "hours,plan,converted||1.5,basic,1||2,pro,0|,basic,1||",
                "hours,plan,converted|1.5,\"basic\",1|\"2\",pro,\"0\"|\"\",\" basic \",1|",
                "\"hours\",\"plan\",\"converted\"|1.5,basic,1|2,pro,0|,basic,1|",
                "\"hours\";\"plan\";\"converted\"|1.5;basic;1|2;pro;0|;basic;1|",
                "@\"hours\",plan,converted|1.5,basic,1|2,pro,0|,basic,1|",
                "hours,plan,converted|1.50,basic,1|2.0e0,pro,0|,basic,1|",
            })
    void formOfTheFileDoesNotMatter(String form) throws IOException {
        String text = form.replace('^', '\r').replace('|', '\n').replace('@', '\uFEFF');

        DataSet data = read(folder, text, label("converted"));

        DataSet plain = read(folder, PLAIN, label("converted"));
        assertThat(data.schema()).isEqualTo(plain.schema());
        assertThat(data.label()).isEqualTo(plain.label());
        assertThat(data.digest()).isEqualTo(plain.digest());
    }

    @Test
    void quotesProtectSeparatorsQuotesAndLineBreaks() throws IOException {
        String text = """
                "hours, 7d",plan,note,converted
                1.5,"a, ""b""; c","first
                second",1
                2,"d",,0
                """;

        DataSet data = read(folder, text, label("converted").exclude("note"));

        assertThat(data.signals(0).number("hours, 7d")).hasValue(1.5);
        assertThat(data.signals(0).level("plan")).hasValue("a, \"b\"; c");
        assertThat(data.signals(1).level("plan")).hasValue("d");
    }

    @Test
    void headerMayQuoteTheOtherSeparator() throws IOException {
        DataSet data = read(folder, """
                "hours; 7d";"minutes, 7d";converted
                1;60;1
                2;120;0
                """, label("converted"));

        assertThat(data.schema().declared()).extracting(Signal::name).containsExactly("hours; 7d", "minutes, 7d");
    }

    @Test
    void declaredFlagReadsOneAndZeroAndYesAndNo() throws IOException {
        SignalSchema schema = SignalSchema.of("flags", "1", Signal.flag("trial").whenMissing(WhenMissing.IMPUTE));
        String text = "trial,converted\ntrue,1\nTRUE,1\nyes,1\nYes,1\n1,1\nfalse,0\nNo,0\n0,0\n,0\n";

        DataSet data = read(folder, text, label("converted").schema(schema));

        List<String> flags = new ArrayList<>();
        for (int i = 0; i < data.rows(); i++) {
            flags.add(data.signals(i).flag("trial").map(String::valueOf).orElse("missing"));
        }
        assertThat(flags).containsExactly("true", "true", "true", "true", "true", "false", "false", "false", "missing");
    }

    @Test
    void columnsMayStandInAnotherOrderThanTheSchema() throws IOException {
        SignalSchema schema =
                SignalSchema.of("given", "7", Signal.categorical("plan", "pro", "basic"), Signal.numeric("hours"));

        DataSet data = read(
                folder,
                "hours,converted,plan\n1.5,1,basic\n2,0,pro\n",
                label("converted").schema(schema));

        assertThat(data.schema()).isSameAs(schema);
        assertThat(data.signals(0)).hasToString("\"given\" 7 {plan=basic, hours=1.5}");
    }

    @Test
    void levelThatTheSchemaDoesNotListFollowsItsRule() throws IOException {
        SignalSchema schema = SignalSchema.of(
                "given", "1", Signal.categorical("plan", "basic").whenUnseen(WhenUnseen.average()));

        DataSet data = read(
                folder, "plan,converted\nbasic,1\npro,0\n", label("converted").schema(schema));

        assertThat(data.signals(1)).isEqualTo(schema.read(Map.of("plan", "pro")).orElseThrow());
    }

    @ParameterizedTest
    @CsvSource(useHeadersInDisplayName = true, textBlock = """
                    one,     other,    positive
                    1,       0,        1
                    0,       1,        1
                    yes,     no,       yes
                    No,      Yes,      Yes
                    TRUE,    FALSE,    TRUE
                    false,   true,     true
                    """)
    void labelSaysItselfWhichValueIsPositive(String one, String other, String positive) throws IOException {
        DataSet data = read(folder, "x,y\n1," + one + "\n2," + other + "\n", label("y"));

        assertThat(data.label().positive()).isEqualTo(positive);
        assertThat(data.converted(0)).isEqualTo(one.equals(positive));
        assertThat(data.converted(1)).isEqualTo(other.equals(positive));
    }

    @Test
    void positiveValueCanBeStated() throws IOException {
        String text = "x,status\n1,Active\n2,Churned\n3,Churned\n";

        DataSet data = read(folder, text, label("status").positive("Churned"));

        assertThat(data.label().positive()).isEqualTo("Churned");
        assertThat(data.positives()).isEqualTo(2);
    }

    @Test
    void excludedColumnsAreKeptInTheLabelAndNowhereElse() throws IOException {
        String text = "id,x,note,y\na,1,b,1\nc,2,,0\n";

        DataSet data = read(folder, text, label("y").exclude("id", "note"));

        assertThat(data.label().excluded()).containsExactly("id", "note");
        assertThat(data.schema().declared()).containsExactly(Signal.numeric("x"));
    }

    @Test
    void progressEndsAtTheSizeOfTheFile() throws IOException {
        List<Long> progress = new ArrayList<>();
        Path file = CsvText.write(folder, PLAIN);

        DataSet data = CsvDataSet.read(file, label("converted").progress(progress::add));

        assertThat(data.rows()).isEqualTo(3);
        assertThat(progress).isSorted().endsWith(Files.size(file));
    }

    @Test
    void moreRowsThanTheFirstBufferHoldsAreRead() throws IOException {
        StringBuilder text = new StringBuilder("x,plan,y\n");
        for (int i = 0; i < 20_000; i++) {
            text.append(i)
                    .append(i % 3 == 0 ? ",," : ",p" + i % 7 + ",")
                    .append(i % 2)
                    .append('\n');
        }

        DataSet data = read(folder, text.toString(), label("y"));

        assertThat(data.rows()).isEqualTo(20_000);
        assertThat(data.positives()).isEqualTo(10_000);
        assertThat(data.signals(19_999)).hasToString("\"users\" 1 {x=19999, plan=p0}");
        assertThat(data.signals(3000)).hasToString("\"users\" 1 {x=3000, plan=missing}");
    }
}
