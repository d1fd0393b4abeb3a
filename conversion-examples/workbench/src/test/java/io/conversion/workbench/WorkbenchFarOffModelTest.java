package io.conversion.workbench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Users whose signals have another unit than those of the training: the model that most needs to be measured. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WorkbenchFarOffModelTest {

    private Path folder;
    private Path model;

    @BeforeAll
    void train(@TempDir Path empty) throws IOException {
        folder = empty;
        Path trained = folder.resolve("model");
        model = trained.resolve("model.json");
        Outcome.of(Outcome.TRAIN + " --name minutes --data", users("train.csv", 300, 0, ""), "--out", trained);
    }

    @Test
    void holdOutGroupsAndReportAreMeasured() throws IOException {
        Path far = users("far.csv", 200, -9000, ",tv");
        Files.writeString(
                far,
                Files.readString(users("near.csv", 200, 0, ",web")).replaceAll("\\A.*\n", ""),
                StandardOpenOption.APPEND);
        Path evaluated = folder.resolve("groups.json");

        Outcome outcome = Outcome.of(
                "evaluate --label converted --group platform --model", model, "--data", far, "--out", evaluated);

        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.exitCode()).isZero();
        JsonNode groups =
                JsonMapper.shared().readTree(Files.readString(evaluated)).at("/groups/groups");
        for (JsonNode group : groups) {
            assertThat(group.at("/evaluation/calibration_slope").doubleValue()).isBetween(0.3, 3.0);
            assertThat(group.at("/evaluation/calibration_shift").isNumber()).isTrue();
        }
        assertThat(Outcome.of(
                                "report --label converted --group platform --model",
                                model,
                                "--data",
                                far,
                                "--out",
                                folder.resolve("far.html"))
                        .exitCode())
                .isZero();
        assertThat(Files.readString(folder.resolve("far.html"))).contains("Calibration shift");
    }

    @Test
    void whatCannotBeKnownIsSaidInTextFileAndPage() throws IOException {
        Path same = folder.resolve("same.csv");
        Files.writeString(same, "minutes,converted\n" + "5000,0\n".repeat(30) + "5000,1\n".repeat(10));

        Outcome text = Outcome.of(
                "evaluate --label converted --model", model, "--data", same, "--out", folder.resolve("same.json"));
        Outcome page = Outcome.of(
                "report --label converted --model", model, "--data", same, "--out", folder.resolve("same.html"));

        String reason = "the log-odds are all equal, so that every slope fits them as well";
        assertThat(text.exitCode()).isZero();
        assertThat(text.out())
                .containsPattern("calibration slope +- +cannot know: " + reason)
                .containsPattern("calibration shift +-\\d");
        JsonNode json = JsonMapper.shared().readTree(Files.readString(folder.resolve("same.json")));
        assertThat(json.at("/evaluation/cannot_know/calibration_slope/reason").stringValue())
                .isEqualTo("equal_log_odds");
        assertThat(page.exitCode()).isZero();
        assertThat(Files.readString(folder.resolve("same.html"))).contains("cannot know", reason);
    }

    private Path users(String name, int count, double off, String group) throws IOException {
        Random random = new Random(7);
        StringBuilder csv = new StringBuilder(group.isEmpty() ? "minutes,converted\n" : "minutes,converted,platform\n");
        for (int i = 0; i < count; i++) {
            double minutes = random.nextInt(240);
            int converted = random.nextDouble() < 1 / (1 + Math.exp(2 - minutes / 60)) ? 1 : 0;
            csv.append(minutes + off)
                    .append(',')
                    .append(converted)
                    .append(group)
                    .append('\n');
        }
        return Files.writeString(folder.resolve(name), csv);
    }
}
