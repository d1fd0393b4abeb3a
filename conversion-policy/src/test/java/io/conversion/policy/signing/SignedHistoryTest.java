package io.conversion.policy.signing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.conversion.core.artifact.InvalidArtifactException;
import io.conversion.policy.Band;
import io.conversion.policy.ModelRequirement;
import io.conversion.policy.Policy;
import io.conversion.policy.history.HistoryEntry;
import io.conversion.policy.history.PolicyHistory;
import io.conversion.policy.history.Publication;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What somebody does to a signed history, and to a file of keys, who has no key. */
class SignedHistoryTest {

    private static final SigningKeys KEYS = SigningKeys.of(SigningKey.of("2026-11", SignedRecordsTest.bytes(1)));

    @TempDir
    private Path parent;

    private Path folder;

    @BeforeEach
    void publish() throws IOException {
        folder = Files.createDirectory(parent.resolve("history"));
        PolicyHistory.load(folder, KEYS)
                .publish(policy("1"), by("ana"))
                .publish(policy("2"), by("ana"))
                .pin("1", by("ana"));
    }

    @Test
    void signedHistoryVerifiesWithTheKeyAndIsReadWithoutIt() throws IOException {
        assertThat(PolicyHistory.load(folder, KEYS).entries())
                .hasSize(3)
                .allSatisfy(entry -> assertThat(entry.signedBy()).contains("2026-11"));
        assertThat(PolicyHistory.load(folder).entries()).hasSize(3);
    }

    /** All of it written anew, with other authors and digests that belong to them. */
    @Test
    void historyThatWasWrittenAnewIsFound() throws IOException {
        Path forged = Files.createDirectory(parent.resolve("forged"));
        PolicyHistory.load(forged)
                .publish(policy("1"), by("ben"))
                .publish(policy("2"), by("ben"))
                .pin("1", by("ben"));
        for (int i = 1; i <= 3; i++) {
            String signature = Files.readString(file(folder, i)).replaceFirst("(?s).*(,\\s*\"signature\".*)", "$1");
            Files.writeString(
                    file(forged, i), Files.readString(file(forged, i)).replaceFirst("\\s*}$", "") + signature);
        }

        assertThat(PolicyHistory.load(forged).entries()).hasSize(3);
        assertThatThrownBy(() -> PolicyHistory.load(forged, KEYS))
                .isInstanceOf(InvalidArtifactException.class)
                .hasMessage(
                        file(forged, 1) + ": /signature/mac is not that of the entry; the entry, or one before it, was"
                                + " changed by somebody without the key");
    }

    @Test
    void entryWithoutASignatureAfterSignedOnesIsFound() throws IOException {
        Files.writeString(
                file(folder, 3), Files.readString(file(folder, 3)).replaceFirst("(?s),\\s*\"signature\".*", "\n}"));

        assertThat(PolicyHistory.load(folder).entries()).hasSize(3);
        assertThatThrownBy(() -> PolicyHistory.load(folder, KEYS))
                .hasMessage(
                        file(folder, 3) + ": /signature is missing; the entries before it are signed: it was added, or"
                                + " changed, by somebody without the key");
    }

    @Test
    void unsignedHistoryIsReadSaysSoAndCanBeSignedFromNowOn() throws IOException {
        Path old = Files.createDirectory(parent.resolve("old"));
        PolicyHistory.load(old).publish(policy("1"), by("ana"));

        PolicyHistory signed = PolicyHistory.load(old, KEYS).publish(policy("2"), by("ana"));

        assertThat(signed.entries())
                .extracting(HistoryEntry::signedBy)
                .extracting(key -> key.orElse("none"))
                .containsExactly("none", "2026-11");
        assertThat(PolicyHistory.load(old, KEYS).entries()).hasSize(2);
    }

    @Test
    void changeOfASignedHistoryWithoutKeysIsRefused() throws IOException {
        PolicyHistory withoutKeys = PolicyHistory.load(folder);

        assertThatThrownBy(() -> withoutKeys.unpin(by("ben")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        folder + " is signed, and this entry would have no signature; load the history with its keys,"
                                + " and make the change on top of it");
    }

    @Test
    void keysRotate() throws IOException {
        SigningKeys rotated = SigningKeys.of(SigningKey.of("2027-01", SignedRecordsTest.bytes(2)), KEYS.signing());
        SigningKeys newOnly = SigningKeys.of(rotated.signing());

        PolicyHistory.load(folder, rotated).unpin(by("ana"));

        assertThat(PolicyHistory.load(folder, rotated).head().orElseThrow().signedBy())
                .contains("2027-01");
        assertThatThrownBy(() -> PolicyHistory.load(folder, newOnly))
                .hasMessage(file(folder, 1)
                        + ": /signature/key is \"2026-11\"; that key was not given: add it to the keys");
    }

    @Test
    void fileOfKeysIsReadStrictlyAndNoMessageTellsASecret() throws IOException {
        String secret = "00112233445566778899aabbccddeeff".repeat(2);
        Path file = parent.resolve("keys.json");
        String whole = "{\"format\":\"conversion-signing-keys\",\"format_version\":1,\"keys\":["
                + "{\"id\":\"a\",\"secret\":\"" + secret + "\"},{\"id\":\"b\",\"secret\":\"" + secret + "\"}]}";
        Files.writeString(file, whole);

        SigningKeys keys = SigningKeys.load(file);

        assertThat(keys.signing().id()).isEqualTo("a");
        assertThat(keys.find("b")).isPresent();
        assertThat(keys.find("c")).isEmpty();
        assertThat(keys).hasToString("[key \"a\", key \"b\"]");
        for (String wrong : List.of(
                whole.replace("\"b\"", "\"a\""),
                whole.replace("\"secret\"", "\"Secret\""),
                whole.replace(secret, secret.substring(2)),
                whole.replace("00112", "0011g"),
                whole.replace("_version\":1", "_version\":2"),
                whole.replaceFirst("\\[.*]", "[]"),
                whole.replace("}]", "},3]"),
                "")) {
            Files.writeString(file, wrong);
            assertThatThrownBy(() -> SigningKeys.load(file))
                    .isInstanceOf(InvalidArtifactException.class)
                    .message()
                    .doesNotContain("112233445566");
        }
    }

    @Test
    void keyOfFewBytesOrWithoutANameIsRefused() {
        assertThatThrownBy(() -> SigningKey.of("k", new byte[31]))
                .hasMessage("the secret of key \"k\" has 31 bytes; at least 32 random ones are allowed");
        assertThatThrownBy(() -> SigningKey.of(" ", new byte[32])).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> SigningKeys.of(KEYS.signing(), KEYS.signing()))
                .hasMessage("the keys are [key \"2026-11\", key \"2026-11\"]; each has an id of its own");
    }

    @Test
    void signatureIsHmacWithSha256() {
        byte[] secret = new byte[131];
        Arrays.fill(secret, (byte) 0xaa);

        // RFC 4231, test case 6.
        assertThat(SigningKey.of("k", secret)
                        .sign("Test Using Larger Than Block-Size Key - Hash Key First"
                                .getBytes(StandardCharsets.UTF_8)))
                .isEqualTo("60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
    }

    private static Path file(Path history, int number) {
        return history.resolve("00000" + number + ".json");
    }

    private static Policy policy(String version) {
        return Policy.of(
                "plain",
                version,
                ModelRequirement.named("trial"),
                List.of(Band.of("low", 0, "wait"), Band.of("high", 0.5, "offer")),
                "none");
    }

    private static Publication by(String author) {
        return new Publication(Instant.parse("2026-11-22T09:30:00Z"), author, "a note");
    }
}
