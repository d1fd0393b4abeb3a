package io.conversion.policy.history;

import static io.conversion.policy.history.Histories.effective;
import static io.conversion.policy.history.Histories.moment;
import static io.conversion.policy.history.Histories.on;
import static io.conversion.policy.history.Histories.policy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.conversion.policy.Policy;
import io.conversion.policy.history.PolicyChange.Pin;
import io.conversion.policy.history.PolicyChange.RollBack;
import io.conversion.policy.history.PolicyChange.Unpin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolicyHistoryTest {

    @TempDir
    private Path folder;

    @Test
    void emptyFolderIsAHistoryWithoutEntries() throws IOException {
        PolicyHistory history = PolicyHistory.load(folder);

        assertThat(history.entries()).isEmpty();
        assertThat(history.head()).isEmpty();
        assertThat(history.at(moment("2026-01-01"))).isEmpty();
        assertThat(history).hasToString(folder + " (0 entries)");
    }

    @Test
    void folderThatDoesNotExistIsNoHistory() {
        Path missing = folder.resolve("offers");

        assertThatIOException()
                .isThrownBy(() -> PolicyHistory.load(missing))
                .withMessage("the folder " + missing
                        + " of a policy history does not exist; create it, empty, to start one");
    }

    @Test
    void everyChangeIsAFileThatPointsToTheOneBefore() throws IOException {
        PolicyHistory history = PolicyHistory.load(folder)
                .publish(policy("1", 0.7), on("2026-01-05"))
                .publish(policy("2", 0.6), on("2026-01-06"))
                .rollBack("1", "3", on("2026-01-07"))
                .pin("2", on("2026-01-08"))
                .unpin(on("2026-01-09"));

        PolicyHistory loaded = PolicyHistory.load(folder);
        List<HistoryEntry> entries = loaded.entries();

        assertThat(files()).containsExactly("000001.json", "000002.json", "000003.json", "000004.json", "000005.json");
        assertThat(entries)
                .extracting(HistoryEntry::toString)
                .containsExactly(
                        "000001.json (publish)",
                        "000002.json (publish)",
                        "000003.json (roll_back)",
                        "000004.json (pin)",
                        "000005.json (unpin)");
        assertThat(entries)
                .extracting(HistoryEntry::digest)
                .isEqualTo(history.entries().stream().map(HistoryEntry::digest).toList());
        assertThat(entries.get(0).predecessor()).isEmpty();
        for (int i = 1; i < entries.size(); i++) {
            assertThat(entries.get(i).predecessor()).contains(entries.get(i - 1).digest());
        }
        assertThat(entries.get(3).change()).isEqualTo(new Pin("2"));
        assertThat(entries.get(4).change()).isEqualTo(new Unpin());
        assertThat(entries.get(4).publication()).isEqualTo(on("2026-01-09"));
        assertThat(loaded.head()).contains(entries.get(4));
    }

    @Test
    void rollBackIsANewVersionWithTheContentOfAnEarlierOne() throws IOException {
        Policy first = policy("1", 0.7);

        PolicyHistory history = PolicyHistory.load(folder)
                .publish(first, on("2026-01-05"))
                .publish(policy("2", 0.6), on("2026-01-06"))
                .rollBack("1", "3", on("2026-01-07"));

        assertThat(history.entries().get(2).change()).isInstanceOfSatisfying(RollBack.class, change -> {
            assertThat(change.restores()).isEqualTo("1");
            assertThat(change.policy().version()).isEqualTo("3");
            assertThat(change.policy().bands()).isEqualTo(first.bands());
        });
        assertThat(inForce(history, "2026-01-07")).contains("3");
        assertThat(history.version("3").map(Policy::bands)).contains(first.bands());
        assertThat(history.version("4")).isEmpty();
    }

    /** Version 2 is published early, 3 takes its place before it is effective, 4 is a roll back and 5 comes too late. */
    @ParameterizedTest
    @CsvSource(useHeadersInDisplayName = true, textBlock = """
                    moment,           version
                    2026-01-04T23:59, ''
                    2026-01-05,       1
                    2026-01-19T23:59, 1
                    2026-01-20,       3
                    2026-01-31T23:59, 3
                    2026-02-01,       4
                    2026-02-10,       4
                    2026-02-11,       5
                    2027-01-01,       5
                    """)
    void lastVersionThatIsEffectiveIsInForce(String moment, String version) throws IOException {
        PolicyHistory history = PolicyHistory.load(folder)
                .publish(policy("1", 0.7), on("2026-01-05"))
                .publish(effective("2026-02-05", policy("2", 0.6)), on("2026-01-10"))
                .publish(effective("2026-01-20", policy("3", 0.5)), on("2026-01-15"))
                .rollBack("1", "4", on("2026-02-01"))
                .publish(effective("2026-02-07", policy("5", 0.4)), on("2026-02-11"));

        assertThat(inForce(history, moment).orElse("")).isEqualTo(version);
        assertThat(inForce(PolicyHistory.load(folder), moment).orElse("")).isEqualTo(version);
    }

    @ParameterizedTest
    @CsvSource(useHeadersInDisplayName = true, textBlock = """
                    moment,           version
                    2026-01-06,       2
                    2026-01-06T23:59, 2
                    2026-01-07,       1
                    2026-01-08,       1
                    2026-01-09,       2
                    2026-01-10,       3
                    """)
    void pinHoldsAVersionUntilItIsReplacedOrTakenAway(String moment, String version) throws IOException {
        PolicyHistory history = PolicyHistory.load(folder)
                .publish(policy("1", 0.7), on("2026-01-05"))
                .publish(policy("2", 0.6), on("2026-01-06"))
                .pin("1", on("2026-01-07"))
                .publish(policy("3", 0.5), on("2026-01-08"))
                .pin("2", on("2026-01-09"))
                .unpin(on("2026-01-10"));

        assertThat(inForce(history, moment)).contains(version);
    }

    @ParameterizedTest
    @CsvSource(useHeadersInDisplayName = true, textBlock = """
                    moment,           entry
                    2026-01-04T23:59, ''
                    2026-01-05,       000001.json (publish)
                    2026-01-06,       000002.json (pin)
                    2026-01-07,       000002.json (pin)
                    2026-01-08,       000003.json (publish)
                    2026-01-09,       000005.json (roll_back)
                    """)
    void entryThatPinnedOrAddedThePolicyInForceIsTold(String moment, String entry) throws IOException {
        PolicyHistory history = PolicyHistory.load(folder)
                .publish(policy("1", 0.7), on("2026-01-05"))
                .pin("1", on("2026-01-06"))
                .publish(policy("2", 0.6), on("2026-01-07"))
                .unpin(on("2026-01-08"))
                .rollBack("1", "3", on("2026-01-09"));

        assertThat(history.entryAt(moment(moment)).map(HistoryEntry::toString).orElse(""))
                .isEqualTo(entry);
    }

    @Test
    void staleChangeIsRefusedAndLeavesNothing() throws IOException {
        PolicyHistory both = PolicyHistory.load(folder).publish(policy("1", 0.7), on("2026-01-05"));
        PolicyHistory mine = PolicyHistory.load(folder);
        both.publish(policy("2", 0.6), on("2026-01-06"));

        assertThatExceptionOfType(StaleHistoryException.class)
                .isThrownBy(() -> mine.publish(policy("2", 0.5), on("2026-01-06")))
                .withMessage(
                        "%s: 000002.json was added after this history was loaded; load the history again, look at what"
                                + " changed, and make the change on top of it",
                        folder)
                .satisfies(stale -> assertThat(stale.folder()).isEqualTo(folder.toString()))
                .satisfies(stale -> assertThat(stale.basedOn()).isEqualTo(1));
        assertThatExceptionOfType(StaleHistoryException.class)
                .isThrownBy(() -> mine.rollBack("2", "3", on("2026-01-06")));
        assertThatExceptionOfType(StaleHistoryException.class).isThrownBy(() -> mine.unpin(on("2026-01-06")));
        assertThat(files()).containsExactly("000001.json", "000002.json");
        assertThat(inForce(PolicyHistory.load(folder), "2026-01-07")).contains("2");
    }

    @Test
    void firstEntryOfTwoIsKept() throws IOException {
        PolicyHistory mine = PolicyHistory.load(folder);
        PolicyHistory.load(folder).publish(policy("1", 0.7), on("2026-01-05"));

        assertThatExceptionOfType(StaleHistoryException.class)
                .isThrownBy(() -> mine.publish(policy("1", 0.6), on("2026-01-05")))
                .satisfies(stale -> assertThat(stale.basedOn()).isZero());
        // What happens if the other entry is added after the check.
        HistoryEntry late = new HistoryEntry(1, null, new PolicyChange.Publish(policy("1", 0.6)), on("2026-01-05"));
        assertThatExceptionOfType(StaleHistoryException.class)
                .isThrownBy(() -> new HistoryFolder(folder).create(late))
                .withMessageStartingWith(folder + ": 000001.json was added after this history was loaded; ");

        assertThat(files()).containsExactly("000001.json");
        assertThat(PolicyHistory.load(folder).version("1").map(Policy::reference))
                .contains(policy("1", 0.7).reference());
    }

    @Test
    void changeOnTopOfAReplacedHeadIsStale() throws IOException {
        PolicyHistory mine = PolicyHistory.load(folder).publish(policy("1", 0.7), on("2026-01-05"));
        Files.delete(folder.resolve("000001.json"));
        String message = folder + ": 000001.json is not the entry any more that this history was loaded with; load the"
                + " history again, look at what changed, and make the change on top of it";

        assertThatExceptionOfType(StaleHistoryException.class)
                .isThrownBy(() -> mine.publish(policy("2", 0.5), on("2026-01-06")))
                .withMessage(message);
        PolicyHistory.load(folder).publish(policy("1", 0.6), on("2026-01-05"));
        assertThatExceptionOfType(StaleHistoryException.class)
                .isThrownBy(() -> mine.publish(policy("2", 0.5), on("2026-01-06")))
                .withMessage(message);
    }

    @Test
    void changeThatDoesNotFitIsRefusedWithEveryProblem() throws IOException {
        PolicyHistory history = PolicyHistory.load(folder).publish(policy("1", 0.7), on("2026-01-05"));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> history.publish(policy("prices", "1", 0.5), on("2026-01-04")))
                .withMessage("""
                        %s cannot have this entry: /published is 2026-01-04T00:00:00Z; 000001.json before it was published at 2026-01-05T00:00:00Z
                          /policy/version is "1"; 000001.json has that version already: give each its own
                          /policy/name is "prices"; this is the history of policy "offers": keep each policy in a folder of its own""", folder);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> history.rollBack("9", "2", on("2026-01-06")))
                .withMessage(folder + " has no version \"9\" to roll back to; it has \"1\"");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> history.rollBack("1", "1", on("2026-01-06")))
                .withMessage(folder + " cannot have this entry: /policy/version is \"1\"; 000001.json has that version"
                        + " already: give each its own");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> history.pin("9", on("2026-01-06")))
                .withMessage(folder + " cannot have this entry: /pins is \"9\"; no entry before has that version");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> history.unpin(on("2026-01-06")))
                .withMessage(folder + " cannot have this entry: /kind is \"unpin\"; no version is pinned");
        assertThat(files()).containsExactly("000001.json");
    }

    @Test
    void publicationSaysWhoAndWhy() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Publication(moment("2026-01-05"), " ", "A note"))
                .withMessage("the author \" \" is not valid; expected a text that is not blank, of at most 500"
                        + " characters and without control characters");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Publication(moment("2026-01-05"), "ana", "\n"))
                .withMessage("the note \"\\u000a\" is not valid; expected a text that is not blank, of at most 10000"
                        + " characters");
    }

    private static Optional<String> inForce(PolicyHistory history, String moment) {
        return history.at(moment(moment)).map(Policy::version);
    }

    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> String.valueOf(file.getFileName()))
                    .sorted()
                    .toList();
        }
    }
}
