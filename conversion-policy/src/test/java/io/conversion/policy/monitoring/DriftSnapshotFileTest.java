package io.conversion.policy.monitoring;

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
import io.conversion.policy.FaultyJson;
import io.conversion.policy.FaultyJson.Fault;
import io.conversion.policy.monitoring.DriftOptions.Unreported;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The library, the shipped JSON Schema and {@code docs/monitoring.md} say the same about snapshots. */
class DriftSnapshotFileTest {

    private static final String SCHEMA = resource();
    private static final SchemaRegistry REGISTRY =
            SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
    private static final Schema SNAPSHOTS = REGISTRY.getSchema(SCHEMA, InputFormat.JSON);

    private static final DriftSnapshot SNAPSHOT = snapshot();

    private static DriftSnapshot snapshot() {
        DriftMonitor monitor = DriftMonitor.of(
                Monitored.MODEL,
                Monitored.POLICY,
                DriftOptions.DEFAULT.outcomesWithin(Duration.ofHours(1), Unreported.NOT_CONVERTED));
        Random random = new Random(4);
        for (int i = 0; i < 300; i++) {
            monitor.decided(
                    Monitored.decide(Monitored.user(random), "request " + i, Monitored.START.plusSeconds(i)), 0);
            monitor.outcome("request " + i, random.nextBoolean(), Monitored.START.plusSeconds(3_600 + i));
        }
        monitor.settle(Monitored.START.plus(Duration.ofDays(2)));
        return monitor.snapshot();
    }

    @Test
    void schemaIsAValidJsonSchema() {
        Schema dialect = REGISTRY.getSchema(SchemaLocation.of(DialectId.DRAFT_2020_12));

        assertThat(dialect.validate(SCHEMA, InputFormat.JSON)).isEmpty();
    }

    @Test
    void whatIsWrittenIsValidAndReadAgainAsItWas() {
        List<DriftSnapshot> snapshots = List.of(
                SNAPSHOT,
                DriftSnapshot.empty(Monitored.MODEL, Monitored.POLICY),
                DriftSnapshot.empty(Monitored.BARE, Monitored.POLICY));
        for (DriftSnapshot snapshot : snapshots) {
            String json = snapshot.toJson();

            assertThat(SNAPSHOTS.validate(json, InputFormat.JSON)).isEmpty();
            assertThat(DriftSnapshot.fromJson(json)).isEqualTo(snapshot);
            assertThat(DriftSnapshot.fromJson(json).toJson()).isEqualTo(json);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', useHeadersInDisplayName = true, textBlock = """
            replaced                   | by                           | pointer
            "of_other_units": 0        | "of_other_units": -1         | /of_other_units
            "of_other_units": 0        | "of_other_units": 0.5        | /of_other_units
            "of_other_units": 0        | "other_units": 0             | /of_other_units
            "segment": "low"           | "segment": " "               | /bands/0/segment
            "action": "remind"         | "action": "wait"             | /actions/1/action
            "kind": "flag"             | "kind": "flags"              | /users/signals/3/kind
            "first": "2026-11-01T00:00:00Z" | "first": "2026-11-01"   | /first
            "first": "2026-11-01T00:00:00Z" | "first": "2027-11-01T00:00:00Z" | ''
            "pending": 0               | "pending": true              | /follow_up/pending
            "decisions": {             | "decisions": { "luck": 1,    | /decisions/luck
            "format_version": 1        | "format_version": 2          | /format_version
            """)
    void faultIsRefusedAtItsPlace(String replaced, String by, String pointer) {
        String json = SNAPSHOT.toJson();
        assertThat(json).contains(replaced);

        String faulty = json.replaceFirst(Pattern.quote(replaced), Matcher.quoteReplacement(by));

        assertThatExceptionOfType(InvalidArtifactException.class)
                .isThrownBy(() -> DriftSnapshot.fromJson(faulty))
                .satisfies(refusal -> assertThat(refusal.problems())
                        .extracting(Problem::pointer)
                        .contains(pointer));
    }

    /** What is accepted none the less is a snapshot, which is written and read again. */
    @Test
    void everyFaultOfEveryNodeIsRefusedOrLeavesASnapshot() {
        Map<String, Object> file = DriftFormat.json(
                DriftSnapshot.empty(Monitored.BARE, Monitored.POLICY).plus(SNAPSHOT_OF_BARE));
        file.put(
                "users",
                Map.of(
                        "signals",
                        List.of(),
                        "probability",
                        Map.of("edges", List.of(0.0, 0.3, 0.6), "rows", List.of(0, 1, 0, 0), "missing", 0)));
        int refused = 0;
        List<Fault> faults = FaultyJson.faults(file);

        for (Fault fault : faults) {
            String json = FaultyJson.write(file, fault);
            try {
                DriftSnapshot read = DriftSnapshot.fromJson(json);
                assertThat(DriftSnapshot.fromJson(read.toJson()))
                        .as("%s", fault)
                        .isEqualTo(read);
            } catch (InvalidArtifactException e) {
                assertThat(e.problems()).isNotEmpty();
                refused++;
            }
        }

        assertThat(refused).isBetween(faults.size() / 2, faults.size() - 1);
    }

    private static final DriftSnapshot SNAPSHOT_OF_BARE = snapshotOfBare();

    private static DriftSnapshot snapshotOfBare() {
        DriftMonitor monitor = DriftMonitor.of(Monitored.BARE, Monitored.POLICY, DriftOptions.DEFAULT);
        for (Object sessions : List.of(10, "many")) {
            monitor.decided(
                    Monitored.decide(
                            Monitored.BARE,
                            Monitored.POLICY,
                            Monitored.plainUser("sessions", sessions),
                            "a",
                            Monitored.START),
                    0);
        }
        return monitor.snapshot();
    }

    @Test
    void snapshotWithOtherBinsIsNotAdded() {
        String other = SNAPSHOT.toJson().replace("\"month\"", "\"week\"");

        assertThatThrownBy(() -> SNAPSHOT.plus(DriftSnapshot.fromJson(other)))
                .hasMessage("the snapshots count in other bins, so one of them was changed");
    }

    @Test
    void exampleOfTheDocumentationIsReadAndValid() throws IOException {
        String page = Files.readString(Path.of(System.getProperty("basedir", ""), "..", "docs", "monitoring.md"));
        List<String> examples = new ArrayList<>();
        Matcher matcher = Pattern.compile("(?ms)^```json\\n(.*?)^```$").matcher(page);
        while (matcher.find()) {
            examples.add(matcher.group(1).strip());
        }

        assertThat(examples).hasSize(1);
        assertThat(SNAPSHOTS.validate(examples.get(0), InputFormat.JSON)).isEmpty();
        assertThat(DriftSnapshot.fromJson(examples.get(0)).users()).isEqualTo(4);
    }

    private static String resource() {
        try (InputStream in =
                DriftSnapshot.class.getResourceAsStream("/META-INF/schemas/conversion-drift-1.schema.json")) {
            return new String(Monitored.known(in).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new AssertionError("the schema is in the jar", e);
        }
    }
}
