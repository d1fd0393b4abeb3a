package io.conversion.workbench;

import static org.assertj.core.api.Assertions.assertThat;

import io.conversion.core.ConversionModel;
import io.conversion.core.provenance.TrainingProvenance;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The same training has the same digest when it is run again, unless its moment is asked for. */
class WorkbenchRepeatedTrainingTest {

    @TempDir
    static Path folder;

    private static Path users;

    @BeforeAll
    static void generate() {
        users = folder.resolve("users.csv");
        assertThat(Outcome.of("generate --users 600 --seed 5 --out", users).exitCode())
                .isZero();
    }

    private static Path train(String name, String... options) {
        Path out = folder.resolve(name);
        Outcome outcome = Outcome.with(options, "train --label converted --data", users, "--out", out);
        assertThat(outcome.err()).isEmpty();
        return out;
    }

    private static Instant published(Path out) throws IOException {
        return ConversionModel.load(out.resolve("model.json"))
                .training()
                .map(TrainingProvenance::published)
                .orElseThrow();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--model-version 2026-03-01",
                "--model-version 7 --published 2026-11-22T09:30:00Z",
                "--model-version 2026-03-01 --shapes linear --calibrate isotonic --holdout fifth --penalty 2",
            })
    void twoRunsWriteTheSameBytes(String options) throws IOException {
        Path one = train("one", options.split(" ", -1));
        Path other = train("other", options.split(" ", -1));

        for (String file : new String[] {"model.json", "evaluation.json", "report.html"}) {
            assertThat(Files.readAllBytes(one.resolve(file)))
                    .as(file)
                    .isEqualTo(Files.readAllBytes(other.resolve(file)));
        }
    }

    @Test
    void theVersionDatesTheModel() throws IOException {
        assertThat(published(train("dated", "--shapes", "linear", "--model-version", "2026-03-01")))
                .isEqualTo("2026-03-01T00:00:00Z");
    }

    @Test
    void withoutADateItIsTheBeginningOfADay() throws IOException {
        assertThat(published(train("undated", "--shapes", "linear", "--model-version", "7")))
                .asString()
                .endsWith("T00:00:00Z");
    }

    @Test
    void theMomentIsStatedWhereItIsAskedFor() throws IOException {
        Instant before = Instant.now();

        assertThat(published(train("now", "--shapes", "linear", "--published", "now")))
                .isBetween(before, Instant.now());
        assertThat(published(train("then", "--shapes", "linear", "--published", "2026-11-22T09:30:00Z")))
                .isEqualTo("2026-11-22T09:30:00Z");
    }

    @ParameterizedTest
    @CsvSource({"yesterday", "2026-11-22", "2026-11-22T09:30:00+01:00"})
    void anythingElseIsAMisuse(String moment) {
        Outcome outcome = Outcome.of(
                "train --label converted --data", users, "--out", folder.resolve("x"), "--published", moment);

        assertThat(outcome.exitCode()).isEqualTo(2);
        assertThat(outcome.err())
                .contains("\"" + moment + "\" is not a moment in UTC such as 2026-11-22T09:30:00Z, and not now");
    }
}
