package io.conversion.workbench;

import static org.assertj.core.api.Assertions.assertThat;

import io.conversion.core.ConversionModel;
import io.conversion.policy.Band;
import io.conversion.policy.ModelRequirement;
import io.conversion.policy.Policy;
import io.conversion.policy.monitoring.DriftSnapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Users like those of the training have not drifted, others have, and records tell the same as the rows behind them. */
class WorkbenchDriftTest {

    @TempDir
    static Path shared;

    private static Path users;
    private static Path later;
    private static Path model;
    private static Path policy;
    private static Path records;

    @TempDir
    Path folder;

    @BeforeAll
    static void train() throws IOException {
        users = shared.resolve("users.csv");
        Outcome.of("generate --users 4000 --out", users);
        Outcome.of(Outcome.TRAIN + " --name trial --data", users, "--out", shared.resolve("model"));
        model = shared.resolve("model/model.json");
        policy = shared.resolve("policy.json");
        Policy.of(
                        "offers",
                        "1",
                        ModelRequirement.exactly(
                                "trial", ConversionModel.load(model).reference().digest()),
                        List.of(Band.of("low", 0, "wait"), Band.of("high", 0.3, "offer")),
                        "nothing")
                .save(policy);
        records = shared.resolve("decisions.jsonl");
        Outcome.of("decide --model", model, "--policy", policy, "--data", users, "--out", records);
        List<String> lines = Files.readAllLines(users);
        int sessions = List.of(lines.get(0).split(",", -1)).indexOf("sessions_7d");
        List<String> moved = new ArrayList<>(lines.subList(0, 1));
        for (String line : lines.subList(1, lines.size())) {
            String[] cells = line.split(",", -1);
            cells[sessions] = "0";
            moved.add(String.join(",", cells));
        }
        later = Files.write(shared.resolve("later.csv"), moved);
    }

    @Test
    void usersOfTheTrainingHaveNotDrifted() {
        Outcome outcome = drift("--data", users, "--strict");

        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.exitCode()).isZero();
        assertThat(outcome.out())
                .contains("4,000 users compared\n")
                .contains("  (probability) ")
                .contains("  (bands) ")
                .endsWith("no drift\n");
    }

    @Test
    void aSignalThatStoppedIsNamedWithWhatMoved() {
        Outcome outcome = drift("--data", later);

        assertThat(outcome.exitCode()).isZero();
        assertThat(outcome.out())
                .containsPattern("  sessions_7d +4,000 +\\d+\\.\\d+ +0\\.100  drift\n")
                .contains("drift: signal \"sessions_7d\": PSI ")
                .doesNotContain("no drift");
        assertThat(drift("--data", later, "--strict").exitCode()).isEqualTo(1);
    }

    @Test
    void recordsCountAsTheirRowsDo() throws IOException {
        Path ofRows = folder.resolve("rows.json");
        Path ofRecords = folder.resolve("records.json");

        Outcome rows = drift("--data", users, "--out", ofRows);
        Outcome recorded = drift("--records", records, "--out", ofRecords);

        assertThat(rows.exitCode()).isZero();
        assertThat(recorded.err()).isEmpty();
        assertThat(Files.readString(ofRecords)).isEqualTo(Files.readString(ofRows));
        assertThat(DriftSnapshot.fromJson(Files.readString(ofRecords)).users()).isEqualTo(4000);
        assertThat(table(recorded)).isEqualTo(table(rows));
    }

    @Test
    void recordsThatDoNotVerifyAreLeftOut() throws IOException {
        List<String> lines = new ArrayList<>(Files.readAllLines(records));
        lines.set(6, lines.get(6).replace("\"offer\"", "\"other\"").replace("\"wait\"", "\"other\""));
        lines.set(7, "{}");
        Path changed = Files.write(folder.resolve("changed.jsonl"), lines);

        Outcome outcome = drift("--records", changed);

        assertThat(outcome.out()).contains("3,998 users compared\n");
        assertThat(outcome.err()).startsWith("2 records were left out, the first one " + changed + " line 7: ");
    }

    @Test
    void refusedRowsAreCountedByWhatWasWrong() throws IOException {
        List<String> lines = new ArrayList<>(Files.readAllLines(users));
        lines.set(3, lines.get(3).replaceFirst("^[^,]*", ""));
        Path some = Files.write(folder.resolve("some.csv"), lines);

        Outcome outcome = drift("--data", some);

        assertThat(outcome.out())
                .contains("3,999 users compared, 1 refused by the schema of the model\n")
                .contains("  refused: signal \"" + lines.get(0).split(",", -1)[0] + "\" ");
    }

    @Test
    void aPolicyOfAnotherModelIsRefused() throws IOException {
        Path other = Trial.saveModel(folder.resolve("other.json"));

        Outcome outcome = Outcome.of("drift --model", other, "--policy", policy, "--data", users);

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.err()).startsWith("policy ").endsWith("; give the model of the policy\n");
    }

    @Test
    void eitherRowsOrRecordsAreNeeded() {
        assertThat(drift().err()).startsWith("one of --data and --records is needed\n");
        assertThat(drift("--data", users, "--records", records))
                .extracting(
                        Outcome::exitCode,
                        outcome -> outcome.err().lines().findFirst().orElse(""))
                .containsExactly(2, "one of --data and --records is needed, not both");
    }

    private static Outcome drift(Object... options) {
        return Outcome.with(options, "drift --model", model, "--policy", policy);
    }

    private static List<String> table(Outcome outcome) {
        return outcome.out()
                .lines()
                .filter(line -> line.startsWith("  ") || line.startsWith("drift"))
                .toList();
    }
}
