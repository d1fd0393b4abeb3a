package io.conversion.policy.signing;

import static org.assertj.core.api.Assertions.assertThat;

import io.conversion.core.ConversionModel;
import io.conversion.core.json.JsonText;
import io.conversion.policy.Band;
import io.conversion.policy.DecisionContext;
import io.conversion.policy.DecisionEvent;
import io.conversion.policy.ModelRequirement;
import io.conversion.policy.Policy;
import io.conversion.policy.PolicyEngine;
import io.conversion.policy.RandomUsers;
import io.conversion.policy.records.DecisionRecord;
import io.conversion.policy.records.JsonlDecisionLog;
import io.conversion.policy.records.JsonlOptions;
import io.conversion.policy.records.Replay;
import io.conversion.policy.records.Replay.Line;
import io.conversion.policy.records.Replay.Signing;
import io.conversion.policy.records.Replayed.Altered;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What somebody does to a signed log who has no key and can compute every digest. */
class SignedRecordsTest {

    private static final SigningKey KEY = SigningKey.of("2026-11", bytes(1));
    private static final SigningKeys KEYS = SigningKeys.of(KEY);
    private static final ConversionModel MODEL = RandomUsers.model("trial", new Random(5));
    private static final Policy POLICY = Policy.of(
            "plain",
            "1",
            ModelRequirement.named("trial"),
            List.of(Band.of("low", 0, "wait"), Band.of("high", 0.5, "offer")),
            "none");
    private static final Replay REPLAY = Replay.of(List.of(MODEL), List.of(POLICY));

    @TempDir
    private Path folder;

    private List<String> lines = new ArrayList<>();

    @BeforeEach
    void log() throws IOException {
        lines = logged(JsonlOptions.defaults().signedBy(KEY));
    }

    @Test
    void signedLogVerifiesWithTheKeyAndIsReadWithoutIt() throws IOException {
        assertThat(replayed(REPLAY.verifying(KEYS), lines))
                .hasSize(6)
                .allSatisfy(line -> assertThat(line.signing()).isEqualTo(Signing.VERIFIED))
                .noneMatch(line -> line.outcome() instanceof Altered);
        assertThat(replayed(REPLAY, lines))
                .hasSize(6)
                .allSatisfy(line -> assertThat(line.signing()).isEqualTo(Signing.NOT_VERIFIED))
                .noneMatch(line -> line.outcome() instanceof Altered);
        assertThat(DecisionRecord.fromJson(lines.get(0)).request()).isEqualTo("request 0");
    }

    @Test
    void signedLineIsTheUnsignedOneWithASignature() throws IOException {
        List<String> unsigned = logged(JsonlOptions.defaults());

        for (int i = 0; i < lines.size(); i++) {
            String line = unsigned.get(i);
            assertThat(lines.get(i))
                    .startsWith(line.substring(0, line.length() - 1) + ",\"signature\":{\"key\":\"2026-11\",\"line\":"
                            + (i + 1) + ",\"mac\":\"");
        }
    }

    /** What replay cannot compute: the library, the request, the segment before. */
    @Test
    void resealedChangeIsFoundByTheSignatureAlone() throws IOException {
        for (String change : List.of("\"library\":\"", "\"request\":\"")) {
            List<String> changed = new ArrayList<>(lines);
            changed.set(2, resealed(lines.get(2).replace(change, change + "x")));

            assertThat(altered(REPLAY, changed)).isEmpty();
            assertThat(altered(REPLAY.verifying(KEYS), changed)).contains(3L);
        }
    }

    @Test
    void removedLineIsFound() throws IOException {
        for (int removed = 0; removed < 5; removed++) {
            List<String> rest = new ArrayList<>(lines);
            rest.remove(removed);

            assertThat(altered(REPLAY.verifying(KEYS), rest)).contains(removed + 1L);
        }
    }

    @Test
    void movedAndRepeatedLinesAreFound() throws IOException {
        List<String> swapped = new ArrayList<>(lines);
        Collections.swap(swapped, 1, 2);
        List<String> repeated = new ArrayList<>(lines);
        repeated.add(3, lines.get(2));

        assertThat(altered(REPLAY.verifying(KEYS), swapped)).contains(2L, 3L);
        assertThat(altered(REPLAY.verifying(KEYS), repeated)).contains(4L);
    }

    @Test
    void lineOfAnotherFileWithTheSameNumberIsFound() throws IOException {
        List<String> other = logged(JsonlOptions.defaults().signedBy(KEY).reasons(1));
        List<String> mixed = new ArrayList<>(lines);
        mixed.set(3, other.get(3));

        assertThat(altered(REPLAY.verifying(KEYS), mixed)).contains(4L);
    }

