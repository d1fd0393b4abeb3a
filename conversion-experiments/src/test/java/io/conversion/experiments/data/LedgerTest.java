package io.conversion.experiments.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.conversion.core.ConversionModel;
import io.conversion.core.shapes.Shape;
import io.conversion.core.signals.Signal;
import io.conversion.core.signals.SignalSchema;
import io.conversion.experiments.EffectReadout;
import io.conversion.experiments.Finding;
import io.conversion.experiments.Readout;
import io.conversion.experiments.UserTable;
import io.conversion.experiments.Verdict;
import io.conversion.policy.Assignment.Standing;
import io.conversion.policy.Band;
import io.conversion.policy.DecisionContext;
import io.conversion.policy.DecisionEvent;
import io.conversion.policy.Experiment;
import io.conversion.policy.ExperimentCriteria;
import io.conversion.policy.ExperimentEngine;
import io.conversion.policy.ExperimentMetric;
import io.conversion.policy.Layer;
import io.conversion.policy.ModelRequirement;
import io.conversion.policy.Policy;
import io.conversion.policy.PolicyEngine;
import io.conversion.policy.records.DecisionRecord;
import io.conversion.policy.records.Replay;
import io.conversion.policy.records.Replayed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A service that runs an experiment, is ended in the middle, and starts again: from its records to the verdict. */
class LedgerTest {

    private static final SignalSchema SCHEMA = SignalSchema.of("trial", "1", Signal.numeric("sessions"));
    private static final ConversionModel MODEL =
            ConversionModel.of("trial", "1", SCHEMA, -2, Map.of("sessions", new Shape.Linear(0.4, 0, 0)));
    private static final Policy TODAY =
            Policy.of("offers", "1", ModelRequirement.named("trial"), List.of(Band.of("all", 0, "nothing")), "nothing");
    private static final Policy OFFER = Policy.of(
            "offers", "2", ModelRequirement.named("trial"), List.of(Band.of("all", 0, "annual_plan")), "nothing");
    private static final Instant START = Instant.parse("2026-12-01T00:00:00Z");
    private static final Experiment EXPERIMENT = Experiment.builder("annual-offer", "1", "annual-2026")
            .layer(new Layer("offers", "offers-layer", 0, 0.8))
            .arm("today", 0.5, TODAY.reference())
            .arm("offer", 0.5, OFFER.reference())
            .running(START, START.plus(Duration.ofDays(60)))
            .primary(new ExperimentMetric("converted", ExperimentMetric.Kind.PROPORTION, null, 14, true, Double.NaN))
            .guardrail(new ExperimentMetric("revenue", ExperimentMetric.Kind.MEAN, null, 14, true, 1))
            .criteria(ExperimentCriteria.of(6000, 0.02))
            .build();

    /** When it is read: the window of everybody is closed. */
    private static final Instant LATER = START.plus(Duration.ofDays(60));

    private static final int USERS = 8000;
    private static final double EFFECT = 0.08;

    @TempDir
    private Path folder;

    private final List<String> outcomes = new ArrayList<>();
    private long exposed;

    private static ExperimentEngine engine() {
        return ExperimentEngine.of(List.of(EXPERIMENT), List.of(TODAY, OFFER), PolicyEngine.of(TODAY));
    }

