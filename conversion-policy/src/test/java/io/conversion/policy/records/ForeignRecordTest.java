package io.conversion.policy.records;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.conversion.core.Contribution;
import io.conversion.core.ConversionModel;
import io.conversion.core.Explanation;
import io.conversion.core.ModelReference;
import io.conversion.core.Score;
import io.conversion.core.Scorer;
import io.conversion.core.artifact.InvalidArtifactException;
import io.conversion.core.shapes.Shape;
import io.conversion.core.signals.Evidence;
import io.conversion.core.signals.Signal;
import io.conversion.core.signals.SignalSchema;
import io.conversion.core.signals.Signals;
import io.conversion.core.signals.WhenOutOfRange;
import io.conversion.policy.Band;
import io.conversion.policy.Condition;
import io.conversion.policy.Decision;
import io.conversion.policy.DecisionContext;
import io.conversion.policy.DecisionEvent;
import io.conversion.policy.Guardrail;
import io.conversion.policy.ModelRequirement;
import io.conversion.policy.Policy;
import io.conversion.policy.PolicyEngine;
import io.conversion.policy.records.Replayed.Differs;
import io.conversion.policy.records.Replayed.UnknownArtifact;
import io.conversion.policy.records.Replayed.VerifiedInPart;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Decisions on scores of a model that is not the library's own, on record and made again. */
class ForeignRecordTest {

    private static final SignalSchema SCHEMA = SignalSchema.of(
            "trial-signals",
            "1",
            Signal.numeric("sessions").range(0, 20).whenOutOfRange(WhenOutOfRange.CLIP),
            Signal.flag("complained"));
    private static final Policy POLICY = Policy.builder("trial", "1", ModelRequirement.named("boosting"))
            .bands(List.of(Band.of("low", 0, "wait"), Band.of("high", 0.5, "offer")))
            .guardrail(new Guardrail(
                    "complaint", new Condition.FlagIs("complained", true), "call", "A user who complained gets a call"))
            .fallbackAction("none")
            .build();
    private static final Replay REPLAY = Replay.of(List.of(), List.of(POLICY), List.of(SCHEMA));

    private record Boosting(double answer) implements Scorer {

        @Override
        public ModelReference model() {
            return new ModelReference("boosting", "7", "sha256:" + "a".repeat(64));
        }

        @Override
        public SignalSchema schema() {
            return SCHEMA;
        }

        @Override
        public Score score(Signals signals) {
            return Score.of(this, signals, answer);
        }

        @Override
        public Optional<Explanation> explanation(Signals signals, int strongest) {
            Score score = score(signals);
            return Optional.of(new Explanation(
                    score, score, OptionalDouble.empty(), List.of(Contribution.of(signals, signals, 0, 0.25)), 0));
        }
    }

    private static DecisionEvent decided(double probability, Map<String, ?> user) {
        return DecisionEvent.decide(
                PolicyEngine.of(POLICY),
                new Boosting(probability),
                SCHEMA.read(user),
                DecisionContext.NONE,
                "visit",
                null);
    }

    private static Map<String, Object> user(boolean complained) {
        return Map.of("sessions", 35, "complained", complained);
    }

    @Property
    void decisionIsMadeAgainFromTheRecordedProbability(
            @ForAll @DoubleRange(min = 0, max = 1) double probability, @ForAll boolean complained) {
        DecisionRecord record =
                DecisionRecord.fromJson(DecisionRecord.of(decided(probability, user(complained)), Redaction.NONE, 3)
                        .toJson());

        assertThat(record.score())
                .isNotNull()
                .satisfies(score -> assertThat(score.isForeign()).isTrue());
        assertThat(REPLAY.replay(record))
                .isInstanceOfSatisfying(
                        VerifiedInPart.class,
                        verified -> assertThat(verified.sentence())
                                .isEqualTo("verified in part: the score is of model \"boosting\" 7 (sha256:aaaaaaaa),"
                                        + " which is not the library's own, so its probability and evidence are taken"
                                        + " as recorded"));
    }

    @ParameterizedTest
    @CsvSource(useHeadersInDisplayName = true, textBlock = """
                    probability, action
                    0,           wait
                    0.5,         offer
                    1,           offer
                    NaN,         none
                    """)
    void certainProbabilitiesAreDecidedOnAndNoneIsAFallback(double probability, String action) {
        DecisionEvent event = decided(probability, user(false));

        assertThat(event.decision().action()).isEqualTo(action);
        assertThat(REPLAY.replay(DecisionRecord.of(event))).isInstanceOf(VerifiedInPart.class);
        if (action.equals("none")) {
            assertThat(event.decision()).isInstanceOf(Decision.Fallback.class);
            assertThat(event.decision().details())
                    .containsExactly("model \"boosting\" 7 (sha256:aaaaaaaa) gave no probability to decide on");
        }
    }

