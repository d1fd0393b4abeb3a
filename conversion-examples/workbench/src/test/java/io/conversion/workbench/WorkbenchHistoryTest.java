package io.conversion.workbench;

import static org.assertj.core.api.Assertions.assertThat;

import io.conversion.core.ConversionModel;
import io.conversion.core.Shape;
import io.conversion.core.Signal;
import io.conversion.core.SignalSchema;
import io.conversion.policy.Band;
import io.conversion.policy.Comparison;
import io.conversion.policy.Condition;
import io.conversion.policy.Guardrail;
import io.conversion.policy.ModelRequirement;
import io.conversion.policy.Policy;
import io.conversion.policy.history.HistoryEntry;
import io.conversion.policy.history.PolicyHistory;
import io.conversion.policy.history.Publication;
import io.conversion.policy.history.StaleHistoryException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** Versions of a policy are published, shown, rolled back, pinned and taken out, as a product manager does it. */
class WorkbenchHistoryTest {

    @TempDir
    private Path folder;

    private Path history = Path.of("");

    @BeforeEach
    void startAHistory() throws IOException {
        history = Files.createDirectory(folder.resolve("history"));
    }

    @Test
    void aPublicationSaysWhatItChangesAndWhatIsInForce() throws IOException {
        Outcome first = publish(draft("1", 0.7), "2026-01-05");
        Outcome second = publish(draft("2", 0.5), "2026-01-06");
        Outcome scheduled = publish(effective("2026-02-01", "3", 0.6), "2026-01-07");

        assertThat(first).isEqualTo(new Outcome(0, """
                findings: none
                added 000001.json (publish) to %s
                policy "offers" 1 is the first version
                in force at 2026-01-05T00:00:00Z: policy "offers" 1, by 000001.json (publish)
                """.formatted(history), ""));
        assertThat(second).isEqualTo(new Outcome(0, """
                findings: none
                added 000002.json (publish) to %s
                from policy "offers" 1 to policy "offers" 2
                  probability 0.5 to below 0.7: action "wait" becomes "offer", segment "low" becomes "high"
                in force at 2026-01-06T00:00:00Z: policy "offers" 2, by 000002.json (publish)
                """.formatted(history), ""));
        assertThat(scheduled.out()).endsWith("""
                in force at 2026-01-07T00:00:00Z: policy "offers" 2, by 000002.json (publish)
                from 2026-02-01T00:00:00Z on: policy "offers" 3, by 000003.json (publish)
                """);
    }

    @Test
    void theMomentIsNowUnlessItIsGiven() throws IOException {
        Path file = draft("1", 0.7);
        Instant before = Instant.now();

        Outcome outcome =
                Outcome.of("policy", "publish", file, "--history", history, "--author", "ana", "--note", "First bands");

        assertThat(outcome.exitCode()).isZero();
        assertThat(PolicyHistory.load(history)
                        .head()
                        .orElseThrow()
                        .publication()
                        .moment())
                .isBetween(before.minusSeconds(1), Instant.now());
    }

    @Test
    void theHistoryIsShownWithWhatWasInForceWhen() throws IOException {
        String digest = publishThreeAndMore();

        assertThat(Outcome.of("policy", "log", "--history", history))
                .isEqualTo(new Outcome(0, """
                history of policy "offers", 6 entries:
                  entry  published             author  change                                   note
                      1  2026-01-05T00:00:00Z  ana     publish 1                                Because
                      2  2026-01-06T00:00:00Z  ana     publish 2                                Because
                      3  2026-01-07T00:00:00Z  ana     publish 3, from 2026-02-01T00:00:00Z on  Because
                      4  2026-01-08T00:00:00Z  ben     pin 1                                    Short of people
                      5  2026-01-09T00:00:00Z  ben     unpin                                    Back
                      6  2026-03-01T00:00:00Z  ben     roll back to 1 as 4                      Refunds
                in force:
                  from                  version  by
                  2026-01-05T00:00:00Z  1        000001.json (publish)
                  2026-01-06T00:00:00Z  2        000002.json (publish)
                  2026-01-08T00:00:00Z  1        000004.json (pin)
                  2026-01-09T00:00:00Z  2        000002.json (publish)
                  2026-02-01T00:00:00Z  3        000003.json (publish)
                  2026-03-01T00:00:00Z  4        000006.json (roll_back)
                digest of the last entry: %s
                """.formatted(digest), ""));
        assertThat(Outcome.of("policy", "log", "--history", history, "--changes")
                        .out())
                .contains("""
                from policy "offers" 1 to policy "offers" 2
                  probability 0.5 to below 0.7: action "wait" becomes "offer", segment "low" becomes "high"
                from policy "offers" 2 to policy "offers" 3
                """, """
                from policy "offers" 3 to policy "offers" 4
                """);
    }

