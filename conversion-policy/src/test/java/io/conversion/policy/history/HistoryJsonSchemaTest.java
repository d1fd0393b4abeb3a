package io.conversion.policy.history;

import static io.conversion.policy.ShippedSchema.replace;
import static io.conversion.policy.history.Histories.on;
import static io.conversion.policy.history.Histories.policy;

import io.conversion.core.json.JsonDocument;
import io.conversion.core.json.JsonText;
import io.conversion.policy.ShippedSchema;
import io.conversion.policy.history.PolicyChange.Publish;
import io.conversion.policy.history.PolicyChange.Unpin;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The shipped JSON Schema and the library say the same about the entries of a history. */
class HistoryJsonSchemaTest {

    @TempDir
    static Path folder;

    /** One of each kind. */
    private static List<HistoryEntry> entries = List.of();

    @BeforeAll
    static void publish() throws IOException {
        entries = PolicyHistory.load(folder)
                .publish(policy("1", 0.7), on("2026-01-05"))
                .publish(policy("2", 0.6), on("2026-01-06"))
                .pin("1", on("2026-01-07"))
                .unpin(on("2026-01-08"))
                .rollBack("1", "3", on("2026-01-09"))
                .entries();
    }

    @Test
    void theSchemaIsAValidJsonSchema() {
        schema(1).assertIsJsonSchema();
    }

    @Test
    void everyEntryThatTheLibraryWritesIsValid() throws IOException, URISyntaxException {
        Path golden = Path.of(Objects.requireNonNull(HistoryJsonSchemaTest.class.getResource("history-format-1"))
                .toURI());

        for (HistoryEntry entry : entries) {
            schema(1).assertValid(HistoryFormat.text(entry));
            schema(1).assertValid(Files.readString(golden.resolve(HistoryFolder.nameOf(entry.sequence()))));
        }
    }

    /** What is inside a policy is up to the schema of policies; whether an entry follows the others, no schema can see. */
    @ParameterizedTest
    @CsvSource({"2", "3", "4", "5"})
    void whatTheLibraryRefusesForItsShapeIsInvalid(int sequence) {
        HistoryEntry entry = entries.get(sequence - 1);
        Map<String, Object> file = HistoryFormat.content(entry);
        entry.change()
                .added()
                .ifPresent(policy -> file.put(
                        "policy",
                        JsonText.object(
                                "format",
                                "conversion-policy",
                                "format_version",
                                1,
                                "name",
                                policy.name(),
                                "version",
                                policy.version(),
                                "model",
                                JsonText.object("name", "trial"),
                                "bands",
                                policy.bands().stream()
                                        .map(band -> JsonText.object(
                                                "segment",
                                                band.segment(),
                                                "from",
                                                band.from(),
                                                "action",
                                                band.action()))
                                        .toList(),
                                "fallback",
                                JsonText.object("action", policy.fallbackAction()))));
        file.put("digest", entry.digest());

        schema(sequence)
                .assertAgrees(
                        file,
                        pointer -> !pointer.startsWith("/policy/") && !pointer.equals("/predecessor"),
                        problem -> problem.expected().startsWith("the content has ")
                                || problem.expected().startsWith("the name of the file says "));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', useHeadersInDisplayName = true, textBlock = """
            FAULT                    | ENTRY | REPLACED                | BY                            | POINTER
            newer version            | 2     | "format_version": 1,    | "format_version": 2,          | /format_version
            place before the first   | 2     | "sequence": 2           | "sequence": 0                 | /sequence
            predecessor by its name  | 2     | "predecessor": "sha256: | "predecessor": "000001.json:  | /predecessor
            local time               | 2     | T00:00:00Z              | T00:00:00+01:00               | /published
            only a day               | 2     | T00:00:00Z              | ``                            | /published
            control character        | 2     | "ana"                   | "a\\u0007"                    | /author
            nobody                   | 2     | "ana"                   | " "                           | /author
            no reason                | 2     | Change the bound        | \\u3000                       | /note
            band of the policy       | 2     | "from": 0.6             | "from": 1.6                   | /policy/bands/1/from
            no version               | 3     | "pins": "1"             | "pins": ""                    | /pins
            version as a number      | 3     | "pins": "1"             | "pins": 1                     | /pins
            kind of no change        | 3     | "kind": "pin"           | "kind": "delete"              | /kind
            pin that restores        | 3     | "pins": "1"             | "pins": "1", "restores": "1"  | /restores
            end of a pin that pins   | 4     | "kind": "unpin"         | "kind": "unpin", "pins": "1"  | /pins
            end of a pin, policy     | 4     | "kind": "unpin"         | "kind": "unpin", "policy": {} | /policy
            publication that restores | 5    | "kind": "roll_back"     | "kind": "publish"             | /restores
            no earlier version       | 5     | "restores": "1",        | ``                            | /restores
            """)
    void brokenEntriesAreRefusedBySchemaAndLibrary(
            String fault, int entry, String replaced, String by, String pointer) {
        schema(entry)
                .assertInvalidAndRefused(replace(HistoryFormat.text(entries.get(entry - 1)), replaced, by), pointer);
    }

    @Test
    void onlyTheFirstEntryHasNoPredecessor() {
        HistoryEntry head = entries.get(0);

        schema(1)
                .assertInvalidAndRefused(
                        HistoryFormat.text(
                                new HistoryEntry(1, head.digest(), new Publish(policy("1", 0.7)), on("2026-01-05"))),
                        "/predecessor");
        schema(2)
                .assertInvalidAndRefused(
                        HistoryFormat.text(new HistoryEntry(2, null, new Unpin(), on("2026-01-06"))), "/predecessor");
    }

    /** The schema, beside the library's reading of the entry of a place. */
    private static ShippedSchema schema(int sequence) {
        List<HistoryEntry> before = entries.subList(0, sequence - 1);
        return ShippedSchema.of(
                "conversion-policy-history-1",
                json -> JsonDocument.read(
                        json.getBytes(StandardCharsets.UTF_8), "entry", object -> HistoryFormat.read(object, before)));
    }
}
