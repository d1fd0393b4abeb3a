package io.conversion.workbench;

import static org.assertj.core.api.Assertions.assertThat;

import io.conversion.core.ConversionModel;
import io.conversion.core.ProbabilityInterval;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Scores and explanations tell the interval of the probability as the library computes it. */
class WorkbenchIntervalTest {

    @TempDir
    static Path folder;

    private static Path model;
    private static Path users;

    @BeforeAll
    static void train() throws IOException {
        Random random = new Random(9);
        StringBuilder rows = new StringBuilder("visits,converted\n");
        for (int row = 0; row < 400; row++) {
            double visits = random.nextGaussian();
            rows.append(visits).append(random.nextDouble() < 1 / (1 + Math.exp(-visits)) ? ",1\n" : ",0\n");
        }
        Path training = Files.writeString(folder.resolve("training.csv"), rows);
        assertThat(Outcome.of(Outcome.TRAIN, "--data", training, "--out", folder)
                        .err())
                .isEmpty();
        model = folder.resolve("model.json");
        users = Files.writeString(folder.resolve("users.csv"), "visits\n0.5\nx\n-2\n");
    }

    private static ProbabilityInterval interval(double visits, double level) throws IOException {
        ConversionModel loaded = ConversionModel.load(model);
        return loaded.scorer()
                .score(loaded.schema().read(Map.of("visits", visits)).orElseThrow())
                .interval(level)
                .orElseThrow();
    }

    @Test
    void scoresHaveLowerAndUpper() throws IOException {
        Path scores = folder.resolve("scores.csv");

        Outcome.of("score --interval 0.9 --model", model, "--data", users, "--out", scores);

        List<String> lines = Files.readAllLines(scores);
        ProbabilityInterval first = interval(0.5, 0.9);
        assertThat(lines.get(0)).isEqualTo("row,log_odds,raw_log_odds,probability,lower,upper,problem");
        assertThat(lines.get(1)).endsWith("," + first.lower() + "," + first.upper() + ",");
        assertThat(lines.get(2)).startsWith("1,,,,,,").doesNotEndWith(",");
    }

    @Test
    void theLevelIsNinetyFivePercentUnlessItIsGiven() throws IOException {
        Path scores = folder.resolve("default.csv");

        Outcome outcome = Outcome.of("score --interval --model", model, "--data", users, "--out", scores);

        assertThat(outcome.exitCode()).isZero();
        assertThat(Files.readAllLines(scores).get(3))
                .contains("," + interval(-2, 0.95).lower() + ",");
    }

    @Test
    void anExplanationHasTheInterval() {
        assertThat(Outcome.of("explain --row 0 --interval --model", model, "--data", users)
                        .out())
                .containsPattern(
                        "this user +\\d+\\.\\d\\d %  \\d+\\.\\d\\d % to \\d+\\.\\d\\d %, Wald interval of level 0\\.95");
    }

    @Test
    void aModelWithoutCovarianceIsRefused() throws IOException {
        Path trial = Trial.saveModel(folder.resolve("trial.json"));
        Path logits = Files.writeString(folder.resolve("logits.csv"), "logit\n1\n");

        Outcome score = Outcome.of("score --interval --model", trial, "--data", logits, "--out", folder.resolve("x"));
        Outcome explain = Outcome.of("explain --row 0 --interval --model", trial, "--data", logits);

        assertThat(score.exitCode()).isEqualTo(1);
        assertThat(score.err()).contains("has no covariance of its fit").isEqualTo(explain.err());
        assertThat(folder.resolve("x")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "1", "95", "-0.5", "NaN", "high"})
    void aLevelThatIsNoneIsAMisuse(String level) {
        Outcome outcome =
                Outcome.of("score --interval", level, "--model", model, "--data", users, "--out", folder.resolve("x"));

        assertThat(outcome.exitCode()).isEqualTo(2);
        assertThat(outcome.err())
                .contains("\"" + level + "\" is not a level; a number above 0 and below 1 is needed, such as 0.95");
    }
}
