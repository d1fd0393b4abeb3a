package io.conversion.workbench;

import static org.assertj.core.api.Assertions.assertThat;

import io.conversion.core.ConversionModel;
import io.conversion.model.synthetic.StreamingUsers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Input that is refused: the whole message, on standard error, and the exit code. */
class WorkbenchBadInputTest {

    private static final String HEADER =
            "days_since_signup,sessions_7d,content_hours_7d,downloads_7d,paywall_views_7d,country_tier,converted";
    private static final String COLUMNS = "[" + HEADER.replace(",", ", ") + "]";

    @TempDir
    static Path folder;

    private static Path users;
    private static Path schema;
    private static Path model;
    private static Path policy;

    @BeforeAll
    static void trainAModel() throws IOException {
        users = folder.resolve("users.csv");
        schema = folder.resolve("schema.json");
        model = folder.resolve("model/model.json");
        policy = Files.writeString(folder.resolve("policy.json"), """
                {
                  "format": "conversion-policy", "format_version": 1,
                  "name": "trial", "version": "4", "model": {"name": "users"},
                  "bands": [
                    {"segment": "low_intent", "from": 0, "action": "nothing"},
                    {"segment": "high_intent", "from": 0.7, "action": "offer_annual_plan"}
                  ],
                  "fallback": {"action": "show_default"}
                }
                """);
        StreamingUsers.schema().save(schema);
        Outcome.of("generate --users", 300, "--out", users);
        Outcome.of("train --data", users, "--label", "converted", "--schema", schema, "--out", folder.resolve("model"));
    }

    @Test
    void everyMissingFileIsNamed() {
        Path data = folder.resolve("absent.csv");
        Path otherModel = folder.resolve("absent.json");

        Outcome outcome = Outcome.of("score --model", otherModel, "--data", data, "--out", folder.resolve("never.csv"));

        assertThat(outcome)
                .isEqualTo(refused(otherModel + ": there is no such file\n" + data + ": there is no such file"));
    }

    @Test
    void aDirectoryIsNotRead() {
        assertThat(score(folder)).isEqualTo(refused(folder + " is a directory; a file was expected"));
    }

    @Test
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void whatCannotBeReadTwiceIsNotRead() {
        assertThat(score(Path.of("/dev/null")))
                .isEqualTo(refused(
                        "/dev/null is not a regular file; it is read more than once, so save it as a file first"));
    }

    @Test
    void aLabelColumnThatIsAbsentIsRefused() {
        assertThat(train(users, "--label", "convert"))
                .isEqualTo(refused("users.csv: there is no label column \"convert\"; the columns are " + COLUMNS));
    }

    @Test
    void aMisspeltExcludedColumnIsRefused() {
        assertThat(train(users, "--label", "converted", "--exclude", "session_7d"))
                .isEqualTo(
                        refused("users.csv: there is no column \"session_7d\" to exclude; the columns are " + COLUMNS));
    }

    @Test
    void aMisspeltIgnoredColumnIsRefused() {
        assertThat(score(users, "--ignore", "session_7d"))
                .isEqualTo(refused("users.csv: there is no column \"session_7d\" to ignore"));
    }

    @Test
    void anUnknownColumnIsRefusedBesideTheMisspeltName() throws IOException {
        Path file = csv("plan.csv", HEADER + ",plan", "1,2,3.5,0,1,tier_1,1,free");

        assertThat(score(file))
                .isEqualTo(refused("plan.csv: column \"plan\" is not a signal of schema \"streaming-signals\" 1;"
                        + " exclude or ignore it, or correct its name"));
        assertThat(score(file, "--ignore", "plans"))
                .isEqualTo(refused("plan.csv: column \"plan\" is not a signal of schema \"streaming-signals\" 1;"
                        + " exclude or ignore it, or correct its name\n  --ignore names \"plans\""));
        assertThat(score(file, "--ignore", "plan").out())
                .contains("columns passed over: converted (the label of the model), plan (--ignore)\n");
    }

    @Test
    void aFileWithoutRowsIsNotTrainedOn() throws IOException {
        assertThat(train(csv("header.csv", HEADER), "--label", "converted"))
                .isEqualTo(refused("header.csv has a header but no rows"));
    }

    @Test
    void oneLabelValueIsNotTrainedOn() throws IOException {
        Path file = csv("one.csv", HEADER, "1,2,3.5,0,1,tier_1,1", "2,2,3.5,0,1,tier_2,1");

        assertThat(train(file, "--label", "converted"))
                .isEqualTo(refused("one.csv: label column \"converted\" has the single value \"1\";"
                        + " both outcomes are needed"));
    }

    @Test
    void aPositiveValueThatIsAbsentIsRefused() {
        assertThat(train(users, "--label", "converted", "--positive", "yes"))
                .isEqualTo(refused("users.csv: label column \"converted\" has the values [0, 1],"
                        + " and the positive value \"yes\" is not one of them"));
    }

