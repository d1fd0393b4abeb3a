package io.conversion.policy.history;

import static io.conversion.policy.history.Histories.effective;
import static io.conversion.policy.history.Histories.on;
import static io.conversion.policy.history.Histories.policy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.conversion.core.artifact.InvalidArtifactException;
import io.conversion.core.artifact.InvalidArtifactException.Problem;
import io.conversion.core.json.JsonDocument;
import io.conversion.policy.history.PolicyChange.Pin;
import io.conversion.policy.history.PolicyChange.Publish;
import io.conversion.policy.history.PolicyChange.RollBack;
import io.conversion.policy.history.PolicyChange.Unpin;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a folder may hold, and what is refused with file and JSON pointer. */
class HistoryFileTest {

    @TempDir
    private Path folder;

    /** Three entries: versions 1 and 2, and a pin. */
    private List<HistoryEntry> entries = List.of();

    @BeforeEach
    void publish() throws IOException {
        entries = PolicyHistory.load(folder)
                .publish(policy("1", 0.7), on("2026-01-05"))
                .publish(effective("2026-02-01", policy("2", 0.6)), on("2026-01-06"))
                .pin("1", on("2026-01-07"))
                .entries();
    }

    /** The digests come from another implementation, {@code history-digests.py} beside the files. */
    @Test
    void goldenHistoryOfFormatOneIsReadAndWrittenAgain() throws IOException, URISyntaxException {
        Path golden = Path.of(Objects.requireNonNull(HistoryFileTest.class.getResource("history-format-1"))
                .toURI());

        PolicyHistory history = PolicyHistory.load(golden);

        assertThat(history.entries())
                .extracting(HistoryEntry::digest)
                .containsExactly(
                        "sha256:01197884cd8a1f8a5f99bdd4d37ccce4591306a7506650978471caa012cfcbc2",
                        "sha256:00618a549b871d8e21c1c8c5b2805f235a417c90106011aa6ed26a7794fcc512",
                        "sha256:4ce15d6f933b72034393ff1234c22788e6c4377fae7c7485fa7c3e213eb1e67c",
                        "sha256:509b92c5918b5f9e5a1d776eb6992f0ec436acc394049490eee0aeec88a12c3d",
                        "sha256:5736a3d226b3a337a65c6c1f6aff442ec17c51b22ddb91e617954cbb6a804f2c");
        for (HistoryEntry entry : history.entries()) {
            assertThat(HistoryFormat.text(entry))
                    .isEqualTo(Files.readString(golden.resolve(HistoryFolder.nameOf(entry.sequence()))));
        }
    }

    @Test
    void missingEntryIsNamed() throws IOException {
        Files.delete(file(2));

        refused(2, "the file is missing; the history goes on to 000003.json: restore the file");
    }

    @ParameterizedTest
    @ValueSource(strings = {"notes.txt", "000004.txt", "4.json", "0000004.json", "000000.json", "000004.json.orig"})
    void foreignFileIsNamed(String name) throws IOException {
        Files.copy(file(3), folder.resolve(name));

        assertThatExceptionOfType(InvalidArtifactException.class)
                .isThrownBy(() -> PolicyHistory.load(folder))
                .withMessage(folder.resolve(name) + ": the file is no entry of a policy history; its entries are named"
                        + " 000001.json, 000002.json and so on: keep other files elsewhere");
    }

    @Test
    void leftoversAndFilesOfOtherToolsAreNoFault() throws IOException {
        Files.writeString(folder.resolve(".3a5e.part"), "{\"format\": \"conv");
        Files.writeString(folder.resolve(".gitattributes"), "*.json text");

        assertThat(PolicyHistory.load(folder).entries()).hasSize(3);
    }

    @Test
    void everyCutEntryIsRefused() throws IOException {
        byte[] complete = Files.readAllBytes(file(3));
        List<HistoryEntry> before = entries.subList(0, 2);

        for (int length = 0; length < complete.length; length++) {
            byte[] cut = Arrays.copyOf(complete, length);

            assertThatThrownBy(() -> JsonDocument.read(cut, "cut.json", json -> HistoryFormat.read(json, before)))
                    .as("the first %d of %d bytes", length, complete.length)
                    .isInstanceOf(InvalidArtifactException.class);
        }
    }

    @Test
    void cutEntryIsNamed() throws IOException {
        String complete = Files.readString(file(3));
        Files.writeString(file(3), complete.substring(0, complete.length() - 1));

        refused(3, "the file is cut off at line 12, column 1; the file is not complete: write or copy it again");
    }

