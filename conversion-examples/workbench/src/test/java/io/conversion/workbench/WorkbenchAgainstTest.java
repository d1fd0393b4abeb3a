package io.conversion.workbench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.conversion.core.ConversionModel;
import io.conversion.core.shapes.Shape;
import io.conversion.core.signals.Signal;
import io.conversion.core.signals.SignalSchema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** Models of different signals are compared on the same rows of one file. */
class WorkbenchAgainstTest {

    @TempDir
    static Path folder;

    private static Path visits;
    private static Path plan;

    @BeforeAll
    static void writeModels() throws IOException {
        visits = model("by visits", Signal.numeric("visits"), new Shape.Linear(1, 0, 0));
        plan = model("by trials", Signal.numeric("trials"), new Shape.Linear(-1, 0, 0));
    }

    private static Path model(String name, Signal signal, Shape shape) throws IOException {
        Path file = folder.resolve(name + ".json");
        ConversionModel.of(name, "1", SignalSchema.of(name, "1", signal), 0, Map.of(signal.name(), shape))
                .save(file);
        return file;
    }

    private static Outcome against(String rows, Object... options) throws IOException {
        Path users = Files.writeString(folder.resolve("users.csv"), "visits,trials,bought\n" + rows);
        return Outcome.with(
                options,
                "evaluate --label bought --model",
                visits,
                "--against",
                plan,
                "--data",
                users,
                "--out",
                folder.resolve("evaluation.json"));
    }

    @Test
    void eachModelReadsItsOwnSignals() throws IOException {
        Outcome outcome = against("1,1,1\n0,-2,0\n2,1,1\n-1,0,0\n");

        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.exitCode()).isZero();
        assertThat(outcome.out())
                .contains("columns passed over: trials (of the other model), bought (the label)\n")
                .contains("columns passed over: visits (of the other model), bought (the label)\n")
                .contains("against model \"by trials\" 1")
                .doesNotContain("left out");
        JsonNode json =
                new ObjectMapper().readTree(folder.resolve("evaluation.json").toFile());
        // Softplus by hand: of visits 1, 0, 2, -1, and of trials negated.
        assertThat(json.at("/against/evaluation/log_loss").doubleValue())
                .isCloseTo((2 * soft(1) + soft(2) + soft(0)) / 4, within(1e-12));
        assertThat(json.at("/against/log_loss/difference").doubleValue())
                .isCloseTo(
                        (soft(-1) + soft(0) + soft(-2) + soft(-1) - 2 * soft(1) - soft(2) - soft(0)) / 4,
                        within(1e-12));
    }

    private static double soft(double x) {
        return Math.log1p(Math.exp(x));
    }

    @Test
    void aRowThatEitherRefusesIsLeftOutOfBothAndCounted() throws IOException {
        Outcome outcome = against("1,1,1\nx,2,0\n0,-2,0\n2,,1\n3,,0\n2,1,1\n-1,0,0\n");

        assertThat(outcome.exitCode()).isZero();
        assertThat(outcome.out().replaceAll(" \\(sha256:\\w+\\)", ""))
                .contains(
                        "1 row left out that model \"by visits\" 1 refuses, 2 rows left out that model \"by trials\" 1"
                                + " refuses; compared on the 4 rows that both accept\n")
                .contains("positives  2 with bought = 1 (50.0 %)");
        JsonNode json =
                new ObjectMapper().readTree(folder.resolve("evaluation.json").toFile());
        assertThat(json.at("/against/evaluation/log_loss").doubleValue())
                .isCloseTo((2 * soft(1) + soft(2) + soft(0)) / 4, within(1e-12));
    }

    @Test
    void rowsThatNoModelSharesAreRefused() throws IOException {
        Outcome outcome = against("1,,1\n,1,0\n");

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.err()).contains("there is no row that both models accept");
    }

    @Test
    void aSignalOfTheOtherModelThatTheFileLacksIsRefused() throws IOException {
        Path users = Files.writeString(folder.resolve("lacks.csv"), "visits,bought\n1,1\n0,0\n");

        Outcome outcome = Outcome.of(
                "evaluate --label bought --model",
                visits,
                "--against",
                plan,
                "--data",
                users,
                "--out",
                folder.resolve("x"));

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.err()).contains("there is no column \"trials\"").contains("\"by trials\" 1");
    }

    @Test
    void groupsMayBeASignalOfTheOtherModel() throws IOException {
        Outcome outcome = against("1,1,1\n0,1,0\n2,2,1\n-1,2,0\n", "--group", "trials");

        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.out()).contains("by trials:\n");
    }
}
