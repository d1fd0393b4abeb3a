package io.conversion.policy.records;

import static org.assertj.core.api.Assertions.assertThat;

import io.conversion.core.ConversionModel;
import io.conversion.core.MinimumEvidence;
import io.conversion.core.provenance.ReferenceDistribution;
import io.conversion.core.provenance.SignalDistribution.Numbers;
import io.conversion.core.shapes.Shape;
import io.conversion.core.signals.Signal;
import io.conversion.core.signals.SignalSchema;
import io.conversion.policy.Band;
import io.conversion.policy.Condition.Extrapolated;
import io.conversion.policy.Decision;
import io.conversion.policy.Decision.Reason;
import io.conversion.policy.DecisionContext;
import io.conversion.policy.DecisionEvent;
import io.conversion.policy.Guardrail;
import io.conversion.policy.ModelRequirement;
import io.conversion.policy.Policy;
import io.conversion.policy.PolicyBuilder;
import io.conversion.policy.PolicyEngine;
import io.conversion.policy.records.Replayed.Differs;
import io.conversion.policy.records.Replayed.Verified;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** A number beyond all training rows turns a guardrail or a minimum of evidence on, and its record says and proves it. */
class ExtrapolatedRecordPropertyTest {

    private static final SignalSchema SCHEMA =
            SignalSchema.of("s", "1", Signal.numeric("hours"), Signal.numeric("sessions"));
    private static final Guardrail GUARDRAIL =
            new Guardrail("unknown land", new Extrapolated("hours"), "ask", "nobody like that was trained on");
    private static final Policy GUARDED = policy("guarded").guardrail(GUARDRAIL).build();
    private static final Policy PLAIN = policy("plain").build();

    @Property
    void guardrailHoldsForWhatLiesBeyondTrainingAndItsRecordIsVerified(
            @ForAll @IntRange(min = -5, max = 5) int ulps,
            @ForAll @DoubleRange(min = -1e6, max = 1e6) double end,
            @ForAll @DoubleRange(min = 0, max = 1e6) double width,
            @ForAll boolean upper) {
        ConversionModel model = model(end, end + width, MinimumEvidence.NONE);
        double edge = upper ? end + width : end;
        double hours = edge;
        for (int i = 0; i < Math.abs(ulps); i++) {
            hours = ulps > 0 ? Math.nextUp(hours) : Math.nextDown(hours);
        }
        boolean beyond = hours < end || hours > end + width;

        DecisionEvent event = event(GUARDED, model, hours);
        DecisionRecord record = DecisionRecord.fromJson(DecisionRecord.of(event).toJson());

        assertThat(event.decision().reason()).isEqualTo(beyond ? Reason.GUARDRAIL : Reason.BAND);
        assertThat(record.outcome().guardrail()).isEqualTo(beyond ? "unknown land" : null);
        assertThat(rules(record)).isEqualTo(beyond ? List.of("hours EXTRAPOLATED") : List.of());
        assertThat(replay(model, GUARDED).replay(record)).isEqualTo(new Verified(record));
    }

    @Property
    void minimumWithinTrainingFallsBackAndItsRecordIsVerified(@ForAll Random random) {
        double hours = 10 * random.nextGaussian();
        ConversionModel model = model(-5, 5, MinimumEvidence.NONE.onlyWithinTraining());
        boolean beyond = Math.abs(hours) > 5;

        DecisionEvent event = event(PLAIN, model, hours);
        DecisionRecord record = DecisionRecord.fromJson(DecisionRecord.of(event).toJson());

        assertThat(event.decision().reason()).isEqualTo(beyond ? Reason.INSUFFICIENT_EVIDENCE : Reason.BAND);
        assertThat(event.decision().details())
                .isEqualTo(
                        beyond
                                ? List.of(
                                        "signal \"hours\" lies beyond the training rows, which reach from -5.0 to 5.0")
                                : event.decision().details());
        assertThat(event.decision() instanceof Decision.Fallback).isEqualTo(beyond);
        assertThat(replay(model, PLAIN).replay(record)).isEqualTo(new Verified(record));
    }

    @Test
    void guardrailComesBeforeTheMinimum() {
        ConversionModel model = model(-5, 5, MinimumEvidence.NONE.onlyWithinTraining());

        assertThat(event(GUARDED, model, 7).decision().reason()).isEqualTo(Reason.GUARDRAIL);
    }

    /** Who changes what a record says of it, and seals the record again, is told by replay. */
    @Test
    void alteredRecordIsTold() {
        ConversionModel model = model(-5, 5, MinimumEvidence.NONE.onlyWithinTraining());
        Replay replay = Replay.of(List.of(model), List.of(GUARDED, PLAIN));
        String guarded = DecisionRecord.of(event(GUARDED, model, 7)).toJson();
        String plain = DecisionRecord.of(event(PLAIN, model, 7)).toJson();
        String rule = "{\"signal\":\"hours\",\"rule\":\"extrapolated\",\"given\":\"7\"}";
        assertThat(guarded).contains(rule);

        assertThat(differing(replay, guarded, rule, "")).isEqualTo("evidence/rules");
        assertThat(differing(replay, guarded, rule, rule.replace("extrapolated", "clipped")))
                .isNotEmpty();
        assertThat(differing(replay, guarded, "\"hours\":7", "\"hours\":4")).isNotEmpty();
        assertThat(differing(replay, guarded, "unknown land", "known land")).isNotEmpty();
        assertThat(differing(replay, plain, "insufficient_evidence", "undefined_probability"))
                .isNotEmpty();
    }

    private static String differing(Replay replay, String line, String fragment, String replacement) {
        String body = line.substring(0, line.lastIndexOf(",\"digest\""));
        assertThat(body).contains(fragment);
        Replayed replayed =
                replay.replay(DecisionRecord.fromJson(RecordFormat.sealed(body.replace(fragment, replacement))));
        assertThat(replayed).as(replayed.sentence()).isInstanceOf(Differs.class);
        return ((Differs) replayed).element();
    }

    private static List<String> rules(DecisionRecord record) {
        return Objects.requireNonNull(record.score()).evidence().substitutions().stream()
                .map(rule -> rule.signal() + " " + rule.rule())
                .toList();
    }

    private static Replay replay(ConversionModel model, Policy policy) {
        return Replay.of(List.of(model), List.of(policy));
    }

    private static DecisionEvent event(Policy policy, ConversionModel model, double hours) {
        return DecisionEvent.decide(
                PolicyEngine.of(policy),
                model.scorer(),
                SCHEMA.read(Map.of("hours", hours, "sessions", 1)),
                DecisionContext.NONE,
                "r",
                null);
    }

    private static PolicyBuilder policy(String name) {
        return Policy.builder(name, "1", ModelRequirement.named("trial"))
                .bands(List.of(Band.of("low", 0, "wait"), Band.of("high", 0.5, "offer")))
                .fallbackAction("none");
    }

    private static ConversionModel model(double lowest, double highest, MinimumEvidence minimum) {
        return ConversionModel.builder("trial", "1", SCHEMA)
                .shapes(Map.of("hours", new Shape.Linear(0.1, 0, 0), "sessions", new Shape.Linear(0.1, 0, 0)))
                .weights(Map.of("hours", 1.0, "sessions", 1.0))
                .minimumEvidence(minimum)
                .referenceDistribution(ReferenceDistribution.of(
                        Map.of("hours", numbers(lowest, highest), "sessions", numbers(0, 9)), numbers(0, 1)))
                .build();
    }

    private static Numbers numbers(double lowest, double highest) {
        return new Numbers(List.of(0.5), List.of(5L, 5L), 0, lowest, highest);
    }
}