    @Test
    void separatedOutcomesNeedAPenalty() throws IOException {
        Path file = csv("separated.csv", "sessions_7d,converted", "1,0", "2,0", "3,1", "4,1");

        assertThat(train(file, "--label", "converted", "--penalty", "0"))
                .isEqualTo(refused("the outcomes are separated by \"sessions_7d\": along this combination every"
                        + " training row has the outcome it points to, so no finite estimate exists; train with a"
                        + " penalty, such as 1, or exclude the signal if it gives the outcome away"));
    }

    @Test
    void aModelHasAName() {
        assertThat(train(users, "--label", "converted", "--name", " ", "--model-version", "1"))
                .isEqualTo(refused("model \" \" 1: its name or version is not valid: expected a text that is not"
                        + " blank, of at most 500 characters and without control characters"));
    }

    @Test
    void aRaggedRowStopsTheTraining() throws IOException {
        Path file = csv(
                "ragged.csv",
                HEADER,
                "1,2,3.5,0,1,tier_1,1",
                "2,2,3.5,0,1,tier_2",
                "2,2,3.5,0,1,tier_2,0,,",
                "3,1,3.5,0,1,tier_3,0");

        assertThat(train(file, "--label", "converted")).isEqualTo(refused("""
                        ragged.csv has 2 bad cells in 2 rows, and 0 are tolerated:
                          line 3 has 6 cells where the header has 7
                          line 4 has 9 cells where the header has 7"""));
    }

    @Test
    void badCellsAreCountedAndTheFirstTenNamed() throws IOException {
        String rows = IntStream.range(0, 12)
                .mapToObj(i -> i + ",2,x,0,1,tier_1," + i % 2)
                .collect(Collectors.joining("\n"));
        Path file = csv("cells.csv", HEADER, rows);

        assertThat(train(file, "--label", "converted", "--schema", schema))
                .isEqualTo(refused("cells.csv has 12 bad cells in 12 rows, and 0 are tolerated; the first ten:\n"
                        + IntStream.range(2, 12)
                                .mapToObj(line -> "  line " + line + ", column \"content_hours_7d\":"
                                        + " signal \"content_hours_7d\": the text \"x\" is not a number")
                                .collect(Collectors.joining("\n"))));
    }

    @Test
    void toleratedRowsAreLeftOutAndCounted() throws IOException {
        Path file = folder.resolve("tolerated.csv");
        Files.writeString(file, Files.readString(users) + "2,2,3.5,0,1,Tier_2,0\n2,2,3.5\n");

        Outcome outcome = train(file, "--label", "converted", "--schema", schema, "--tolerate", "2", "--name", "users");

        assertThat(outcome.exitCode()).isZero();
        assertThat(outcome.out()).contains("  rows              300\n", "  left out          2 rows with bad cells\n");
    }