    @Test
    void redactedSignalsReplayFromTheProbabilityToo() {
        DecisionEvent event = decided(0.1 + 0.2 + 0.2, user(false));
        DecisionRecord record =
                DecisionRecord.of(event, Redaction.of(SCHEMA, List.of("sessions"), "a salt that is long enough"), 0);

        assertThat(REPLAY.replay(record))
                .isInstanceOfSatisfying(
                        VerifiedInPart.class,
                        verified -> assertThat(verified.takenAsRecorded()).hasSize(3));
    }

    /** A foreign scorer that says itself what its scores rest on, and falls short of it. */
    private record Doubting(Scorer scorer) implements Scorer {

        @Override
        public ModelReference model() {
            return scorer.model();
        }

        @Override
        public SignalSchema schema() {
            return scorer.schema();
        }

        @Override
        public Score score(Signals signals) {
            return Score.of(this, signals, 0.7);
        }

        @Override
        public Evidence evidence(Signals signals) {
            return new Evidence(List.of(), 0.25, List.of("too little is known"));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void evidenceOfItsOwnReplaysWithAndWithoutRedaction(boolean complained) {
        DecisionEvent event = DecisionEvent.decide(
                PolicyEngine.of(POLICY),
                new Doubting(new Boosting(0)),
                SCHEMA.read(user(complained)),
                DecisionContext.NONE,
                "visit",
                null);

        assertThat(event.decision().action()).isEqualTo(complained ? "call" : "none");
        for (Redaction redaction :
                List.of(Redaction.NONE, Redaction.of(SCHEMA, List.of("sessions"), "a salt that is long enough"))) {
            assertThat(REPLAY.replay(DecisionRecord.of(event, redaction, 0))).isInstanceOf(VerifiedInPart.class);
        }
    }

    @Test
    void refusedSignalsOfAForeignScorerReplay() {
        DecisionEvent event = decided(0.7, Map.of("sessions", "many"));

        assertThat(REPLAY.replay(DecisionRecord.of(event))).isInstanceOf(VerifiedInPart.class);
    }

    @Test
    void recordOfAKnownModelIsNotForeignBecauseItSaysSo() {
        ConversionModel model = ConversionModel.of(
                "boosting",
                "1",
                SCHEMA,
                0,
                Map.of("sessions", new Shape.Linear(0.1, 0, 0), "complained", new Shape.Flag(0, 0)));
        DecisionRecord own = DecisionRecord.of(DecisionEvent.decide(
                PolicyEngine.of(POLICY),
                model.scorer(),
                SCHEMA.read(user(false)),
                DecisionContext.NONE,
                "visit",
                null));
        DecisionRecord.Numbers score = Objects.requireNonNull(own.score());
        DecisionRecord tampered = new DecisionRecord(
                own.library(),
                own.request(),
                own.moment(),
                own.model(),
                own.policy(),
                own.schema(),
                own.inputs(),
                new DecisionRecord.Numbers(
                        score.rawLogOdds(), score.logOdds(), score.probability(), score.evidence(), true),
                null,
                null,
                own.outcome(),
                List.of());

        assertThat(Replay.of(List.of(model), List.of(POLICY)).replay(tampered))
                .isInstanceOfSatisfying(
                        Differs.class, differs -> assertThat(differs.element()).isEqualTo("score/foreign"));
    }

    @Test
    void probabilityThatIsNoneIsNotRead() {
        String line = DecisionRecord.of(decided(0.5, user(false))).toJson();
        String body = line.substring(0, line.indexOf(",\"digest\":\"sha256:", line.indexOf("propensity")));

        assertThatExceptionOfType(InvalidArtifactException.class)
                .isThrownBy(() -> DecisionRecord.fromJson(RecordFormat.sealed(
                        body.replace("\"probability\":\"0x1.0p-1\"", "\"probability\":\"0x1.8p0\""))))
                .withMessageContaining("/score/probability is 0x1.8p0; expected a number from 0 to 1, or NaN");
    }

    @Test
    void anotherActionIsFoundAndAMissingSchemaIsNamed() {
        DecisionRecord record = DecisionRecord.of(decided(0.7, user(false)));
        DecisionRecord altered = DecisionRecord.of(decided(0.2, user(false)));
        DecisionRecord mixed = new DecisionRecord(
                record.library(),
                record.request(),
                record.moment(),
                record.model(),
                record.policy(),
                record.schema(),
                record.inputs(),
                record.score(),
                null,
                null,
                altered.outcome(),
                List.of());

        assertThat(REPLAY.replay(mixed)).isInstanceOf(Differs.class);
        assertThat(Replay.of(List.of(), List.of(POLICY)).replay(record))
                .isInstanceOfSatisfying(
                        UnknownArtifact.class,
                        unknown -> assertThat(unknown.artifact()).startsWith("schema "));
    }
}