    @Test
    void aHistoryWithoutAnEntrySaysSo() {
        assertThat(Outcome.of("policy", "log", "--history", history))
                .isEqualTo(new Outcome(0, history + " has no entry yet\n", ""));
        assertThat(Outcome.of("policy", "at", "--history", history, "--moment", "2026-01-01T00:00:00Z"))
                .isEqualTo(new Outcome(
                        1,
                        "",
                        history + ": no policy is in force at 2026-01-01T00:00:00Z; the history has no entry yet\n"));
    }

    @Test
    void aNoteOfSeveralLinesIsShownOnOne() throws IOException {
        PolicyHistory.load(history)
                .publish(
                        Policy.load(draft("1", 0.7)),
                        new Publication(Instant.parse("2026-01-05T00:00:00Z"), "ana", "First\n\tbands\u001b[31m "));

        assertThat(Outcome.of("policy", "log", "--history", history).out())
                .contains("  1  2026-01-05T00:00:00Z  ana     publish 1  First bands [31m\n");
    }

    @Test
    void rollBackPinAndUnpinSayWhatTheyChange() throws IOException {
        publish(draft("1", 0.7), "2026-01-05");
        publish(draft("2", 0.5), "2026-01-06");

        Outcome pin = change("pin", "2026-01-07", "1");
        Outcome unpin = change("unpin", "2026-01-08");
        Outcome rollback = change("rollback", "2026-01-09", "--to", "1", "--as", "3");

        String back = "  probability 0.5 to below 0.7: action \"offer\" becomes \"wait\", segment \"high\" becomes"
                + " \"low\"\n";
        assertThat(pin).isEqualTo(new Outcome(0, """
                added 000003.json (pin) to %s
                from policy "offers" 2 to policy "offers" 1
                %sin force at 2026-01-07T00:00:00Z: policy "offers" 1, by 000003.json (pin)
                """.formatted(history, back), ""));
        assertThat(unpin.out())
                .contains("from policy \"offers\" 1 to policy \"offers\" 2\n")
                .endsWith("in force at 2026-01-08T00:00:00Z: policy \"offers\" 2, by 000002.json (publish)\n");
        assertThat(rollback).isEqualTo(new Outcome(0, """
                added 000005.json (roll_back) to %s
                from policy "offers" 2 to policy "offers" 3
                %sin force at 2026-01-09T00:00:00Z: policy "offers" 3, by 000005.json (roll_back)
                """.formatted(history, back), ""));
    }