    @Test
    void anIdentifierIsNotTrainedOn() throws IOException {
        String rows =
                IntStream.range(0, 60).mapToObj(i -> "user" + i + "," + i % 2).collect(Collectors.joining("\n"));
        Path file = csv("identified.csv", "user_id,converted", rows);

        Outcome outcome = train(file, "--label", "converted");

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.err())
                .startsWith("identified.csv: column \"user_id\" has more than 50 levels in 60 rows,"
                        + " as an identifier has; exclude it");
    }

    @Test
    void aWordAmongNumbersIsPointedOut() throws IOException {
        String rows = IntStream.range(0, 40)
                .mapToObj(i -> (i == 7 ? "n/a" : i % 9) + "," + i % 2)
                .collect(Collectors.joining("\n"));
        Path file = csv("word.csv", "sessions_7d,converted", rows);

        Outcome outcome =
                Outcome.of("schema infer --data", file, "--label", "converted", "--out", folder.resolve("s.json"));

        assertThat(outcome.exitCode()).isZero();
        assertThat(outcome.err())
                .isEqualTo("word.csv: column \"sessions_7d\" is read as categorical and holds numbers, but \"n/a\" in"
                        + " line 9 is none; leave a cell empty where the number is not known; if its values are names,"
                        + " declare it with --categorical\n");
    }

    @Test
    void refusedRowsAreNamedCountedAndPassedOver() throws IOException {
        Path file = csv(
                "refused.csv",
                HEADER,
                "1,2,3.5,0,1,tier_1,1",
                "1,2,3.5,0,1,Tier_1,1",
                "1,,200,0,1,tier_1,1",
                "1,2",
                "1,2,3.5,0,1,tier_1,1");
        Path out = folder.resolve("refused-scores.csv");
        String report = """
                3 of 5 rows were refused:
                  row 1: signal "country_tier": level "Tier_1" is not one of [tier_1, tier_2, tier_3]; did you mean "tier_1"?
                  row 2: signal "sessions_7d" is required by schema "streaming-signals" 1 but was not given; signal "content_hours_7d": 200 is out of range, allowed is 0 to 168 hours
                  row 3: line 5 has 2 cells where the header has 7
                """;

        Outcome lenient = Outcome.of("score --model", model, "--data", file, "--out", out);
        Outcome strict = Outcome.of("score --model", model, "--data", file, "--out", out, "--strict");

        assertThat(lenient.exitCode()).isZero();
        assertThat(lenient.err()).isEqualTo(report);
        assertThat(lenient.out()).endsWith("wrote " + out + ": 2 of 5 users scored\n");
        assertThat(strict).isEqualTo(new Outcome(1, lenient.out(), report));
        List<String> lines = Files.readAllLines(out);
        assertThat(lines).hasSize(6);
        assertThat(lines.get(2))
                .isEqualTo("1,,,,\"signal \"\"country_tier\"\": level \"\"Tier_1\"\" is not one of"
                        + " [tier_1, tier_2, tier_3]; did you mean \"\"tier_1\"\"?\"");
        assertThat(lines.get(4)).isEqualTo("3,,,,line 5 has 2 cells where the header has 7");
        assertThat(lines.get(5).replaceFirst("4", "0")).isEqualTo(lines.get(1));
    }

    @Test
    void aRefusedRowIsAFallback() throws IOException {
        Path file = csv("fallback.csv", HEADER, "1,2,3.5,0,1,Tier_1,1", "1,2,3.5,0,1,tier_1,1");
        Path out = folder.resolve("fallback.jsonl");

        Outcome outcome = Outcome.of("decide --model", model, "--policy", policy, "--data", file, "--out", out);

        assertThat(outcome.exitCode()).isZero();
        assertThat(outcome.out()).contains("  fallback: invalid_signals      1   50.0 %  show_default\n");
        assertThat(Files.readAllLines(out).get(0))
                .contains("\"violations\":[{\"signal\":\"country_tier\",\"kind\":\"unseen_level\",\"message\":"
                        + "\"signal \\\"country_tier\\\": level \\\"Tier_1\\\" is not one of"
                        + " [tier_1, tier_2, tier_3]; did you mean \\\"tier_1\\\"?\"}],"
                        + "\"outcome\":{\"kind\":\"fallback\",\"reason\":\"invalid_signals\","
                        + "\"action\":\"show_default\",");
    }

    @Test
    void aPolicyForAnotherModelIsPointedOut() throws IOException {
        Path other = Files.writeString(
                folder.resolve("other-policy.json"),
                Files.readString(policy).replace("{\"name\": \"users\"}", "{\"name\": \"visitors\"}"));

        Outcome outcome = Outcome.of(
                "decide --model", model, "--policy", other, "--data", users, "--out", folder.resolve("o.jsonl"));

        assertThat(outcome.exitCode()).isZero();
        assertThat(outcome.out()).contains("  fallback: other_model    300  100.0 %  show_default\n");
        assertThat(outcome.err())
                .isEqualTo(
                        "policy \"trial\" 4 is tuned for model \"visitors\", and this is model \"users\" with digest "
                                + ConversionModel.load(model).reference().digest()
                                + ": every user gets the fallback\n");
    }

    @Test
    void aModelWithAWrongDigestIsRefused() throws IOException {
        String digest = ConversionModel.load(model).reference().digest();
        String wrong = "sha256:" + "0".repeat(64);
        Path file = Files.writeString(
                folder.resolve("changed.json"), Files.readString(model).replace(digest, wrong));

        Outcome outcome = Outcome.of("score --model", file, "--data", users, "--out", folder.resolve("never.csv"));

        assertThat(outcome)
                .isEqualTo(refused("changed.json: /digest is " + wrong + "; the content has " + digest
                        + ": it was changed after it was sealed, or the file is damaged"));
    }

    @Test
    void everyProblemOfAPolicyIsListed() throws IOException {
        Path file = Files.writeString(folder.resolve("bad-policy.json"), """
                {
                  "format": "conversion-policy", "format_version": 1,
                  "name": "trial", "version": "4", "model": {"name": "users"},
                  "bands": [
                    {"segment": "low_intent", "from": 0.1, "action": "nothing"},
                    {"segment": "high_intent", "from": 0.7, "action": "offer_annual_plan"},
                    {"segment": "medium_intent", "from": 0.7, "action": "extend_trial"},
                    {"segment": "top_intent", "from": 1.5, "action": "call"}
                  ],
                  "fallback": {"action": "show_default"}
                }
                """);

        assertThat(Outcome.of("policy check", file)).isEqualTo(refused("""
                                bad-policy.json: 3 problems
                                  /bands/0/from is 0.1; band "low_intent" starts at 0.1; the first band starts at 0, so that every probability has a band
                                  /bands/2/from is 0.7; band "medium_intent" starts at 0.7, not above band "high_intent" at 0.7; list bands in ascending order
                                  /bands/3/from is 1.5; band "top_intent" starts at 1.5; a bound is a probability from 0 to 1"""));
    }

    private static Outcome train(Path data, Object... options) {
        return Outcome.with(options, "train --data", data, "--out", folder.resolve("never"));
    }

    private static Outcome score(Path data, Object... options) {
        return Outcome.with(options, "score --model", model, "--data", data, "--out", folder.resolve("scores.csv"));
    }

    private static Path csv(String name, String... lines) throws IOException {
        return Files.writeString(folder.resolve(name), String.join("\n", lines) + "\n");
    }

    private static Outcome refused(String message) {
        return new Outcome(1, "", message + "\n");
    }
}
