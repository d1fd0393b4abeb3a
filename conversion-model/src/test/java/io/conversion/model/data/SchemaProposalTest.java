package io.conversion.model.data;

import static io.conversion.model.data.CsvDataSet.label;
import static org.assertj.core.api.Assertions.assertThat;

import io.conversion.core.signals.FlagSignal;
import io.conversion.core.signals.NumericSignal;
import io.conversion.core.signals.Signal;
import io.conversion.core.signals.SignalSchema;
import io.conversion.core.signals.WhenMissing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A proposal tells flags and whole numbers from other numbers, reads the file that it was made of, and changes no training. */
class SchemaProposalTest {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource(useHeadersInDisplayName = true, textBlock = """
            cells,            kind
            0 1 1 0,          flag
            1 0 1.0 0.0,      flag
            1.0 - 0.0 1.0,    flag
            true false 1 0,   categorical
            0 0 0 0,          whole
            1 1 1 1,          whole
            0 1 2 1,          whole
            -1 0 1 0,         whole
            3.0 4.0 - 7.0,    whole
            1e3 5 7 0,        whole
            01 00 01 00,      whole
            0 1 0.5 1,        numeric
            1e300 1e20 1 2,   numeric
            0.1 -7.5 2 2,     numeric
            yes no yes no,    categorical
            true FALSE true -,flag
            - - - -,          numeric
            """)
    void kindsFollowFromTheCells(String cells, String kind) throws IOException {
        Path file = file(cells);

        SignalSchema proposed = CsvDataSet.proposeSchema(file, label("y"));

        Signal signal = proposed.at(0);
        assertThat(kind(signal)).isEqualTo(kind);
        assertThat(signal.whenMissing() == WhenMissing.IMPUTE).isEqualTo(cells.matches("(.* )?-( .*)?"));
        assertThat(CsvDataSet.read(file, label("y").schema(proposed)).rows()).isEqualTo(4);
    }

    @Test
    void aNumberOfAnotherDialectIsWholeThere() throws IOException {
        Path file = Files.writeString(folder.resolve("u.csv"), "x;z;y\n1,0;1,5;0\n3,0;2;1\n");

        SignalSchema proposed = CsvDataSet.proposeSchema(
                file, label("y").dialect(CsvDialect.plain().decimal(CsvDialect.Decimal.COMMA)));

        assertThat(kind(proposed.at(0))).isEqualTo("whole");
        assertThat(kind(proposed.at(1))).isEqualTo("numeric");
    }

    @Test
    void aColumnOfNamesStaysCategorical() throws IOException {
        assertThat(kind(CsvDataSet.proposeSchema(file("0 1 0 1"), label("y").categorical("x"))
                        .at(0)))
                .isEqualTo("categorical");
    }

    @Test
    void whatIsReadWithoutASchemaIsAsItWas() throws IOException {
        SignalSchema read = CsvDataSet.read(file("0 1 1 0"), label("y")).schema();

        assertThat(read).isEqualTo(CsvDataSet.inferSchema(file("0 1 1 0"), label("y")));
        assertThat(read.at(0)).isEqualTo(Signal.numeric("x"));
        assertThat(CsvDataSet.inferSchema(file("0 1 2 9"), label("y")).at(0)).isEqualTo(Signal.numeric("x"));
    }

    private Path file(String cells) throws IOException {
        StringBuilder text = new StringBuilder("x,z,y\n");
        int row = 0;
        for (String cell : cells.split(" ", -1)) {
            text.append(cell.equals("-") ? "" : cell)
                    .append(",0.5,")
                    .append(row++ % 2)
                    .append('\n');
        }
        return Files.writeString(folder.resolve("u.csv"), text);
    }

    private static String kind(Signal signal) {
        if (signal instanceof NumericSignal numeric) {
            return numeric.whole() ? "whole" : "numeric";
        }
        return signal instanceof FlagSignal ? "flag" : "categorical";
    }
}