    @Test
    void theSessionOfTheDocumentationIsReal() throws IOException {
        Map<String, Path> files =
                Map.of("policies/offers", history, "first.json", draft("1", 0.7), "candidate.json", draft("2", 0.65));
        String page =
                Files.readString(Path.of(System.getProperty("basedir", ""), "..", "..", "docs", "policy-history.md"));
        String session =
                page.substring(page.indexOf("$ workbench "), page.indexOf("```", page.indexOf("$ workbench ")));

        StringBuilder real = new StringBuilder();
        for (String part : session.split("(?m)^\\$ workbench ", -1)) {
            Matcher command = Pattern.compile("(?:.*\\\\\n)*.*\n").matcher(part);
            if (command.lookingAt()) {
                Object[] words = Pattern.compile("\"([^\"]*)\"|[^\\s\\\\]+")
                        .matcher(command.group())
                        .results()
                        .map(word -> word.group(1) == null ? word.group() : word.group(1))
                        .map(word -> files.containsKey(word) ? files.get(word) : word)
                        .toArray();
                Outcome outcome = Outcome.of(words);
                assertThat(outcome.err()).isEmpty();
                real.append("$ workbench ").append(command.group());
                real.append(outcome.out().replace(history.toString(), "policies/offers"));
            }
        }

        assertThat(real).hasToString(session);
    }

    @Test
    void aPinOfWhatIsInForceChangesNothing() throws IOException {
        publish(effective("2026-02-01", "1", 0.7), "2026-01-05");

        Outcome early = change("pin", "2026-01-06", "1");
        Outcome again = change("pin", "2026-01-07", "1");

        assertThat(early.out()).isEqualTo("""
                added 000002.json (pin) to %s
                in force at 2026-01-06T00:00:00Z: policy "offers" 1, by 000002.json (pin)
                """.formatted(history));
        assertThat(again.out()).isEqualTo("""
                added 000003.json (pin) to %s
                in force at 2026-01-07T00:00:00Z: policy "offers" 1, by 000003.json (pin)
                """.formatted(history));
    }

    @Test
    void thePolicyInForceIsWrittenToAFile() throws IOException {
        publishThreeAndMore();
        Path out = folder.resolve("policy.json");

        Outcome outcome =
                Outcome.of("policy", "at", "--history", history, "--moment", "2026-01-08T12:00:00Z", "--out", out);

        Policy written = Policy.load(out);
        assertThat(outcome)
                .isEqualTo(new Outcome(0, """
                in force at 2026-01-08T12:00:00Z: policy "offers" 1, by 000004.json (pin)
                  digest     %s
                  published  2026-01-08T00:00:00Z
                  author     ben
                  note       Short of people
                from 2026-01-09T00:00:00Z on: policy "offers" 2, by 000002.json (publish)
                from 2026-02-01T00:00:00Z on: policy "offers" 3, by 000003.json (publish)
                from 2026-03-01T00:00:00Z on: policy "offers" 4, by 000006.json (roll_back)
                wrote %s
                """.formatted(written.reference().digest(), out), ""));
        assertThat(written.version()).isEqualTo("1");
    }

    @Test
    void beforeTheFirstVersionNoPolicyIsInForce() throws IOException {
        publish(draft("1", 0.7), "2026-01-05");
        Path out = folder.resolve("policy.json");

        Outcome outcome =
                Outcome.of("policy", "at", "--history", history, "--moment", "2026-01-04T23:59:59Z", "--out", out);

        assertThat(outcome)
                .isEqualTo(
                        new Outcome(
                                1,
                                "",
                                history + ": no policy is in force at 2026-01-04T23:59:59Z;"
                                        + " from 2026-01-05T00:00:00Z on it is policy \"offers\" 1, by 000001.json (publish)\n"));
        assertThat(out).doesNotExist();
    }

