package io.conversion.workbench;

import static org.assertj.core.api.Assertions.assertThat;

import io.conversion.core.ConversionModel;
import io.conversion.core.shapes.Shape;
import io.conversion.core.signals.Signal;
import io.conversion.core.signals.SignalSchema;
import io.conversion.policy.Comparison;
import io.conversion.policy.Condition;
import io.conversion.policy.Guardrail;
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
import java.util.List;
import java.util.Map;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** What must not enter a history, and histories that are not whole. */
class WorkbenchHistoryRefusalTest extends HistoryBench {

    @Test
    void beforeTheFirstVersionNoPolicyIsInForce() throws IOException {
        publish(draft("1", 0.7), "2026-01-05");
        Path out = folder.resolve("policy.json");

        Outcome outcome = Outcome.of("policy at --history", history, "--moment", "2026-01-04T23:59:59Z", "--out", out);

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

        Outcome outcome = Outcome.of("policy at --history", history, "--out", inside);

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
    void aHistoryThatIsNotWholeIsRefusedByEveryCommand() throws IOException {
        publish(draft("1", 0.7), "2026-01-05");
        publish(draft("2", 0.6), "2026-01-06");
        publish(draft("3", 0.5), "2026-01-07");
        List<HistoryEntry> entries = PolicyHistory.load(history).entries();
        Path second = history.resolve("000002.json");
        Path third = history.resolve("000003.json");
        String text = Files.readString(third);

        Path foreign = Files.writeString(history.resolve("notes.txt"), "to do");
        refusedByAll(foreign + ": the file is no entry of a policy history; its entries are named 000001.json,"
                + " 000002.json and so on: keep other files elsewhere\n");
        Files.delete(foreign);

        forge(third, text.replace(entries.get(1).digest(), entries.get(0).digest()));
        refusedByAll(third + ": /predecessor is " + entries.get(0).digest()
                + "; that is 000001.json, which 000002.json follows already, so that the history has two heads: make"
                + " this change again on top of 000002.json\n");

        forge(third, text.replace("  \"predecessor\": \"" + entries.get(1).digest() + "\",\n", ""));
        refusedByAll(third + ": /predecessor is missing; 000002.json has "
                + entries.get(1).digest() + ": an entry before was replaced, or this one is of another history\n");

        Files.writeString(third, text);
        Files.delete(second);
        refusedByAll(second + ": the file is missing; the history goes on to 000003.json: restore the file\n");
    }

    /** Writes an entry with the digest of its content, which the refusal of another one tells. */
    private void forge(Path entry, String text) throws IOException {
        Files.writeString(entry, text);
        Matcher digests = Pattern.compile("/digest is (\\S+); the content has (\\S+): ")
                .matcher(Outcome.of("policy log --history", history).err());
        assertThat(digests.find()).isTrue();
        Files.writeString(entry, text.replace(digests.group(1), digests.group(2)));
    }

    private void refusedByAll(String message) throws IOException {
        Path file = draft("9", 0.9);
        for (Outcome outcome : List.of(
                publish(file, "2026-02-01"),
                change("rollback", "2026-02-01", "--to", "1", "--as", "9"),
                change("pin", "2026-02-01", "1"),
                change("unpin", "2026-02-01"),
                Outcome.of("policy log --history", history),
                Outcome.of("policy at --history", history))) {
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
        assertThat(Outcome.of("policy unpin --history", history, "--author", " ", "--note", "Because"))
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

        assertThat(Outcome.of("policy log --history", missing))
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
        Outcome outcome = Outcome.of("policy " + line);

        assertThat(outcome.exitCode()).isEqualTo(2);
        assertThat(outcome.err()).startsWith(message + "\n");
    }
}
