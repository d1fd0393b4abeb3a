package io.conversion.model.data;

import static io.conversion.model.data.CsvDataSet.label;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.conversion.core.signals.Signal;
import io.conversion.core.signals.SignalSchema;
import io.conversion.core.signals.WhenMissing;
import io.conversion.model.CsvText;
import io.conversion.model.LogisticTrainer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvSchemaInferenceTest {

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"1 2", "-1.5 +2", ".5 1.", "1e3 2E-3", "0 1", "007 1", "1e308 4.9e-324"})
    void columnOfFiniteNumbersIsNumeric(String cells) throws IOException {
        assertThat(inferred(cells)).isEqualTo(Signal.numeric("x"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"true false", "TRUE False", "tRuE true"})
    void columnOfTrueAndFalseIsAFlag(String cells) throws IOException {
        assertThat(inferred(cells)).isEqualTo(Signal.flag("x"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1 a", "1d 2f", "true yes", "yes no", "true 1", "- +", ". 1"})
    void anythingElseIsCategorical(String cells) throws IOException {
        List<String> levels = List.of(cells.split(" ", -1)).stream().sorted().toList();

        assertThat(inferred(cells)).isEqualTo(Signal.categorical("x", levels));
    }

    @Test
    void levelsAreSortedByCodePoint() throws IOException {
        // UTF-16 would put the emoji, a surrogate pair, before the full-width tilde.
        Signal signal = inferred("b \uFF5E a \uD83D\uDE00 B 10 9 \u00E9 ab");

        assertThat(signal)
                .isEqualTo(Signal.categorical("x", "10", "9", "B", "a", "ab", "b", "\u00E9", "\uFF5E", "\uD83D\uDE00"));
    }

    @Test
    void columnWithMissingCellsImputesAndAnyOtherRefuses() throws IOException {
        Path file = CsvText.write(folder, "n,f,c,full,y\n1,true,a,1,1\n , ,,2,0\n3,false,b,3,0\n");

        SignalSchema schema = CsvDataSet.inferSchema(file, label("y"));

        assertThat(schema)
                .isEqualTo(SignalSchema.of(
                        "users",
                        "1",
                        Signal.numeric("n").whenMissing(WhenMissing.IMPUTE),
                        Signal.flag("f").whenMissing(WhenMissing.IMPUTE),
                        Signal.categorical("c", "a", "b").whenMissing(WhenMissing.IMPUTE),
                        Signal.numeric("full")));
    }

    @Test
    void columnWithoutAnyValueIsLeftToTheTrainerToRefuse() throws IOException {
        DataSet data = CsvText.read(folder, "x,empty,y\n1,,1\n2, ,0\n", label("y"));

        assertThat(data.schema().find("empty")).hasValue(Signal.numeric("empty").whenMissing(WhenMissing.IMPUTE));
        assertThatExceptionOfType(InvalidDataException.class)
                .isThrownBy(() -> LogisticTrainer.linear().train(data))
                .withMessage("signal \"empty\" has no value in any of the training rows; exclude it, or give rows that"
                        + " have it");
    }

    @Test
    void labelAndExcludedColumnsAreNoSignals() throws IOException {
        Path file = CsvText.write(folder, "id,x,y,z\na,1,1,2\nb,2,0,3\n");

        SignalSchema schema = CsvDataSet.inferSchema(file, label("y").exclude("id", "z"));

        assertThat(schema.declared()).containsExactly(Signal.numeric("x"));
    }

    @Test
    void raggedRowsDoNotCountForTheKindOfAColumn() throws IOException {
        String text = "x,y\n1,1\nabc\n2,0\nno,number,here\n";

        DataSet data = CsvText.read(folder, text, label("y").tolerate(2));

        assertThat(data.schema().declared()).containsExactly(Signal.numeric("x"));
    }

    @Test
    void schemaIsNamedAfterTheFile() throws IOException {
        Path file = Files.writeString(folder.resolve("trial.users.csv"), "x,y\n1,1\n2,0\n");

        assertThat(CsvDataSet.inferSchema(file, label("y"))).hasToString("\"trial.users\" 1");
    }

    @Test
    void schemaIsTheOneThatReadingInfers() throws IOException {
        Path file = CsvText.write(folder, "x,p,y\n1,a,1\n,b,0\n");

        assertThat(CsvDataSet.inferSchema(file, label("y")))
                .isEqualTo(CsvDataSet.read(file, label("y")).schema());
    }

    @Test
    void fileWithoutAnySignalIsRefused() throws IOException {
        CsvText.assertRefused(
                folder,
                "id,y\na,1\nb,0\n",
                label("y").exclude("id"),
                "users.csv has no column besides the label and the excluded ones");
    }

    @Test
    void levelWithAControlCharacterIsRefused() throws IOException {
        CsvText.assertRefused(
                folder,
                "plan,y\n\"a\nb\",1\nc,0\n",
                label("y"),
                "users.csv: column \"plan\" holds \"a\\u000ab\" in line 2, of 3 characters, which cannot be a level:"
                        + " expected a text that is not blank, of at most 500 characters and without control"
                        + " characters; correct it, or exclude the column");
    }

    @Test
    void columnWithALevelForAlmostEachRowIsRefusedAsAnIdentifier() throws IOException {
        StringBuilder text = new StringBuilder("id,y\n");
        for (int i = 0; i < 102; i++) {
            text.append('u').append(i % 52).append(',').append(i % 2).append('\n');
        }

        CsvText.assertRefused(
                folder,
                text.toString(),
                label("y"),
                "users.csv: column \"id\" has more than 51 levels in 102 rows, as an identifier has; exclude it, or"
                        + " declare its levels in a schema");
        assertThat(CsvText.read(folder, text + "u0,1\nu1,0\n", label("y")).rows())
                .isEqualTo(104);
    }

    /** The signal of a column with these cells, each in quotes. */
    private Signal inferred(String cells) throws IOException {
        StringBuilder text = new StringBuilder("x,y\n");
        for (String cell : cells.split(" ", -1)) {
            text.append('"').append(cell).append("\",1\n");
        }
        return CsvDataSet.inferSchema(CsvText.write(folder, text.toString()), label("y"))
                .declared()
                .get(0);
    }
}
