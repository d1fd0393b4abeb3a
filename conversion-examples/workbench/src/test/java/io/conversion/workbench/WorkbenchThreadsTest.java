package io.conversion.workbench;

import static org.assertj.core.api.Assertions.assertThat;

import io.conversion.core.ConversionModel;
import io.conversion.core.MinimumEvidence;
import io.conversion.core.shapes.Shape;
import io.conversion.core.signals.Signal;
import io.conversion.core.signals.SignalSchema;
import io.conversion.core.signals.WhenMissing;
import io.conversion.policy.Band;
import io.conversion.policy.ModelRequirement;
import io.conversion.policy.Policy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is written of a file of users depends neither on the number of threads nor on columns that are passed over. */
class WorkbenchThreadsTest {

    /** More than three chunks of 4096 rows, the last one shorter. */
    private static final int USERS = 13_000;

    @TempDir
    static Path folder;

    private static Path modelFile;
    private static Path policyFile;
    private static Path users;

    @BeforeAll
    static void write() throws IOException {
        SignalSchema schema = SignalSchema.of(
                "trial",
                "1",
                Signal.numeric("hours").range(0, 168).whenMissing(WhenMissing.IMPUTE),
                Signal.categorical("plan", "month", "year"),
                Signal.flag("weekend"));
        Map<String, Double> plans = new LinkedHashMap<>();
        plans.put("month", 0.0);
        plans.put("year", 0.7);
        modelFile = folder.resolve("model.json");
        ConversionModel.of(
                        "trial",
                        "1",
                        schema,
                        -1,
                        Map.of(
                                "hours", new Shape.Linear(0.0123, 70, 0.1),
                                "plan", new Shape.Levels(plans, 0, 0, Set.of()),
                                "weekend", new Shape.Flag(0.3, 0)))
                .minimumEvidence(MinimumEvidence.of(0.5, "hours"))
                .save(modelFile);
        policyFile = folder.resolve("policy.json");
        Policy.of(
                        "trial",
                        "1",
                        ModelRequirement.named("trial"),
                        List.of(Band.of("low", 0, "wait"), Band.of("high", 0.4, "offer")),
                        "default")
                .save(policyFile);
        users = folder.resolve("users.csv");
        Files.writeString(users, csv(USERS, false));
    }