    /** Each run of the host has an engine of its own, made of the same files. */
    private Path serve(String name, int from, int to) throws IOException {
        Path file = folder.resolve(name);
        ExperimentEngine engine = engine();
        for (int user = from; user < to; user++) {
            Random random = new Random(user * 7919L);
            String key = "user-" + user;
            Instant moment = START.plus(Duration.ofMinutes(5L * user));
            var reading = SCHEMA.read(Map.of("sessions", random.nextInt(8)));
            for (int visit = 0; visit < 1 + user % 2; visit++) {
                DecisionEvent event = DecisionEvent.decide(
                        engine,
                        MODEL.scorer(),
                        reading,
                        DecisionContext.NONE.userKey(key),
                        key + "/" + visit,
                        moment.plusSeconds(60L * visit));
                DecisionRecord record = DecisionRecord.of(event);
                Files.writeString(file, record.toJson() + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
                var assignment = Objects.requireNonNull(record.assignment());
                if (visit == 0 && assignment.standing() == Standing.DRAWN) {
                    exposed++;
                    double chance =
                            event.score().orElseThrow().probability() + ("offer".equals(assignment.arm()) ? EFFECT : 0);
                    if (random.nextDouble() < chance) {
                        Instant bought = moment.plus(Duration.ofHours(30));
                        outcomes.add(key + "," + bought + ",converted,1");
                        outcomes.add(key + "," + bought + ",revenue,9.5");
                    }
                }
            }
        }
        return file;
    }

    @Test
    void experimentIsReadOutOfTheRecordsThatServedIt() throws IOException {
        Path first = serve("decisions-1.jsonl", 0, 5000);
        // The host is ended while it writes, and another one goes on.
        String written = Files.readString(first);
        Files.writeString(first, written.substring(0, written.length() - 40));
        Path second = serve("decisions-2.jsonl", 5000, USERS);
        int sound = outcomes.size();
        outcomes.add("user-1,2026-11-30T00:00:00Z,converted,1");
        outcomes.add(outcomes.get(0));
        outcomes.add("nobody,2026-12-05T00:00:00Z,converted,1");
        outcomes.add("user-1,2026-12-05T00:00:00Z,converted,NaN");
        outcomes.add("user-1,2026-12-05 00:00,converted,1");
        outcomes.add("user-2,2026-12-31T00:00:00Z,refunds,1");
        outcomes.add("user-1,2924-03-01T00:00:00Z,converted,1");
        Collections.reverse(outcomes);
        Path happened = folder.resolve("outcomes.csv");
        Files.writeString(happened, "key,moment,metric,value\n" + String.join("\n", outcomes) + "\n");

        Ledger ledger = Ledger.read(EXPERIMENT, List.of(second, first), List.of(happened), LATER, bytes -> {});
        Readout readout = ledger.readout();

        assertThat(readout.health().findings())
                .extracting(Finding::code)
                .contains(
                        "unreadable_records",
                        "records_outside_layer",
                        "double_outcomes",
                        "unknown_users",
                        "unreadable_outcomes",
                        "outcomes_without_moment",
                        "outcomes_ahead",
                        "unknown_metric");
        assertThat(readout.users()).isEqualTo(exposed);
        EffectReadout effect = Objects.requireNonNull(
                readout.metrics().get(0).comparisons().get(0).best());
        assertThat(effect.estimate()).isEqualTo(EFFECT, within(4 * effect.standardError()));
        assertThat(readout.verdict()).isInstanceOf(Verdict.Act.class);
        assertThat(readout.sources())
                .containsEntry(
                        "experiment \"annual-offer\" 1", EXPERIMENT.reference().digest());
        assertThat(sound).isPositive();

        // Made again of the same lines in another order, it is the same to the bit.
        Collections.shuffle(outcomes, new Random(5));
        Files.writeString(happened, "key,moment,metric,value\n" + String.join("\n", outcomes) + "\n");
        assertThat(Ledger.read(EXPERIMENT, List.of(first, second), List.of(happened), LATER, bytes -> {})
                        .readout()
                        .toJson())
                .isEqualTo(readout.toJson());
    }

    @Test
    void outcomesOfRequestsAreThoseOfTheirUsers() throws IOException {
        Path decisions = serve("decisions.jsonl", 0, 2000);
        Path byKey = folder.resolve("by-key.csv");
        Path byRequest = folder.resolve("by-request.csv");
        Files.writeString(byKey, "key,moment,metric,value\n" + String.join("\n", outcomes) + "\n");
        Files.writeString(
                byRequest,
                "request,moment,metric,value\n"
                        + String.join("\n", outcomes)
                                .replaceAll("(?m)^(user-\\d*[13579]),", "$1/1,")
                                .replaceAll("(?m)^(user-\\d+),", "$1/0,")
                        + "\n");

        Readout expected = Ledger.read(EXPERIMENT, List.of(decisions), List.of(byKey), LATER, bytes -> {})
                .readout();
        Readout readout = Ledger.read(EXPERIMENT, List.of(decisions), List.of(byRequest), LATER, bytes -> {})
                .readout();

        assertThat(readout.toJson()).isEqualTo(expected.toJson());
    }

    @Test
    void aRequestOfSeveralUsersIsOfNobody() throws IOException {
        Path decisions = serve("decisions.jsonl", 0, 200);
        List<String> ofOneName = Files.readAllLines(decisions).stream()
                .map(DecisionRecord::fromJson)
                .filter(record -> Objects.requireNonNull(record.assignment()).isExposure())
                .map(DecisionRecord::request)
                .toList();
        ExperimentEngine engine = engine();
        List<String> lines = new ArrayList<>();
        for (String request : ofOneName) {
            lines.add(DecisionRecord.of(DecisionEvent.decide(
                            engine,
                            MODEL.scorer(),
                            SCHEMA.read(Map.of("sessions", 3)),
                            DecisionContext.NONE.userKey(request.substring(0, request.indexOf('/'))),
                            "request",
                            START))
                    .toJson());
        }
        Files.write(decisions, lines);
        Path happened = folder.resolve("outcomes.csv");
        Files.writeString(happened, "request,moment,metric,value\nrequest,2026-12-02T00:00:00Z,converted,1\n");

        assertThat(Ledger.read(EXPERIMENT, List.of(decisions), List.of(happened), LATER, bytes -> {})
                        .readout()
                        .health()
                        .findings())
                .extracting(Finding::code)
                .contains("ambiguous_requests");
    }

    @Test
    void everyRecordReplaysAndNobodyChangesArmWhenTheHostStartsAgain() throws IOException {
        Path first = serve("decisions-1.jsonl", 0, 400);
        Path again = serve("decisions-2.jsonl", 0, 400);
        Replay replay = Replay.of(List.of(MODEL), List.of(TODAY, OFFER)).running(engine());

        assertThat(Files.readString(again)).isEqualTo(Files.readString(first));
        replay.replay(
                first,
                line -> assertThat(line.outcome()).as("line %s", line.number()).isInstanceOf(Replayed.Verified.class));
    }

    @Test
    void usersWhoseWindowIsOpenHaveNoOutcomeYet() throws IOException {
        Path first = serve("decisions-1.jsonl", 0, 5000);
        Path happened = folder.resolve("outcomes.csv");
        Files.writeString(happened, "key,moment,metric,value\n" + String.join("\n", outcomes) + "\n");
        Instant early = START.plus(Duration.ofDays(20));

        Readout readout = Ledger.read(EXPERIMENT, List.of(first), List.of(happened), early, bytes -> {})
                .readout();

        // A user came every five minutes; those of the first six days have had their fourteen days.
        long counted = readout.metrics().get(0).arms().stream()
                .mapToLong(arm -> arm.sample().users())
                .sum();
        assertThat(readout.health().findings())
                .extracting(Finding::code)
                .contains("window_open")
                .doesNotContain("outcomes_ahead");
        assertThat(counted / (double) exposed).isEqualTo(6 * 288 / 5000.0, within(0.02));
    }

    @Test
    void recordThatIsCutInsideACharacterIsCounted() throws IOException {
        Path first = serve("decisions-1.jsonl", 0, 50);
        int whole = read(first).size();

        Files.write(first, new byte[] {'{', '"', (byte) 0xc3}, StandardOpenOption.APPEND);

        assertThat(read(first).size()).isEqualTo(whole);
    }

    private static UserTable read(Path decisions) throws IOException {
        return Ledger.read(EXPERIMENT, List.of(decisions), List.of(), LATER, bytes -> {})
                .table();
    }

    @Test
    void withoutOutcomesThereIsNoEffect() throws IOException {
        Path first = serve("decisions-1.jsonl", 0, 400);

        Readout readout = Ledger.read(EXPERIMENT, List.of(first), List.of(), LATER, bytes -> {})
                .readout();

        assertThat(readout.verdict().sentence()).isEqualTo("Cannot know: there is no outcome of any user yet.");
    }
}
