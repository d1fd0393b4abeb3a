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
import io.conversion.core.ModelReference;
import io.conversion.core.artifact.InvalidArtifactException;
import io.conversion.core.artifact.InvalidArtifactException.Problem;
import io.conversion.core.provenance.SignalDistribution;
import io.conversion.core.signals.Violation;
import io.conversion.policy.Decision.Reason;
import io.conversion.policy.FaultyJson;
import io.conversion.policy.FaultyJson.Fault;
import io.conversion.policy.PolicyReference;
import io.conversion.policy.monitoring.DriftOptions.Unreported;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
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
                DriftOptions.defaults().outcomesWithin(Duration.ofHours(1), Unreported.NOT_CONVERTED));
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

    /** The file was written by format 1 of the library and never again. */
    @Test
    void fileOfFormatOneIsReadAndWrittenBackAsItWas() throws IOException {
        String file = Files.readString(
                Path.of(System.getProperty("basedir", ""), "src", "test", "resources", "io", "conversion", "policy")
                        .resolve("monitoring")
                        .resolve("drift-format-1.json"));

        DriftSnapshot golden = DriftSnapshot.fromJson(file);

        assertThat(golden).isEqualTo(GOLDEN);
        assertThat(golden.toJson()).isEqualTo(file);
        assertThat(SNAPSHOTS.validate(file, InputFormat.JSON)).isEmpty();
    }

    /** Every field, with a number of its own where it counts. */
    private static final DriftSnapshot GOLDEN = new DriftSnapshot(
            new ModelReference("trial-conversion", "2026-11-22", "sha256:" + "9f".repeat(32)),
            new PolicyReference("trial-offers", "4", "sha256:" + "60".repeat(32)),
            Instant.parse("2026-11-23T08:00:00Z"),
            Instant.parse("2026-11-23T19:59:58Z"),
            Map.of(
                    Reason.BAND,
                    11L,
                    Reason.HELD_BAND,
                    2L,
                    Reason.GUARDRAIL,
                    3L,
                    Reason.CONTROL,
                    4L,
                    Reason.INVALID_SIGNALS,
                    5L),
            6,
            Map.of(
                    new Refusal("", Violation.Kind.UNKNOWN_SIGNAL),
                    7L,
                    new Refusal("visits", Violation.Kind.NOT_WHOLE),
                    8L),
            signals(),
            Map.of("visits", 2L),
            new SignalDistribution.Numbers(List.of(0.1, 0.3), List.of(8L, 6L, 5L), 1),
            List.of(
                    new BandCounts("low", 0, 15, new CalibrationCounts(9, 1, 755_321, 690_001)),
                    new BandCounts("high", 0.4, 5, new CalibrationCounts(3, 2, 1_800_000, 700_250))),
            goldenActions(),
            new FollowUp(10, 12, 13, 14, 15, 16, 17));

    private static Map<String, SignalDistribution> signals() {
        Map<String, SignalDistribution> signals = new LinkedHashMap<>();
        signals.put("visits", new SignalDistribution.Numbers(List.of(1.0, 4.5), List.of(9L, 7L, 3L), 1));
        signals.put("tier", new SignalDistribution.Levels(Map.of("a", 12L, "b", 0L), 2, 6));
        signals.put("verified", new SignalDistribution.Flags(13, 4, 3));
        return signals;
    }

    private static Map<String, CalibrationCounts> goldenActions() {
        Map<String, CalibrationCounts> actions = new LinkedHashMap<>();
        actions.put("nurture", new CalibrationCounts(8, 1, 700_000, 640_000));
        actions.put("annual_plan", new CalibrationCounts(4, 2, 1_855_321, 750_251));
        actions.put("none", CalibrationCounts.NONE);
        return actions;
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
        DriftMonitor monitor = DriftMonitor.of(Monitored.BARE, Monitored.POLICY, DriftOptions.defaults());
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
