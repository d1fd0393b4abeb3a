package io.conversion.policy.records;

import static org.assertj.core.api.Assertions.assertThat;

import io.conversion.core.ConversionModel;
import io.conversion.core.shapes.Shape;
import io.conversion.core.signals.Signal;
import io.conversion.core.signals.SignalSchema;
import io.conversion.policy.Assignment.Standing;
import io.conversion.policy.Band;
import io.conversion.policy.ControlGroup;
import io.conversion.policy.DecisionContext;
import io.conversion.policy.DecisionEvent;
import io.conversion.policy.Experiment;
import io.conversion.policy.ExperimentEngine;
import io.conversion.policy.Layer;
import io.conversion.policy.ModelRequirement;
import io.conversion.policy.Policy;
import io.conversion.policy.PolicyEngine;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class ExperimentRecordTest {

    private static final SignalSchema SCHEMA = SignalSchema.of("trial", "1", Signal.numeric("sessions"));
    private static final ConversionModel MODEL =
            ConversionModel.of("trial", "1", SCHEMA, -1, Map.of("sessions", new Shape.Linear(0.5, 0, 0)));
    private static final Policy TODAY = Policy.builder("offers", "1", ModelRequirement.named("trial"))
            .bands(List.of(Band.of("low", 0, "nurture"), Band.of("high", 0.5, "discount")))
            .control(new ControlGroup(0.2, "held-2026", "nothing"))
            .fallbackAction("none")
            .build();
    private static final Policy OFFER = TODAY.toBuilder("2")
            .bands(List.of(Band.of("low", 0, "nurture"), Band.of("high", 0.3, "annual_plan")))
            .build();
    private static final Experiment EXPERIMENT = Experiment.builder("annual-offer", "1", "annual-2026")
            .layer(new Layer("offers", "offers-layer", 0, 0.7))
            .arm("today", 0.6, TODAY.reference())
            .arm("offer", 0.4, OFFER.reference())
            .running(Instant.parse("2026-12-01T00:00:00Z"), Instant.parse("2027-01-01T00:00:00Z"))
            .force("user-7", "offer")
            .build();
    private static final ExperimentEngine ENGINE =
            ExperimentEngine.of(List.of(EXPERIMENT), List.of(TODAY, OFFER), PolicyEngine.of(TODAY));
    private static final Replay REPLAY =
            Replay.of(List.of(MODEL), List.of(TODAY, OFFER)).running(ENGINE);

    private static DecisionRecord record(int user, Map<String, ?> signals, Redaction redaction) {
        DecisionContext context = user % 10 == 9 ? DecisionContext.NONE : DecisionContext.NONE.userKey("user-" + user);
        Instant moment = Instant.parse(user % 20 == 3 ? "2026-11-30T23:59:59Z" : "2026-12-24T10:00:00Z");
        return DecisionRecord.of(
                DecisionEvent.decide(
                        ENGINE, MODEL.scorer(), MODEL.schema().read(signals), context, "request-" + user, moment),
                redaction,
                1);
    }

    @Test
    void everyRecordComesBackAndReplays() {
        Map<Standing, Integer> standings = new EnumMap<>(Standing.class);
        for (int user = 0; user < 500; user++) {
            Map<String, ?> signals = user % 11 == 5 ? Map.of("sessions", "many") : Map.of("sessions", user % 7);
            DecisionRecord record = record(user, signals, Redaction.NONE);

            DecisionRecord read = DecisionRecord.fromJson(record.toJson());

            assertThat(read).isEqualTo(record);
            assertThat(REPLAY.replay(read))
                    .as(record.toJson())
                    .isInstanceOfAny(Replayed.Verified.class, Replayed.VerifiedInPart.class);
            var assignment = Objects.requireNonNull(read.assignment());
            standings.merge(assignment.standing(), 1, Integer::sum);
            assertThat(assignment.propensities().values().stream()
                            .mapToDouble(Double::doubleValue)
                            .sum())
                    .isBetween(1 - 1e-12, 1 + 1e-12);
            assertThat(assignment.propensities().get(read.outcome().action()))
                    .isEqualTo(read.outcome().propensity());
            assertThat(record.toJson()).doesNotContain("\"user-" + user + "\"");
        }
        assertThat(standings)
                .containsKeys(
                        Standing.DRAWN, Standing.FORCED, Standing.OUTSIDE_LAYER, Standing.NOT_RUNNING, Standing.NO_KEY);
    }

    /** The policy of one arm draws a control group, that of the other none, so that the record of its users has no draw of it. */
    @Test
    void recordReplaysWhereTheOtherArmAloneHasControlGroup() {
        Policy plain = TODAY.toBuilder("3").control(null).build();
        ExperimentEngine engine = ExperimentEngine.of(
                Experiment.builder("held", "1", "held-salt")
                        .arm("plain", 0.5, plain.reference())
                        .arm("held", 0.5, TODAY.reference())
                        .build(),
                List.of(plain, TODAY));
        Replay replay = Replay.of(List.of(MODEL), List.of(plain, TODAY)).running(engine);
        for (int user = 0; user < 50; user++) {
            DecisionRecord record = DecisionRecord.of(DecisionEvent.decide(
                    engine,
                    MODEL.scorer(),
                    MODEL.schema().read(Map.of("sessions", 4)),
                    DecisionContext.NONE.userKey("user-" + user),
                    "request",
                    null));

            assertThat(replay.replay(record)).as(record.toJson()).isInstanceOf(Replayed.Verified.class);
            assertThat(Objects.requireNonNull(record.assignment()).propensities())
                    .isEqualTo(Map.of("discount", 0.5 + 0.5 * 0.8, "nothing", 0.5 * 0.2));
        }
    }

    @Test
    void anotherArmInTheRecordIsFound() {
        DecisionRecord record = record(0, Map.of("sessions", 4), Redaction.NONE);
        int user = 0;
        while (Objects.requireNonNull(record.assignment()).standing() != Standing.DRAWN) {
            record = record(++user, Map.of("sessions", 4), Redaction.NONE);
        }
        var assignment = Objects.requireNonNull(record.assignment());
        String arm = Objects.requireNonNull(assignment.arm());
        String forged = record.toJson()
                .replace("\"arm\":\"" + arm + "\"", "\"arm\":\"" + (arm.equals("offer") ? "today" : "offer") + "\"");
        String body = forged.substring(0, forged.lastIndexOf(RecordFormat.SEAL));

        Replayed replayed = REPLAY.replay(DecisionRecord.fromJson(RecordFormat.sealed(body)));

        assertThat(replayed)
                .isInstanceOfSatisfying(
                        Replayed.Differs.class,
                        differs -> assertThat(differs.element()).isEqualTo("experiment/arm"));
    }

    @Test
    void experimentThatIsNotKnownIsNamed() {
        DecisionRecord record = record(1, Map.of("sessions", 4), Redaction.NONE);

        assertThat(Replay.of(List.of(MODEL), List.of(TODAY, OFFER)).replay(record))
                .isInstanceOfSatisfying(
                        Replayed.UnknownArtifact.class,
                        unknown -> assertThat(unknown.artifact()).startsWith("experiment \"annual-offer\" 1 (sha256:"));
    }

    @Test
    void redactedRecordTakesTheArmAsRecorded() {
        DecisionRecord record = record(2, Map.of("sessions", 4), Redaction.of(SCHEMA, List.of("sessions"), "pepper"));

        assertThat(REPLAY.replay(DecisionRecord.fromJson(record.toJson())))
                .isInstanceOfSatisfying(
                        Replayed.VerifiedInPart.class,
                        part -> assertThat(part.takenAsRecorded())
                                .contains(
                                        "the arm and the probabilities of actions are taken as recorded, since those of other"
                                                + " arms depend on redacted signals"));
    }
}