    /** Refused are some rows at random, the ones on both sides of each chunk's end, and a ragged one. */
    private static String csv(int rows, boolean more) {
        Random random = new Random(1);
        StringBuilder csv = new StringBuilder(more ? "note,hours,id,plan,weekend,city\n" : "hours,plan,weekend\n");
        for (int row = 0; row < rows; row++) {
            boolean atAnEnd = row % 4096 == 0 || row % 4096 == 4095;
            String hours = atAnEnd || random.nextInt(50) == 0
                    ? "-1"
                    : random.nextInt(20) == 0 ? "" : String.valueOf(random.nextInt(16_800) / 100.0);
            String plan = random.nextInt(100) == 0 ? "decade" : random.nextBoolean() ? "month" : "year";
            String weekend = row == 5000 ? "true" + (more ? "" : ",false") : String.valueOf(random.nextBoolean());
            csv.append(more ? "\"a, " + row + "\"," : "").append(hours).append(',');
            csv.append(more ? row + "," : "").append(plan).append(',').append(weekend);
            csv.append(more ? row == 5000 ? ",,false\n" : ",\n" : "\n");
        }
        return csv.toString();
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 8, 1000})
    void scoresAreTheSameBytesOnAnyNumberOfThreads(int threads) throws IOException {
        Outcome one = score("one.csv", users, "--threads", 1);
        Outcome several = score("several.csv", users, "--threads", threads);

        assertThat(one.exitCode()).isZero();
        assertThat(several.out()).isEqualTo(one.out().replace("one.csv", "several.csv"));
        assertThat(several.err()).isEqualTo(one.err());
        assertThat(bytes("several.csv")).isEqualTo(bytes("one.csv"));
        assertThat(Files.readAllLines(folder.resolve("one.csv")))
                .hasSize(USERS + 1)
                .satisfies(lines -> {
                    assertThat(lines.get(1 + 4095)).startsWith("4095,,,,").contains("signal \"\"hours\"\": -1 is out");
                    assertThat(lines.get(1 + 4096)).startsWith("4096,,,,").contains("signal \"\"hours\"\": -1 is out");
                    assertThat(lines.get(1 + 5000)).isEqualTo("5000,,,,line 5002 has 4 cells where the header has 3");
                });
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3})
    void decisionsAreTheSameBytesOnAnyNumberOfThreads(int threads) throws IOException {
        Outcome one = decide("one.jsonl", users, "--threads", 1);
        Outcome several = decide("several.jsonl", users, "--threads", threads);

        assertThat(one.exitCode()).isZero();
        assertThat(several.out()).isEqualTo(one.out().replace("one.jsonl", "several.jsonl"));
        assertThat(bytes("several.jsonl")).isEqualTo(bytes("one.jsonl"));
        assertThat(Files.readAllLines(folder.resolve("one.jsonl")))
                .hasSize(USERS)
                .satisfies(lines -> assertThat(lines.get(4096))
                        .contains("\"request\":\"4096\",")
                        .contains("\"reason\":\"invalid_signals\",")
                        .contains("signal \\\"hours\\\": -1 is out of range, allowed is 0 to 168\""))
                .anySatisfy(line -> assertThat(line).contains("\"reason\":\"insufficient_evidence\""))
                .anySatisfy(line -> assertThat(line).contains("\"segment\":\"high\""));
    }

    @Test
    void columnThatIsPassedOverChangesNothing() throws IOException {
        Path wide = folder.resolve("wide.csv");
        Files.writeString(wide, csv(USERS, true));

        Outcome plain = score("plain.csv", users);
        Outcome scored = score("wide-scores.csv", wide, "--ignore", "id,city,note");
        Outcome decided = decide("wide.jsonl", wide, "--ignore", "id,city,note", "--threads", 2);
        decide("plain.jsonl", users);

        assertThat(scored.exitCode()).isZero();
        assertThat(scored.out()).contains("columns passed over: note (--ignore), id (--ignore), city (--ignore)\n");
        assertThat(decided.exitCode()).isZero();
        // The ragged row names the cells of its own file.
        assertThat(Files.readString(folder.resolve("wide-scores.csv"))
                        .replace("has 7 cells where the header has 6", "has 4 cells where the header has 3"))
                .isEqualTo(Files.readString(folder.resolve("plain.csv")));
        assertThat(unsealed("wide.jsonl")
                        .replace("has 7 cells where the header has 6", "has 4 cells where the header has 3"))
                .isEqualTo(unsealed("plain.jsonl"));
        assertThat(plain.out()).contains("columns passed over: none\n");
    }

    @Test
    void faultOfTheFileIsTheSameErrorOnAnyNumberOfThreads() throws IOException {
        Path broken = folder.resolve("broken.csv");
        Files.writeString(broken, csv(9000, false) + "\"1,month,true\n");

        Outcome one = score("broken-one.csv", broken, "--threads", 1);
        Outcome several = score("broken-several.csv", broken, "--threads", 3);

        assertThat(several).isEqualTo(one);
        assertThat(folder.resolve("broken-one.csv").toFile().exists())
                .isEqualTo(folder.resolve("broken-several.csv").toFile().exists());
    }

    @Test
    void numberOfThreadsIsAWholeNumber() {
        assertThat(score("x.csv", users, "--threads", "many")).isEqualTo(new Outcome(2, "", """
                                Invalid value for option '--threads': "many" is not a whole number of at least 0
                                "workbench score --help" explains the options
                                """));
    }

    private static Outcome score(String out, Path data, Object... options) {
        return Outcome.with(options, "score --model", modelFile, "--data", data, "--out", folder.resolve(out));
    }

    private static Outcome decide(String out, Path data, Object... options) {
        return Outcome.with(
                options,
                "decide --model",
                modelFile,
                "--policy",
                policyFile,
                "--data",
                data,
                "--out",
                folder.resolve(out));
    }

    private static byte[] bytes(String file) throws IOException {
        return Files.readAllBytes(folder.resolve(file));
    }

    /** The records without the digest at the end of each line. */
    private static String unsealed(String file) throws IOException {
        return Files.readString(folder.resolve(file)).replaceAll(",\"digest\":\"sha256:[0-9a-f]{64}\"}\n", "\n");
    }
}
