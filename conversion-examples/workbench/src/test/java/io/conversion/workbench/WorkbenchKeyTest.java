package io.conversion.workbench;

import static org.assertj.core.api.Assertions.assertThat;

import io.conversion.policy.records.DecisionRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is written of users carries their key, so that files can be joined, and what a join would meet is said. */
class WorkbenchKeyTest {

    private static final String NOTES = """
            2 of 6 rows have no key, and cannot be joined: row 2, row 3
            1 of 6 rows has the key of an earlier row, which a join would multiply: row 4 (key "a,1")
            """;

    @TempDir
    static Path folder;

    private static Path model;
    private static Path policy;
    private static Path candidate;
    private static Path users;

    @BeforeAll
    static void writeFiles() throws IOException {
        model = Trial.saveModel(folder.resolve("model.json"));
        policy = folder.resolve("policy.json");
        Trial.offers("1", 0.7).save(policy);
        candidate = folder.resolve("candidate.json");
        Trial.offers("2", 0.5).save(candidate);
        users = Files.writeString(folder.resolve("users.csv"), """
                crm id,logit
                "a,1",0.6
                Ü2,x
                ,0.6
                "  ",0.6
                "a,1",-3
                e,3
                """);
    }

    @Test
    void scoresAndTheirRefusalsHaveTheKey() throws IOException {
        Path scores = folder.resolve("scores.csv");

        Outcome outcome =
                Outcome.of("score --threads 1 --model", model, "--data", users, "--key", "crm id", "--out", scores);

        List<String> lines = Files.readAllLines(scores);
        assertThat(lines.get(0)).isEqualTo("row,key,log_odds,raw_log_odds,probability,problem");
        assertThat(lines.get(1)).startsWith("0,\"a,1\",0.6,0.6,0.64");
        assertThat(lines.get(2)).startsWith("1,Ü2,,,,");
        assertThat(lines.get(3)).startsWith("2,,0.6,");
        assertThat(outcome.out()).contains("columns passed over: crm id (the key)");
        assertThat(outcome.err()).contains("  row 1 (key \"Ü2\"): ").endsWith(NOTES);
    }

    @Test
    void scoresWithoutAKeyAreAsTheyWere() throws IOException {
        Path scores = folder.resolve("plain.csv");

        Outcome outcome = Outcome.of("score --model", model, "--data", users, "--ignore", "crm id", "--out", scores);

        assertThat(Files.readAllLines(scores).get(0)).isEqualTo("row,log_odds,raw_log_odds,probability,problem");
        assertThat(outcome.err()).contains("  row 1: ").doesNotContain("key");
    }

    @Test
    void aRecordOfADecisionHasTheKeyAsItsRequestAndIsReplayed() throws IOException {
        Path records = folder.resolve("decisions.jsonl");

        Outcome outcome = Outcome.of(
                "decide --model", model, "--policy", policy, "--data", users, "--key", "crm id", "--out", records);
        Outcome replayed = Outcome.of("replay --records", records, "--model", model, "--policy", policy);

        assertThat(Files.readAllLines(records))
                .extracting(line -> DecisionRecord.fromJson(line).request())
                .containsExactly("a,1", "Ü2", "", "", "a,1", "e");
        assertThat(outcome.err()).isEqualTo(NOTES);
        assertThat(replayed.exitCode()).isZero();
    }

    @Test
    void flipsAndTheirRefusalsHaveTheKey() throws IOException {
        Path flips = folder.resolve("flips.csv");

        Outcome outcome = Outcome.of(
                "policy impact",
                policy,
                candidate,
                "--model",
                model,
                "--data",
                users,
                "--key",
                "crm id",
                "--flips",
                flips);

        List<String> lines = Files.readAllLines(flips);
        assertThat(lines).hasSize(4);
        assertThat(lines.get(0)).isEqualTo("row,key,probability,before,action_before,after,action_after");
        assertThat(lines.get(1)).startsWith("0,\"a,1\",0.64").endsWith("low,wait,high,offer");
        assertThat(lines.get(2)).startsWith("2,,0.64");
        assertThat(outcome.err()).contains("  row 1 (key \"Ü2\"): ").endsWith(NOTES);
    }

    @ParameterizedTest
    @ValueSource(strings = {"score", "decide", "policy impact"})
    void aColumnThatTheFileLacksOrThatIsASignalIsRefused(String command) {
        assertThat(refusal(command, "id")).contains("there is no column \"id\"; the columns are [crm id, logit]");
        assertThat(refusal(command, "logit")).contains("\"logit\" is a signal of schema \"trial\" 1");
    }

    private static String refusal(String command, String key) {
        Path out = folder.resolve("never");
        Outcome outcome = switch (command) {
            case "score" -> Outcome.of("score --model", model, "--data", users, "--key", key, "--out", out);
            case "decide" ->
                Outcome.of("decide --model", model, "--policy", policy, "--data", users, "--key", key, "--out", out);
            default -> Outcome.of("policy impact", policy, candidate, "--model", model, "--data", users, "--key", key);
        };
        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(out).doesNotExist();
        return outcome.err();
    }

    @Test
    void manyKeysInManyChunksAreCountedTheSameWithAnyNumberOfThreads() throws IOException {
        Path many = Files.writeString(
                folder.resolve("many.csv"),
                IntStream.range(0, 20_000)
                        .mapToObj(i -> "user-" + i % 19_000 + ",0")
                        .collect(Collectors.joining("\n", "id,logit\n", "\n")));

        Outcome one = Outcome.of(
                "score --threads 1 --model", model, "--data", many, "--key", "id", "--out", folder.resolve("one.csv"));
        Outcome four = Outcome.of(
                "score --threads 4 --model", model, "--data", many, "--key", "id", "--out", folder.resolve("four.csv"));

        assertThat(one.err())
                .startsWith("1,000 of 20,000 rows have the key of an earlier row, which a join would multiply:"
                        + " row 19000 (key \"user-0\"), ")
                .endsWith(", ...\n")
                .isEqualTo(four.err());
        assertThat(folder.resolve("one.csv")).hasSameTextualContentAs(folder.resolve("four.csv"));
    }
}
