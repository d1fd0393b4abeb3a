package io.conversion.policy;

import static io.conversion.policy.Fixtures.POLICY;
import static io.conversion.policy.Fixtures.model;
import static io.conversion.policy.Fixtures.replaced;
import static io.conversion.policy.Fixtures.score;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.conversion.core.ConversionModel;
import io.conversion.core.Score;
import io.conversion.core.artifact.InvalidArtifactException;
import io.conversion.core.signals.SignalReading;
import io.conversion.policy.Condition.NumberIs;
import io.conversion.policy.Decision.Control;
import io.conversion.policy.Decision.Decided;
import io.conversion.policy.Decision.Explored;
import io.conversion.policy.Decision.Overridden;
import io.conversion.policy.Decision.Reason;
import io.conversion.policy.records.DecisionRecord;
import io.conversion.policy.records.Redaction;
import io.conversion.policy.records.Replay;
import io.conversion.policy.records.Replayed;
import io.conversion.policy.review.FieldChange;
import io.conversion.policy.review.PolicyDiff;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExplorationTest {

    private static final ConversionModel MODEL = model("trial", 1);

    /** Of the middle band; the action of the band is not among the alternatives of the first, but is of the second. */
    private static final Policy EXPLORING = POLICY.toBuilder("5")
            .guardrail(
                    new Guardrail("complaint", new NumberIs("minus", Comparison.ABOVE, 5), "call", "A person answers"))
            .control(new ControlGroup(0.2, "held-2026", "nothing"))
            .exploration(
                    new Exploration(0.3, "explored-2026", alternatives("medium_intent", "tour", "call", "annual_plan")))
            .build();

    private static Map<String, List<String>> alternatives(String segment, String... actions) {
        Map<String, List<String>> alternatives = new LinkedHashMap<>();
        alternatives.put(segment, List.of(actions));
        return alternatives;
    }

    private static DecisionContext user(int number) {
        return DecisionContext.NONE.userKey("user-" + number);
    }

    private static SignalReading reading(double plus, double minus) {
        return MODEL.schema().read(Map.of("plus", plus, "minus", minus));
    }

    @Test
    void propensitiesAreExactAndTheFrequenciesOfUsers() {
        PolicyEngine engine = PolicyEngine.of(EXPLORING);
        // A probability of 0.62, in the band of "discount".
        Score score = score(MODEL, 0.5, 0);
        Map<String, Double> propensities = engine.propensities(MODEL.scorer(), reading(0.5, 0), user(1));

        assertThat(propensities.keySet()).containsExactly("discount", "nothing", "tour", "call", "annual_plan");
        assertThat(propensities.get("discount")).isEqualTo(0.8 * 0.7, within(1e-16));
        assertThat(propensities.get("nothing")).isEqualTo(0.2);
        assertThat(propensities.get("call")).isEqualTo(0.8 * 0.3 / 3, within(1e-16));
        Map<String, Integer> counts = new HashMap<>();
        for (int i = 0; i < 200_000; i++) {
            Decision decision = engine.decide(score, user(i));
            counts.merge(decision.action(), 1, Integer::sum);
            assertThat(decision.propensity()).isEqualTo(propensities.get(decision.action()));
        }
        propensities.forEach((action, propensity) -> assertThat(counts.getOrDefault(action, 0) / 2e5)
                .as(action)
                .isEqualTo(propensity, within(4 * Math.sqrt(propensity * (1 - propensity) / 2e5))));
    }

    @Test
    void ownActionIsAmongAlternativesOnlyIfListed() {
        PolicyEngine engine = PolicyEngine.of(POLICY.toBuilder("6")
                .exploration(new Exploration(0.5, "explored-2026", alternatives("medium_intent", "discount", "tour")))
                .build());

        assertThat(engine.propensities(MODEL.scorer(), reading(0.5, 0), user(1)))
                .isEqualTo(Map.of("discount", 0.5 + 0.25, "tour", 0.25));
        Decision explored = engine.decide(score(MODEL, 0.5, 0), DecisionContext.NONE.explorationDraw(0.1));
        assertThat(explored).isInstanceOf(Explored.class);
        assertThat(explored.action()).isEqualTo("discount");
        assertThat(explored.propensity()).isEqualTo(0.75);
        assertThat(explored.reason()).isEqualTo(Reason.EXPLORATION);
        assertThat(explored.details())
                .containsExactly("the user is in the share of 0.5 whose action is drawn from the 2 alternatives of band"
                        + " \"medium_intent\"");
    }

    @ParameterizedTest
    @CsvSource(useHeadersInDisplayName = true, textBlock = """
            draw, action
            0x0p0, tour
            0.0999, tour
            0.1, call
            0.1999, call
            0.2, annual_plan
            0x1.3333333333332p-2, annual_plan
            0x1.3333333333333p-2, discount
            """)
    void shareIsCutIntoEqualParts(double draw, String action) {
        PolicyEngine engine = PolicyEngine.of(EXPLORING);

        assertThat(engine.decide(score(MODEL, 0.5, 0), DecisionContext.NONE.explorationDraw(draw))
                        .action())
                .isEqualTo(action);
    }

    @Test
    void nothingIsDrawnAgainstGuardrailsFallbacksAndTheControlGroupOrWithoutKey() {
        PolicyEngine engine = PolicyEngine.of(EXPLORING);
        Policy held = EXPLORING.toBuilder("6")
                .control(new ControlGroup(1, "held-2026", "nothing"))
                .build();
        for (int i = 0; i < 200; i++) {
            assertThat(engine.decide(score(MODEL, 6.5, 6), user(i))).isInstanceOf(Overridden.class);
            assertThat(engine.decide(MODEL.scorer(), MODEL.schema().read(Map.of("plus", "many")), user(i)))
                    .isInstanceOf(Decision.Fallback.class);
            assertThat(PolicyEngine.of(held).decide(score(MODEL, 0.5, 0), user(i)))
                    .isInstanceOf(Control.class);
            // No alternatives are listed for the lowest band.
            assertThat(engine.decide(score(MODEL, -5, 0), user(i))).isNotInstanceOf(Explored.class);
        }
        assertThat(engine.decide(score(MODEL, 0.5, 0))).isInstanceOf(Decided.class);
        assertThat(engine.propensities(MODEL.scorer(), reading(6.5, 6), user(1)))
                .isEqualTo(Map.of("call", 1.0));
        assertThat(engine.propensities(MODEL.scorer(), reading(0.5, 0), DecisionContext.NONE))
                .isEqualTo(Map.of("discount", 1.0));
    }

    @Test
    void fileComesBackAsItWasAndTheDiffTellsTheChange() {
        ShippedSchema schema = ShippedSchema.of("conversion-policy-1", Policy::fromJson);

        Policy read = Policy.fromJson(EXPLORING.toJson());

        assertThat(read.exploration()).isEqualTo(EXPLORING.exploration());
        assertThat(read.toJson()).isEqualTo(EXPLORING.toJson());
        assertThat(read.toBuilder("5").build().reference()).isEqualTo(EXPLORING.reference());
        assertThat(EXPLORING.actions()).contains("tour");
        schema.assertValid(EXPLORING.toJson());
        Policy less = EXPLORING.toBuilder("5")
                .exploration(new Exploration(0.1, "other", alternatives("medium_intent", "tour")))
                .build();
        assertThat(PolicyDiff.of(EXPLORING, less).fields().stream().map(FieldChange::sentence))
                .containsExactly(
                        "share whose action is drawn: \"0.3\" becomes \"0.1\"",
                        "salt of the exploration: \"a salt\" becomes \"another salt\"",
                        "alternatives of segment \"medium_intent\": \"tour, call, annual_plan\" becomes \"tour\"");
        assertThat(EXPLORING.exploration().orElseThrow())
                .hasToString("exploration of share 0.3 among {medium_intent=[tour, call, annual_plan]}");
    }

    @ParameterizedTest
    @CsvSource(useHeadersInDisplayName = true, delimiter = '|', quoteCharacter = '\'', textBlock = """
            fragment                | replacement            | message
            "share": 0.3            | "share": 3             | /exploration/share is 3.0; expected a number from 0 to 1
            "salt": "explored-2026" | "salt": ""             | /exploration/salt is blank; expected a text
            "salt": "explored-2026" | "salt": "held-2026"    | /exploration/salt is that of the control group; expected another salt, since nobody whom the control group leaves would be explored by chance
            "medium_intent": ["tour"| "middle": ["tour"      | /exploration/alternatives/middle is for a segment of no band; the policy has the segments low_intent, medium_intent, high_intent
            "tour", "call"          | "call", "call"         | /exploration/alternatives/medium_intent/1 is "call" again; each alternative is listed once, since all are drawn alike
            "tour"                  | " "                    | /exploration/alternatives/medium_intent/0 is blank; expected a text that is not blank, of at most 500 characters and without control characters
            ["tour", "call", "annual_plan"] | []             | /exploration/alternatives/medium_intent is empty; expected at least one action
            "medium_intent": ["tour", "call", "annual_plan"] | '' | /exploration/alternatives is empty; expected the alternatives of at least one segment
            """)
    void faultIsNamedByItsPointer(String fragment, String replacement, String message) {
        String json = replaced(EXPLORING.toDraftJson(), fragment, replacement);

        assertThatExceptionOfType(InvalidArtifactException.class)
                .isThrownBy(() -> Policy.fromJson(json))
                .withMessage("policy: " + message);
    }

    @Test
    void everyProblemInMemoryIsASentence() {
        Map<String, List<String>> alternatives = alternatives("middle", "tour", "tour");
        alternatives.put("low_intent", List.of());

        assertThatThrownBy(() -> POLICY.toBuilder("5")
                        .control(new ControlGroup(0.1, "salt", "nothing"))
                        .exploration(new Exploration(Double.NaN, "salt", alternatives))
                        .build())
                .hasMessage("""
                        policy "trial-offers" 5: the share of its exploration is NaN; expected a number from 0 to 1
                          its exploration has the salt of its control group; each draw needs its own
                          its exploration has alternatives for segment "middle"; the policy has the segments low_intent, medium_intent, high_intent
                          its exploration has alternative "tour" of segment "middle" twice; all are drawn alike
                          its exploration has no alternatives of segment "low_intent\"""");
    }

    @Test
    void recordsComeBackAndReplayAlsoRedactedAndInAnExperiment() {
        Experiment experiment = Experiment.builder("annual-offer", "1", "annual-2026")
                .arm("today", 0.5, POLICY.reference())
                .arm("exploring", 0.5, EXPLORING.reference())
                .build();
        ExperimentEngine running = ExperimentEngine.of(experiment, List.of(POLICY, EXPLORING));
        Replay replay = Replay.of(List.of(MODEL), List.of(POLICY, EXPLORING)).running(running);
        List<Redaction> redactions = List.of(Redaction.NONE, Redaction.of(MODEL.schema(), List.of("plus"), "pepper"));
        List<Reason> reasons = new ArrayList<>();
        for (PolicyEngine engine : List.of(PolicyEngine.of(EXPLORING), running)) {
            for (Redaction redaction : redactions) {
                for (int i = 0; i < 100; i++) {
                    DecisionRecord record = DecisionRecord.of(
                            DecisionEvent.decide(engine, MODEL.scorer(), reading(0.5, 0), user(i), "request", null),
                            redaction,
                            0);

                    DecisionRecord read = DecisionRecord.fromJson(record.toJson());

                    assertThat(read).isEqualTo(record);
                    assertThat(replay.replay(read))
                            .as(record.toJson())
                            .isInstanceOf(
                                    redaction == Redaction.NONE
                                            ? Replayed.Verified.class
                                            : Replayed.VerifiedInPart.class);
                    reasons.add(read.outcome().reason());
                    Map<String, Double> propensities = read.assignment() == null
                            ? read.propensities()
                            : read.assignment().propensities();
                    assertThat(propensities.get(read.outcome().action()))
                            .isEqualTo(read.outcome().propensity());
                    assertThat(read.propensities().isEmpty()).isEqualTo(read.assignment() != null);
                    if (read.assignment() != null) {
                        assertThat(Objects.requireNonNull(read.assignment()).propensities())
                                .containsEntry("tour", 0.5 * (0.8 * 0.3 / 3));
                    }
                }
            }
        }
        assertThat(reasons).contains(Reason.BAND, Reason.CONTROL, Reason.EXPLORATION);
    }

    @Test
    void explorationBySaltOfTheExperimentIsRefused() {
        Experiment experiment = Experiment.builder("annual-offer", "1", "explored-2026")
                .arm("today", 0.5, POLICY.reference())
                .arm("exploring", 0.5, EXPLORING.reference())
                .build();

        assertThatThrownBy(() -> ExperimentEngine.of(experiment, List.of(POLICY, EXPLORING)))
                .hasMessage(
                        "policy \"trial-offers\" 5 draws what it explores by the salt of experiment \"annual-offer\" 1;"
                                + " each draw needs its own");
    }
}