    /** A process can be killed after some bytes of the part, and before or after the part has got its name. */
    @Test
    void historyLoadsWhereverAPublicationIsCutOff() throws IOException {
        byte[] complete = Files.readAllBytes(file(3));
        Path part = folder.resolve(".0f9619ff-8b86-4f4c-b5a6-0d4b1e3f0c11.part");
        Files.delete(file(3));

        for (int length : List.of(0, complete.length / 2, complete.length)) {
            Files.write(part, Arrays.copyOf(complete, length));

            assertThat(PolicyHistory.load(folder).entries()).hasSize(2);
        }
        Files.createLink(file(3), part);
        assertThat(PolicyHistory.load(folder).entries()).hasSize(3);
    }

    @ParameterizedTest
    @CsvSource(useHeadersInDisplayName = true, delimiter = '|', quoteCharacter = '\'', textBlock = """
                    entry | fragment                | replacement
                    1     | '"ana"'                 | '"bob"'
                    1     | Change                  | Changed
                    2     | 2026-01-06              | 2026-01-05
                    3     | '"pins": "1"'           | '"pins": "2"'
                    """)
    void editedEntryIsRefusedWithBothDigests(int entry, String fragment, String replacement) throws IOException {
        edit(entry, fragment, replacement);

        assertThatExceptionOfType(InvalidArtifactException.class)
                .isThrownBy(() -> PolicyHistory.load(folder))
                .withMessageStartingWith(
                        "%s: /digest is %s; the content has sha256:",
                        file(entry), entries.get(entry - 1).digest())
                .withMessageEndingWith(": it was changed after it was sealed, or the file is damaged");
    }

    @ParameterizedTest
    @CsvSource(useHeadersInDisplayName = true, delimiter = '|', quoteCharacter = '\'', textBlock = """
                    fragment              | replacement            | message
                    '"kind": "publish"'   | '"kind": "delete"'     | /kind is "delete"; expected one of publish, roll_back, pin, unpin
                    '"ana"'               | '" "'                  | /author is blank; expected a text
                    '"ana"'               | '"a\\u0007"'           | /author is "a\\u0007"; expected a text that is not blank, of at most 500 characters and without control characters
                    Change the bound      | ''                     | /note is blank; expected a text
                    2026-01-06T00         | 2026-01-36T00          | /published is "2026-01-36T00:00:00Z"; expected a moment in UTC such as "2026-11-22T09:30:00Z"
                    '"sequence": 2'       | '"sequence": 3'        | /sequence is 3; the name of the file says 2
                    '"sequence": 2'       | '"sequence": 2, "x": 1' | /x is not a known field; known here are format, format_version, sequence, predecessor, kind, policy, published, author, note, digest, signature
                    '"from": 0.6'         | '"from": 1.6'          | /policy/bands/1/from is 1.6; band "high" starts at 1.6; a bound is a probability from 0 to 1
                    '"from": 0.6'         | '"from": null'         | /policy/bands/1/from is null; leave the field out or give a value
                    policy-history        | policies               | /format is "conversion-policies"; expected "conversion-policy-history"
                    '"sequence"'          | '"effect": 1, "sequence"' | /effect is not a known field; known here are format, format_version, sequence, predecessor, kind, policy, published, author, note, digest, signature
                    """)
    void faultOfAnEntryIsNamedByItsPointer(String fragment, String replacement, String message) throws IOException {
        edit(2, fragment, replacement);

        refused(2, message);
    }

    @Test
    void editedPolicyIsRefusedByItsOwnDigest() throws IOException {
        edit(2, "\"from\": 0.6", "\"from\": 0.61");

        refused(
                2,
                "/policy/digest is " + edited(0.6) + "; the content has "
                        + edited(0.61)
                        + ": it was changed after it was sealed, or the file is damaged");
    }

    @Test
    void newerFormatIsNotLookedAt() throws IOException {
        Files.writeString(
                file(4), "{\"format\": \"conversion-policy-history\", \"format_version\": 2, \"merged_from\": []}");

        refused(4, "/format_version is 2; this release reads versions up to 1: use a newer release of the library");
    }

    @Test
    void entryWithoutDigestIsNoEntry() throws IOException {
        edit(3, ",\n  \"digest\": \"" + entries.get(2).digest() + "\"", "");

        refused(3, "/digest is missing; expected sha256: and 64 hexadecimal digits");
    }

    @Test
    void missingPredecessorIsNamed() throws IOException {
        forge(4, null, new Unpin(), on("2026-01-08"));

        refused(
                4,
                "/predecessor is missing; 000003.json has " + entries.get(2).digest()
                        + ": an entry before was replaced, or this one is of another history");
    }

    @Test
    void predecessorOfTheFirstEntryIsRefused() throws IOException {
        forge(1, entries.get(2).digest(), entries.get(0).change(), on("2026-01-05"));

        refused(1, "/predecessor is " + entries.get(2).digest() + "; the first entry has none");
    }

