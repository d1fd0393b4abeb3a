package io.conversion.policy.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import com.networknt.schema.dialect.DialectId;
import io.conversion.core.artifact.InvalidArtifactException;
import io.conversion.core.artifact.InvalidArtifactException.Problem;
import io.conversion.core.json.JsonText;
import io.conversion.policy.serving.ServingManifest.Artifact;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The shipped JSON Schema and the library say the same about manifests. */
class ManifestFileTest {

    private static final String JSON_SCHEMA = resource("conversion-serving-1.schema.json");
    private static final SchemaRegistry REGISTRY =
            SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
    private static final Schema MANIFESTS = REGISTRY.getSchema(JSON_SCHEMA, InputFormat.JSON);

    private static final String DIGEST = JsonText.sha256(new byte[0]);
    private static final ServingManifest MANIFEST = new ServingManifest(
            7, new Artifact("model.json", DIGEST), new Artifact("policy-3.json", DIGEST), "Offer \"earlier\"\n");

    @Test
    void theSchemaIsAValidJsonSchema() {
        Schema dialect = REGISTRY.getSchema(SchemaLocation.of(DialectId.DRAFT_2020_12));

        assertThat(dialect.validate(JSON_SCHEMA, InputFormat.JSON)).isEmpty();
    }

    @Test
    void writtenManifestsAreValidAndReadAsTheyWere() {
        ServingManifest highest = new ServingManifest(1L << 53, MANIFEST.model(), MANIFEST.policy(), "");
        for (ServingManifest manifest : new ServingManifest[] {MANIFEST, highest}) {
            assertThat(MANIFESTS.validate(manifest.toJson(), InputFormat.JSON)).isEmpty();
            assertThat(ServingManifest.fromJson(manifest.toJson())).isEqualTo(manifest);
        }
        assertThat(MANIFEST.toJson()).isEqualTo("""
                {
                  "format": "conversion-serving",
                  "format_version": 1,
                  "revision": 7,
                  "model": {
                    "file": "model.json",
                    "digest": "%1$s"
                  },
                  "policy": {
                    "file": "policy-3.json",
                    "digest": "%1$s"
                  },
                  "note": "Offer \\"earlier\\"\\n"
                }""".formatted(DIGEST));
    }

    /** The file was written by format 1 of the library. */
    @Test
    void goldenFileOfFormatOneIsRead() throws Exception {
        Path file = Path.of(
                ManifestFileTest.class.getResource("manifest-format-1.json").toURI());

        ServingManifest golden = ServingManifest.fromJson(Files.readString(file));

        assertThat(golden)
                .isEqualTo(new ServingManifest(
                        1L << 53,
                        new Artifact(
                                "model-0be0d9ba8bb7e3ba.json",
                                "sha256:0be0d9ba8bb7e3ba3d4cb9db9f9b7e5fd9ae0e5de0a6e9b0c4c5f0a1b2c3d4e5"),
                        new Artifact(
                                "policy-5c1a3f0b7d2e4c68.json",
                                "sha256:5c1a3f0b7d2e4c68a1b2c3d4e5f60718293a4b5c6d7e8f90123456789abcdef0"),
                        "Offer \"it\" from 0.65 on:\n\u00e4 \u20ac"));
        assertThat(golden.toJson()).isEqualTo(Files.readString(file));
    }

