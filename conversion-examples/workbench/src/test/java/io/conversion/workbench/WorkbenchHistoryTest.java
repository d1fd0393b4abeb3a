package io.conversion.workbench;

import static org.assertj.core.api.Assertions.assertThat;

import io.conversion.policy.Policy;
import io.conversion.policy.history.HistoryEntry;
import io.conversion.policy.history.PolicyHistory;
import io.conversion.policy.history.Publication;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Versions of a policy are published, shown, rolled back, pinned and taken out, as a product manager does it. */
class WorkbenchHistoryTest extends HistoryBench {

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
                Outcome.of("policy publish", file, "--history", history, "--author", "ana", "--note", "First bands");

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

        assertThat(Outcome.of("policy log --history", history)).isEqualTo(new Outcome(0, """
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
        assertThat(Outcome.of("policy log --history", history, "--changes").out())
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
        assertThat(Outcome.of("policy log --history", history))
                .isEqualTo(new Outcome(0, history + " has no entry yet\n", ""));
        assertThat(Outcome.of("policy at --history", history, "--moment", "2026-01-01T00:00:00Z"))
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

        assertThat(Outcome.of("policy log --history", history).out())
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
                Outcome outcome = Outcome.of("", words);
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

        Outcome outcome = Outcome.of("policy at --history", history, "--moment", "2026-01-08T12:00:00Z", "--out", out);

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
}