    @Test
    void secondHeadIsNamed() throws IOException {
        forge(4, entries.get(1).digest(), new Publish(policy("3", 0.5)), on("2026-01-08"));

        refused(
                4,
                "/predecessor is " + entries.get(1).digest()
                        + "; that is 000002.json, which 000003.json follows already, so that the history has two heads:"
                        + " make this change again on top of 000003.json");
    }

    @Test
    void replacedEntryBreaksTheChain() throws IOException {
        forge(2, entries.get(0).digest(), new Publish(policy("2", 0.5)), on("2026-01-06"));

        refused(
                3,
                "/predecessor is " + entries.get(1).digest() + "; 000002.json has " + read(2).digest()
                        + ": an entry before was replaced, or this one is of another history");
    }

    @Test
    void copyOfAnEntryUnderAnotherNameIsRefused() throws IOException {
        Files.copy(file(3), file(4));

        refused(4, "/sequence is 3; the name of the file says 4");
    }

    @Test
    void versionThatIsTakenIsNamed() throws IOException {
        follow(new Publish(policy("1", 0.5)));

        refused(4, "/policy/version is \"1\"; 000001.json has that version already: give each its own");
    }

    @Test
    void policyOfAnotherNameIsRefused() throws IOException {
        follow(new Publish(policy("prices", "3", 0.5)));

        refused(
                4,
                "/policy/name is \"prices\"; this is the history of policy \"offers\": keep each policy in a folder of"
                        + " its own");
    }

    @Test
    void rollBackToOtherContentIsRefused() throws IOException {
        follow(new RollBack("1", policy("3", 0.6)));

        refused(4, "/policy is not the content of version \"1\"; a roll back changes nothing but the version");
    }

    @Test
    void rollBackToNothingIsRefused() throws IOException {
        follow(new RollBack("3", policy("3", 0.6)));

        refused(4, "/restores is \"3\"; no entry before has that version");
    }

    @Test
    void pinOfNothingIsRefused() throws IOException {
        follow(new Pin("3"));

        refused(4, "/pins is \"3\"; no entry before has that version");
    }

    @Test
    void momentBeforeThePredecessorIsRefused() throws IOException {
        forge(4, entries.get(2).digest(), new Unpin(), on("2026-01-06T23:59"));

        refused(4, "/published is 2026-01-06T23:59:00Z; 000003.json before it was published at 2026-01-07T00:00:00Z");
    }

    @Test
    void problemsCarryTheirFacts() throws IOException {
        follow(new Pin("3"));

        assertThatExceptionOfType(InvalidArtifactException.class)
                .isThrownBy(() -> PolicyHistory.load(folder))
                .satisfies(refusal -> assertThat(refusal.source()).isEqualTo(file(4).toString()))
                .satisfies(refusal -> assertThat(refusal.problems())
                        .containsExactly(new Problem("/pins", "\"3\"", "no entry before has that version")));
    }

    @Test
    void orderOfFieldsAndWhiteSpaceDoNotMatter() throws IOException {
        String text = Files.readString(file(3));
        String digest = "\"digest\": \"" + entries.get(2).digest() + "\"";
        String moved = text.replace(",\n  " + digest, "").replace("{\n", "{" + digest + ",\r\n") + "\n";
        Files.writeString(file(3), moved, StandardCharsets.UTF_8);

        assertThat(PolicyHistory.load(folder).head().map(HistoryEntry::digest))
                .contains(entries.get(2).digest());
    }

    private static String edited(double bound) {
        return effective("2026-02-01", policy("2", bound)).reference().digest();
    }

    private void refused(int sequence, String message) {
        assertThatExceptionOfType(InvalidArtifactException.class)
                .isThrownBy(() -> PolicyHistory.load(folder))
                .withMessage("%s: %s", file(sequence), message);
    }

    private void follow(PolicyChange change) throws IOException {
        forge(4, entries.get(2).digest(), change, on("2026-01-08"));
    }

    /** Writes an entry that the library would not write, with the right digest. */
    private void forge(int sequence, @Nullable String predecessor, PolicyChange change, Publication publication)
            throws IOException {
        HistoryEntry entry = new HistoryEntry(sequence, predecessor, change, publication);
        Files.writeString(file(sequence), HistoryFormat.text(entry));
    }

    private HistoryEntry read(int sequence) throws IOException {
        Path before = Files.createDirectory(folder.resolve(".before"));
        for (int i = 1; i <= sequence; i++) {
            Files.copy(file(i), before.resolve(HistoryFolder.nameOf(i)), StandardCopyOption.REPLACE_EXISTING);
        }
        return PolicyHistory.load(before).head().orElseThrow();
    }

    private void edit(int sequence, String fragment, String replacement) throws IOException {
        String text = Files.readString(file(sequence));
        assertThat(text).contains(fragment);
        Files.writeString(file(sequence), text.replace(fragment, replacement));
    }

    private Path file(int sequence) {
        return folder.resolve(HistoryFolder.nameOf(sequence));
    }
}