    @Test
    void lineWhoseSignatureWasTakenAwayIsFound() throws IOException {
        List<String> stripped = new ArrayList<>(lines);
        stripped.set(4, lines.get(4).replaceFirst(",\"signature\":.*", "}"));

        assertThat(altered(REPLAY, stripped)).isEmpty();
        assertThat(altered(REPLAY.verifying(KEYS), stripped)).contains(5L);
    }

    @Test
    void unsignedLogIsReplayedAndSaysSo() throws IOException {
        List<Line> replayed = replayed(REPLAY.verifying(KEYS), logged(JsonlOptions.defaults()));

        assertThat(replayed)
                .hasSize(6)
                .allSatisfy(line -> assertThat(line.signing()).isEqualTo(Signing.UNSIGNED))
                .noneMatch(line -> line.outcome() instanceof Altered);
    }

    @Test
    void otherKeyOfThisIdAndUnknownKeyAreTold() throws IOException {
        Replay forged = REPLAY.verifying(SigningKeys.of(SigningKey.of("2026-11", bytes(2))));
        Replay unknown = REPLAY.verifying(SigningKeys.of(SigningKey.of("2027-01", bytes(1))));

        assertThat(replayed(forged, lines).get(0).outcome().sentence())
                .isEqualTo("/signature/mac is not that of the line after the one before it; one of the two was changed,"
                        + " removed or moved by somebody without the key");
        assertThat(replayed(unknown, lines).get(0).outcome().sentence())
                .isEqualTo("/signature/key is \"2026-11\"; that key was not given");
    }

    @Test
    void olderKeyVerifiesWhatItSigned() throws IOException {
        SigningKeys rotated = SigningKeys.of(SigningKey.of("2027-01", bytes(3)), KEY);

        assertThat(altered(REPLAY.verifying(rotated), lines)).isEmpty();
    }

    @Test
    void everyByteOfASignedLineCounts() throws IOException {
        Random random = new Random(3);
        for (int i = 0; i < 200; i++) {
            byte[] changed = (lines.get(0) + "\n").getBytes(StandardCharsets.UTF_8);
            changed[random.nextInt(changed.length - 1)] ^= (byte) (1 << random.nextInt(7));
            List<Line> found = new ArrayList<>();
            REPLAY.verifying(KEYS).replay(new ByteArrayInputStream(changed), found::add);

            assertThat(found).noneMatch(each -> each.signing() == Signing.VERIFIED);
        }
    }

    @Test
    void lineEndsOfOtherProgramsDoNoHarm() throws IOException {
        List<Line> found = new ArrayList<>();
        REPLAY.verifying(KEYS)
                .replay(
                        new ByteArrayInputStream(
                                ("\uFEFF" + String.join("\r\n\r\n", lines)).getBytes(StandardCharsets.UTF_8)),
                        found::add);

        assertThat(found.stream().filter(line -> line.signing() == Signing.VERIFIED))
                .hasSize(6);
    }

    private List<String> logged(JsonlOptions options) throws IOException {
        Path log = Files.createTempDirectory(folder, "log");
        try (JsonlDecisionLog decisions = JsonlDecisionLog.open(log, options)) {
            Random random = new Random(7);
            for (int i = 0; i < 6; i++) {
                decisions.decided(
                        DecisionEvent.decide(
                                PolicyEngine.of(POLICY),
                                MODEL.scorer(),
                                MODEL.schema().read(RandomUsers.user(random)),
                                DecisionContext.NONE,
                                "request " + i,
                                null),
                        0);
            }
        }
        return Files.readAllLines(JsonlDecisionLog.files(log).get(0));
    }

    /** With the digest that belongs to the changed bytes, and the signature that stood there. */
    private static String resealed(String line) {
        int digest = line.indexOf(",\"digest\":\"sha256:", line.indexOf("\"outcome\""));
        String body = line.substring(0, digest);
        int end = line.indexOf(",\"signature\":");
        return body + ",\"digest\":\"" + JsonText.sha256(body.getBytes(StandardCharsets.UTF_8)) + "\""
                + line.substring(end);
    }

    private static List<Long> altered(Replay replay, List<String> lines) throws IOException {
        return replayed(replay, lines).stream()
                .filter(line -> line.outcome() instanceof Altered)
                .map(Line::number)
                .toList();
    }

    private static List<Line> replayed(Replay replay, List<String> lines) throws IOException {
        List<Line> found = new ArrayList<>();
        replay.replay(
                new ByteArrayInputStream((String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8)),
                found::add);
        return found;
    }

    static byte[] bytes(int seed) {
        byte[] secret = new byte[32];
        IntStream.range(0, secret.length).forEach(i -> secret[i] = (byte) (seed * 31 + i));
        return secret;
    }
}