    @Test
    void nothingElseIsWrittenIntoAHistory() throws IOException {
        publish(draft("1", 0.7), "2026-01-05");
        Path inside = history.resolve("current.json");

        Outcome outcome = Outcome.of("policy", "at", "--history", history, "--out", inside);

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.err())
                .isEqualTo(inside + " lies in the history, which holds nothing but its entries; write to another"
                        + " folder\n");
        assertThat(files()).containsExactly("000001.json");
    }

    @Test
    void aPolicyWithAnErrorIsNotPublished() throws IOException {
        Path faulty = folder.resolve("faulty.json");
        Policy.load(draft("1", 0.7)).toBuilder("1")
                .guardrail(new Guardrail(
                        "never", new Condition.NumberIs("sessions", Comparison.ABOVE, 40), "wait", "too many"))
                .build()
                .save(faulty);
        Path model = folder.resolve("model.json");
        SignalSchema schema =
                SignalSchema.of("trial", "1", Signal.numeric("sessions").range(0, 40));
        ConversionModel.of("trial", "1", schema, 0, Map.of("sessions", new Shape.Linear(1, 0, 0)))
                .save(model);

        Outcome refused = publish(faulty, "2026-01-05", "--model", model);

        assertThat(refused)
                .isEqualTo(new Outcome(
                        1, """
                findings:
                  error contradiction at /guardrails/0/condition
                    guardrail "never" never decides: no valid signals satisfy "sessions" > 40; correct the condition or \
                remove the guardrail
                """, "policy \"offers\" 1 has 1 error and is not published; the findings say what to do\n"));
        assertThat(files()).isEmpty();
        assertThat(publish(draft("1", 0.7), "2026-01-05", "--model", model).exitCode())
                .isZero();
    }

    @Test
    void aDraftThatWasMadeFromAnOlderVersionIsRefused() throws IOException {
        Path first = draft("1", 0.7);
        Outcome early = publish(first, "2026-01-05", "--replaces", "0");
        publish(first, "2026-01-05");
        publish(draft("2", 0.6), "2026-01-06", "--replaces", "1");

        Outcome stale = publish(draft("3", 0.5), "2026-01-07", "--replaces", "1");

        String remedy = "; look at what changed with \"workbench policy log\", and make the change on top of it\n";
        assertThat(early)
                .isEqualTo(new Outcome(
                        1,
                        "",
                        "--replaces is \"0\", and the last version is none, since there is no entry yet" + remedy));
        assertThat(stale).isEqualTo(new Outcome(1, "", "--replaces is \"1\", and the last version is \"2\"" + remedy));
        assertThat(files()).containsExactly("000001.json", "000002.json");
    }

    /** Each thread is one process as far as the folder is concerned: it loads the history and adds to it. */
    @Test
    void ofSeveralWhoPublishAtOnceNobodyIsLost() throws Exception {
        int publishers = 4;
        List<Path> drafts = new ArrayList<>();
        for (int i = 0; i < publishers; i++) {
            drafts.add(draft("v" + i, 0.5 + i / 10.0));
        }
        CyclicBarrier start = new CyclicBarrier(publishers);
        ExecutorService threads = Executors.newFixedThreadPool(publishers);
        List<Future<Outcome>> tries = new ArrayList<>();
        for (Path draft : drafts) {
            tries.add(threads.submit(() -> {
                start.await();
                return publish(draft, "2026-01-05");
            }));
        }
        threads.shutdown();

        List<Outcome> outcomes = new ArrayList<>();
        for (Future<Outcome> tried : tries) {
            outcomes.add(tried.get());
        }

        List<Outcome> refused =
                outcomes.stream().filter(outcome -> outcome.exitCode() != 0).toList();
        assertThat(PolicyHistory.load(history).entries()).hasSize(publishers - refused.size());
        assertThat(refused).hasSizeLessThan(publishers).allSatisfy(outcome -> {
            assertThat(outcome.exitCode()).isEqualTo(1);
            assertThat(outcome.err())
                    .matches("\\Q" + history + "\\E: 00000\\d.json was added after this history was loaded; load the"
                            + " history again, look at what changed, and make the change on top of it\n");
        });
    }

    @Test
    void aChangeThatSomebodyElseWasAheadOfIsRefusedInput() throws IOException {
        PolicyHistory mine = PolicyHistory.load(history);
        publish(draft("1", 0.7), "2026-01-05");
        StringWriter err = new StringWriter();
        CommandLine command = new CommandLine(CommandSpec.create()).setErr(new PrintWriter(err, true));

        int exitCode = 0;
        try {
            mine.publish(
                    Policy.load(draft("2", 0.6)),
                    new Publication(Instant.parse("2026-01-05T00:00:00Z"), "ben", "Because"));
        } catch (StaleHistoryException e) {
            exitCode = Failures.execution(e, command, command.parseArgs());
        }

        assertThat(exitCode).isEqualTo(1);
        assertThat(err)
                .hasToString(history + ": 000001.json was added after this history was loaded; load the history"
                        + " again, look at what changed, and make the change on top of it\n");
    }

    @Test
    void aHistoryThatDoesNotHoldIsRefusedByEveryCommand() throws IOException {
        publish(draft("1", 0.7), "2026-01-05");
        publish(draft("2", 0.6), "2026-01-06");
        publish(draft("3", 0.5), "2026-01-07");
        Path other = Files.createDirectory(folder.resolve("other"));
        Files.copy(history.resolve("000001.json"), other.resolve("000001.json"));
        PolicyHistory.load(other)
                .publish(
                        Policy.load(draft("4", 0.4)),
                        new Publication(Instant.parse("2026-01-08T00:00:00Z"), "ben", "Because"))
                .publish(
                        Policy.load(draft("5", 0.3)),
                        new Publication(Instant.parse("2026-01-08T00:00:00Z"), "ben", "Because"));

        // Another history's entry, whose number does not fit, is a second head once it is given one.
        Path foreign = Files.writeString(history.resolve("notes.txt"), "to do");
        refusedByAll(foreign + ": the file is no entry of a policy history; its entries are named 000001.json,"
                + " 000002.json and so on: keep other files elsewhere\n");
        Files.delete(foreign);
        Path third = history.resolve("000003.json");
        Path moved = Files.move(third, folder.resolve("third.json"));
        Files.copy(other.resolve("000003.json"), third);
        refusedByAll(third + ": /predecessor is sha256:");
        Files.delete(third);
        Files.move(moved, third);
        Path second = history.resolve("000002.json");
        Files.delete(second);
        refusedByAll(second + ": the file is missing; the history goes on to 000003.json: restore the file\n");
    }

    private void refusedByAll(String message) throws IOException {
        Path file = draft("9", 0.9);
        for (Outcome outcome : List.of(
                publish(file, "2026-02-01"),
                change("rollback", "2026-02-01", "--to", "1", "--as", "9"),
                change("pin", "2026-02-01", "1"),
                change("unpin", "2026-02-01"),
                Outcome.of("policy", "log", "--history", history),
                Outcome.of("policy", "at", "--history", history))) {
            assertThat(outcome.exitCode()).isEqualTo(1);
            assertThat(outcome.out()).isEmpty();
            assertThat(outcome.err()).startsWith(message);
        }
    }

    @Test
    void changesThatDoNotFitAreRefused() throws IOException {
        publish(draft("1", 0.7), "2026-01-05");

        assertThat(publish(draft("1", 0.6), "2026-01-04").err())
                .isEqualTo(
                        history + " cannot have this entry: /published is 2026-01-04T00:00:00Z; 000001.json before it"
                                + " was published at 2026-01-05T00:00:00Z\n"
                                + "  /policy/version is \"1\"; 000001.json has that version already: give each its own\n");
        assertThat(change("rollback", "2026-01-06", "--to", "0", "--as", "2").err())
                .isEqualTo(history + " has no version \"0\" to roll back to; it has \"1\"\n");
        assertThat(change("pin", "2026-01-06", "2").err())
                .isEqualTo(history + " cannot have this entry: /pins is \"2\"; no entry before has that version\n");
        assertThat(change("unpin", "2026-01-06").err())
                .isEqualTo(history + " cannot have this entry: /kind is \"unpin\"; no version is pinned\n");
        assertThat(Outcome.of("policy", "unpin", "--history", history, "--author", " ", "--note", "Because"))
                .isEqualTo(new Outcome(
                        1,
                        "",
                        "the author \" \" is not valid; expected a text that is not blank, of at most 500 characters and"
                                + " without control characters\n"));
        assertThat(publish(draft("2", 0.6), "9999-01-01").err())
                .isEqualTo("--moment is 9999-01-01T00:00:00Z, which is in the future; a change is published when it is"
                        + " made, and the \"effective_from\" of a policy says from when on it applies\n");
        assertThat(files()).containsExactly("000001.json");
    }

    @Test
    void aFolderThatDoesNotExistIsNoHistory() {
        Path missing = folder.resolve("offers");

        assertThat(Outcome.of("policy", "log", "--history", missing))
                .isEqualTo(new Outcome(
                        1,
                        "",
                        "the folder " + missing
                                + " of a policy history does not exist; create it, empty, to start one\n"));
    }

    @ParameterizedTest
    @CsvSource(useHeadersInDisplayName = true, delimiter = '|', textBlock = """
                    LINE                                    | MESSAGE
                    publish p.json --author a --note n      | Missing required option: '--history=DIR'
                    publish --history h --author a --note n | Missing required parameter: 'FILE'
                    pin 1 --history h --note n              | Missing required option: '--author=NAME'
                    rollback --history h --author a --note n --to 1 | Missing required option: '--as=VERSION'
                    at --history h --moment today           | Invalid value for option '--moment': "today" is not a moment in UTC such as 2026-11-22T09:30:00Z
                    at --history h --moment 2026-01-05T00:00:00+01:00 | Invalid value for option '--moment': "2026-01-05T00:00:00+01:00" is not a moment in UTC such as 2026-11-22T09:30:00Z
                    """)
    void aWrongOptionIsAUsageError(String line, String message) {
        Outcome outcome = Outcome.of(Stream.concat(Stream.of("policy"), Arrays.stream(line.split(" ")))
                .toArray());

        assertThat(outcome.exitCode()).isEqualTo(2);
        assertThat(outcome.err()).startsWith(message + "\n");
    }

    /** Versions 1 to 3, of which the last is effective in February; a pin and its end; a roll back in March. */
    private String publishThreeAndMore() throws IOException {
        publish(draft("1", 0.7), "2026-01-05");
        publish(draft("2", 0.5), "2026-01-06");
        publish(effective("2026-02-01", "3", 0.6), "2026-01-07");
        PolicyHistory.load(history)
                .pin("1", new Publication(Instant.parse("2026-01-08T00:00:00Z"), "ben", "Short of people"))
                .unpin(new Publication(Instant.parse("2026-01-09T00:00:00Z"), "ben", "Back"))
                .rollBack("1", "4", new Publication(Instant.parse("2026-03-01T00:00:00Z"), "ben", "Refunds"));
        return PolicyHistory.load(history).head().map(HistoryEntry::digest).orElseThrow();
    }

    private Outcome publish(Path file, String day, Object... more) {
        return change(
                "publish",
                day,
                Stream.concat(Stream.of(file), Arrays.stream(more)).toArray());
    }

    private Outcome change(String command, String day, Object... more) {
        List<Object> line = new ArrayList<>(List.of("policy", command));
        line.addAll(Arrays.asList(more));
        line.addAll(List.of("--history", history, "--author", "ana", "--note", "Because"));
        line.addAll(List.of("--moment", day + "T00:00:00Z"));
        return Outcome.of(line.toArray());
    }

    private Path draft(String version, double bound) throws IOException {
        return save(policy(version, bound));
    }

    private Path effective(String day, String version, double bound) throws IOException {
        return save(policy(version, bound).toBuilder(version)
                .effectiveFrom(Instant.parse(day + "T00:00:00Z"))
                .build());
    }

    private Path save(Policy policy) throws IOException {
        Path file = folder.resolve("draft-" + policy.version() + ".json");
        policy.save(file);
        return file;
    }

    private static Policy policy(String version, double bound) {
        return Policy.of(
                "offers",
                version,
                ModelRequirement.named("trial"),
                List.of(Band.of("low", 0, "wait"), Band.of("high", bound, "offer")),
                "nothing");
    }

    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(history)) {
            return files.map(file -> String.valueOf(file.getFileName()))
                    .sorted()
                    .toList();
        }
    }
}
