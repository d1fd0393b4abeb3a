package io.conversion.policy;

import static io.conversion.policy.Fixtures.POLICY;
import static io.conversion.policy.Fixtures.replaced;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.conversion.core.artifact.InvalidArtifactException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolicyFileTest {

    /** A draft that somebody typed: no digest. */
    private static final String DRAFT = """
            {"format": "conversion-policy", "format_version": 1, "name": "offers", "version": "1",
             "model": {"name": "trial"},
             "bands": [
               {"segment": "low", "from": 0, "action": "wait"},
               {"segment": "medium", "from": 0.35, "action": "tour", "recommendation": "Show the tour"},
               {"segment": "high", "from": 0.70, "action": "offer", "rationale": "Converts often"}],
             "fallback": {"action": "none"}}""";

    @TempDir
    private Path folder;

    @Test
    void draftWithoutADigestIsRead() {
        Policy policy = Policy.fromJson(DRAFT);

        assertThat(policy.bands())
                .containsExactly(
                        Band.of("low", 0, "wait"),
                        new Band("medium", 0.35, "tour", "Show the tour", ""),
                        new Band("high", 0.7, "offer", "", "Converts often"));
        assertThat(policy.model().name()).isEqualTo("trial");
        assertThat(policy.model().digest()).isEmpty();
        assertThat(policy.fallbackAction()).isEqualTo("none");
    }

    @Test
    void savingSealsADraftWithoutChangingIt() throws IOException {
        Policy draft = Policy.fromJson(DRAFT);
        Path file = folder.resolve("policy.json");

        draft.save(file);
        Policy sealed = Policy.load(file);

        assertThat(Files.readString(file))
                .contains("\"digest\": \"" + draft.reference().digest() + "\"");
        assertThat(sealed.reference()).isEqualTo(draft.reference());
        assertThat(sealed.isSealed()).isTrue();
        assertThat(draft.isSealed()).isFalse();
        assertThat(POLICY.isSealed()).isFalse();
        assertThat(sealed.bands()).isEqualTo(draft.bands());
        assertThat(sealed.toJson()).isEqualTo(draft.toJson());
    }

    @Test
    void exactModelIsKeptByWritingAndReading() {
        String digest = "sha256:" + "c4".repeat(32);
        Policy policy = Policy.of("p", "1", ModelRequirement.exactly("trial", digest), POLICY.bands(), "none");

        Policy read = Policy.fromJson(policy.toJson());

        assertThat(read.model().digest()).contains(digest);
        assertThat(read.reference()).isEqualTo(policy.reference());
    }

    /**
     * The file was written by format 1 of the library. The digest comes from another implementation:
     *
     * <pre>{@code
     * python3 -c '
     * import hashlib, json, struct, sys
     * def c(v):
     *     if isinstance(v, dict): return "{" + ",".join(c(k) + ":" + c(v[k]) for k in sorted(v)) + "}"
     *     if isinstance(v, list): return "[" + ",".join(map(c, v)) + "]"
     *     if isinstance(v, str): return json.dumps(v, ensure_ascii=False)
     *     return struct.pack(">d", v + 0.0).hex()
     * v = json.load(sys.stdin); del v["digest"]
     * print(hashlib.sha256(c(v).encode()).hexdigest())' < policy-format-1.json
     * }</pre>
     */
    @Test
    void goldenFileOfFormatOneIsRead() throws Exception {
        Path file =
                Path.of(PolicyFileTest.class.getResource("policy-format-1.json").toURI());

        Policy golden = Policy.load(file);

        assertThat(golden.reference()).isEqualTo(POLICY.reference());
        assertThat(golden.reference().digest())
                .isEqualTo("sha256:b3e170e052e8da784035d4f43d07fbd1383ea2717f1f0ae3aa9601f120422eea");
        assertThat(Files.readString(file)).isEqualTo(POLICY.toJson());
    }

    @Test
    void everyProperPrefixOfAFileIsRefused() throws IOException {
        byte[] complete = POLICY.toJson().getBytes(StandardCharsets.UTF_8);
        Path file = folder.resolve("cut.json");

        for (int length = 0; length < complete.length; length++) {
            Files.write(file, Arrays.copyOf(complete, length));

            assertThatThrownBy(() -> Policy.load(file))
                    .as("the first %d of %d bytes", length, complete.length)
                    .isInstanceOf(InvalidArtifactException.class);
        }
    }

    @ParameterizedTest
    @CsvSource(useHeadersInDisplayName = true, delimiter = '|', quoteCharacter = '\'', textBlock = """
                    fragment              | replacement             | message
                    0.70                  | 0.2                     | /bands/2/from is 0.2; band "high" starts at 0.2, not above band "medium" at 0.35; list bands in ascending order
                    0.70                  | 0.35                    | /bands/2/from is 0.35; band "high" starts at 0.35, not above band "medium" at 0.35; list bands in ascending order
                    0.70                  | 1.01                    | /bands/2/from is 1.01; band "high" starts at 1.01; a bound is a probability from 0 to 1
                    0.70                  | -0.7                    | /bands/2/from is -0.7; band "high" starts at -0.7; a bound is a probability from 0 to 1
                    0.70                  | NaN                     | /bands/2/from is NaN; every number must be finite
                    0.70                  | 1e400                   | /bands/2/from is 1e400; every number must be finite
                    0.70                  | "0.7"                   | /bands/2/from is the text "0.7"; expected a finite number
                    0.70                  | null                    | /bands/2/from is null; leave the field out or give a value
                    '"from": 0,'          | '"from": 0.05,'         | /bands/0/from is 0.05; band "low" starts at 0.05; the first band starts at 0, so that every probability has a band
                    '"from": 0,'          | ''                      | /bands/0/from is missing; expected a finite number
                    '"from": 0,'          | '"from": 0, "from": 0,' | /bands/0/from is given twice; each field may be given once
                    '"from": 0,'          | '"from": 0, "to": 0.3,' | /bands/0/to is not a known field; known here are segment, from, action, recommendation, rationale
                    "wait"                | ""                      | /bands/0/action is blank; expected a text
                    "low"                 | " "                     | /bands/0/segment is blank; expected a text
                    "offers"              | ""                      | /name is blank; expected a text
                    "none"                | "\\t"                   | /fallback/action is blank; expected a text
                    {"name": "trial"}     | "trial"                 | /model is the text "trial"; expected an object
                    {"name": "trial"}     | {}                      | /model/name is missing; expected a text
                    "trial"}              | "trial", "digest": ""}  | /model/digest is blank; expected a text
                    "trial"}              | "trial", "digest": "0"} | /model/digest is "0"; expected sha256: and 64 hexadecimal digits
                    '"fallback"'          | '"digest": "", "fallback"' | /digest is blank; expected a text
                    '"fallback"'          | '"guardrail": [], "fallback"' | /guardrail is not a known field; known here are format, format_version, name, version, owner, change_note, effective_from, model, bands, margin, guardrails, control, exploration, fallback, action_ranks, capacities, digest
                    conversion-policy     | conversion-model        | /format is "conversion-model"; expected "conversion-policy"
                    '"format_version": 1' | '"format_version": 2'   | /format_version is 2; this release reads versions up to 1: use a newer release of the library
                    '"format_version": 1' | '"format_version": 1.5' | /format_version is 1.5; expected a whole number of at least 0
                    """)
    void faultIsNamedByItsPointer(String fragment, String replacement, String message) {
        String json = replaced(DRAFT, fragment, replacement);

        assertThatExceptionOfType(InvalidArtifactException.class)
                .isThrownBy(() -> Policy.fromJson(json))
                .withMessage("policy: " + message);
    }

    @Test
    void segmentThatIsTooLongIsRefused() {
        String json = replaced(DRAFT, "\"high\"", '"' + "x".repeat(501) + '"');

        assertThatExceptionOfType(InvalidArtifactException.class)
                .isThrownBy(() -> Policy.fromJson(json))
                .withMessage("policy: /bands/2/segment is not valid; expected a text that is not blank, of at most"
                        + " 500 characters and without control characters");
    }

    @Test
    void policyWithoutBandsIsRefused() {
        String json = """
                {"format": "conversion-policy", "format_version": 1, "name": "offers", "version": "1",
                 "model": {"name": "trial"}, "bands": [], "fallback": {"action": "none"}}""";

        assertThatExceptionOfType(InvalidArtifactException.class)
                .isThrownBy(() -> Policy.fromJson(json))
                .withMessage("policy: /bands is empty; expected at least one band");
    }

    @Test
    void everyProblemIsListedAtOnce() {
        String json = DRAFT.replace("0.35", "0.8").replace("\"from\": 0,", "\"from\": 0.1,");

        assertThatExceptionOfType(InvalidArtifactException.class)
                .isThrownBy(() -> Policy.fromJson(json))
                .withMessage("""
                        policy: 2 problems
                          /bands/0/from is 0.1; band "low" starts at 0.1; the first band starts at 0, so that every probability has a band
                          /bands/2/from is 0.7; band "high" starts at 0.7, not above band "medium" at 0.8; list bands in ascending order""");
    }

    @ParameterizedTest
    @CsvSource(useHeadersInDisplayName = true, textBlock = """
                    fragment,      replacement
                    trial-offers,  trial-offerz
                    0.7,           0.7000000000000001
                    annual_plan,   annual_plans
                    high_intent,   high-intent
                    half price,    full price
                    Rarely,        Often
                    default_offer, no_offer
                    "trial",       "trail"
                    """)
    void sealedPolicyThatWasChangedIsRefusedWithBothDigests(String fragment, String replacement) {
        String changed = replaced(POLICY.toJson(), fragment, replacement);
        String draft = changed.replaceAll(",\\s*\"digest\": \"[^\"]*\"", "");

        assertThatExceptionOfType(InvalidArtifactException.class)
                .isThrownBy(() -> Policy.fromJson(changed))
                .withMessage(
                        "policy: /digest is %s; the content has %s: it was changed after it was sealed, or the file is damaged"
                                + "; if you edited it, delete the line \"digest\" and the comma that it leaves behind, and the file is read as a draft",
                        POLICY.reference().digest(),
                        Policy.fromJson(draft).reference().digest());
    }

    @Test
    void fileIsNamedInItsRefusal() throws IOException {
        Path file = Files.writeString(folder.resolve("offers.json"), replaced(DRAFT, "0.70", "NaN"));

        assertThatExceptionOfType(InvalidArtifactException.class)
                .isThrownBy(() -> Policy.load(file))
                .withMessage("offers.json: /bands/2/from is NaN; every number must be finite")
                .satisfies(refusal -> assertThat(refusal.problems())
                        .isEqualTo(List.of(new InvalidArtifactException.Problem(
                                "/bands/2/from", "NaN", "every number must be finite"))));
    }

    @Test
    void directoryIsNotAPolicyFile() {
        assertThatIOException()
                .isThrownBy(() -> POLICY.save(folder))
                .withMessage(folder + " is a directory; give the name of a file to write");
        assertThatIOException()
                .isThrownBy(() -> Policy.load(folder))
                .withMessage(folder + " is a directory; a file was expected");
    }
}