    @Test
    void exampleOfTheDocumentationIsValidAndReadAsItStands() throws IOException {
        String guide = Files.readString(Path.of(System.getProperty("basedir", ""), "..", "docs", "serving.md"));
        int start = guide.indexOf("```json\n") + 8;
        String json = guide.substring(start, guide.indexOf("\n```", start));

        assertThat(MANIFESTS.validate(json, InputFormat.JSON)).isEmpty();
        assertThat(ServingManifest.fromJson(json).toJson()).isEqualTo(json);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', useHeadersInDisplayName = true, textBlock = """
            FAULT                | REPLACED              | BY                                  | POINTER
            another format       | "conversion-serving"  | "conversion-policy"                 | /format
            newer version        | "format_version": 1   | "format_version": 2                 | /format_version
            no revision          | "revision": 7,        | ``                                  | /revision
            revision 0           | "revision": 7         | "revision": 0                       | /revision
            revision below 0     | "revision": 7         | "revision": -1                      | /revision
            fraction             | "revision": 7         | "revision": 7.5                     | /revision
            revision as a text   | "revision": 7         | "revision": "7"                     | /revision
            revision above 2^53  | "revision": 7         | "revision": 9007199254740994        | /revision
            no model             | "model": {            | "modell": {                         | /model
            model as a text      | "model": {            | "model": "model.json", "other": {   | /model
            no file              | "file": "model.json", | ``                                  | /model/file
            blank file           | "model.json"          | " "                                 | /model/file
            path                 | "model.json"          | "models/model.json"                 | /model/file
            path of Windows      | "model.json"          | "models\\\\model.json"              | /model/file
            drive of Windows     | "model.json"          | "C:model.json"                      | /model/file
            absolute path        | "model.json"          | "/etc/passwd"                       | /model/file
            folder above         | "model.json"          | ".."                                | /model/file
            path above           | "model.json"          | "../model.json"                     | /model/file
            hidden file          | "model.json"          | ".model.json"                       | /model/file
            NUL                  | "model.json"          | "model\\u0000.json"                 | /model/file
            line feed at the end | "model.json"          | "model.json\\n"                     | /model/file
            itself               | "model.json"          | "manifest.json"                     | /model/file
            no digest            | "policy-3.json",      | "policy-3.json", "Digest": "x",     | /policy/Digest
            digest of nothing    | "digest": "sha256:    | "digest": "sha256:0                 | /model/digest
            note as a number     | "note": "             | "note": 1, "notes": "               | /note
            unknown field        | "note": "             | "author": "ana", "note": "          | /author
            """)
    void brokenManifestsAreRefusedBySchemaAndLibrary(String fault, String replaced, String by, String pointer) {
        String json = replace(replaced, by);

        assertThat(MANIFESTS.validate(json, InputFormat.JSON))
                .extracting(error ->
                        error.getInstanceLocation() + (error.getProperty() == null ? "" : "/" + error.getProperty()))
                .contains(pointer);
        assertRefused(json, pointer);
    }

    @Test
    void whatAJsonSchemaCannotSayIsRefusedByTheLibrary() {
        assertRefused(replace("policy-3.json", "model.json"), "/policy/file");
        assertRefused(replace("\"revision\": 7", "\"revision\": 7, \"revision\": 8"), "/revision");
        assertRefused(replace("Offer", "x".repeat(10_001)), "/note");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a/b", "..", "manifest.json", "a b", "\u00e4", "-a"})
    void fileOfAnArtifactIsAPlainName(String name) {
        assertThatThrownBy(() -> new Artifact(name, DIGEST))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a manifest cannot name the file \"" + name
                        + "\"; expected the name of another file of the same folder: up to 200 letters a to z,"
                        + " digits and"
                        + " . _ -, which starts with a letter or digit");
    }

    @Test
    void partsOfAManifestAreChecked() {
        Artifact model = MANIFEST.model();
        Artifact policy = MANIFEST.policy();

        assertThatThrownBy(() -> new Artifact("a", "sha256:0"))
                .hasMessage("the file \"a\" cannot have the digest \"sha256:0\"; expected sha256: and 64 hexadecimal"
                        + " digits");
        assertThatThrownBy(() -> new ServingManifest(0, model, policy, ""))
                .hasMessage("a manifest cannot have the revision 0; it must be from 1 to 9007199254740992");
        assertThatThrownBy(() -> new ServingManifest((1L << 53) + 1, model, policy, ""))
                .hasMessage(
                        "a manifest cannot have the revision 9007199254740993; it must be from 1 to 9007199254740992");
        assertThatThrownBy(() -> new ServingManifest(1, model, model, ""))
                .hasMessage("a manifest cannot name the file \"model.json\" for both model and policy");
        assertThatThrownBy(() -> new ServingManifest(1, model, policy, "x".repeat(10_001)))
                .hasMessage("a manifest cannot have a note of 10001 characters; it must be well-formed text of at most"
                        + " 10000");
    }

    private static void assertRefused(String json, String pointer) {
        assertThatExceptionOfType(InvalidArtifactException.class)
                .isThrownBy(() -> ServingManifest.fromJson(json))
                .satisfies(refusal -> assertThat(refusal.problems())
                        .extracting(Problem::pointer)
                        .contains(pointer));
    }

    private static String replace(String replaced, String by) {
        String json = MANIFEST.toJson();
        assertThat(json).contains(replaced);
        return json.replaceFirst(Pattern.quote(replaced), Matcher.quoteReplacement(by));
    }

    private static String resource(String name) {
        try (InputStream in = ServingManifest.class.getResourceAsStream("/META-INF/schemas/" + name)) {
            return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new AssertionError(name, e);
        }
    }
}
