package io.conversion.policy.economics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.conversion.core.ConversionModel;
import io.conversion.core.Scorer;
import io.conversion.core.shapes.Shape;
import io.conversion.core.signals.Signal;
import io.conversion.core.signals.SignalSchema;
import io.conversion.policy.Band;
import io.conversion.policy.Comparison;
import io.conversion.policy.Condition;
import io.conversion.policy.Guardrail;
import io.conversion.policy.ModelRequirement;
import io.conversion.policy.Policy;
import io.conversion.policy.PolicyEngine;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What decisions gain, counted by hand. */
class PolicyGainTest {

    private static final SignalSchema SCHEMA = SignalSchema.of("s", "1", Signal.numeric("logit"));

    private static final Scorer SCORER = ConversionModel.of(
                    "m", "1", SCHEMA, 0, Map.of("logit", new Shape.Linear(1, 0, 0)))
            .scorer();

    private static final Policy POLICY = Policy.builder("p", "1", ModelRequirement.named("m"))
            .bands(List.of(Band.of("low", 0, "nothing"), Band.of("high", 0.5, "offer")))
            .guardrail(new Guardrail(
                    "sure", new Condition.NumberIs("logit", Comparison.AT_LEAST, 3), "nudge", "they buy anyway"))
            .fallbackAction("nothing")
            .build();

    private static final Economics ECONOMICS = Economics.of(
            40,
            "nothing",
            new ActionEconomics("offer", 1, 4, new Effect.Relative(0.5, "a guess")),
            new ActionEconomics("nudge", 0.5, 0, new Effect.Absolute(0.01, "a pilot")));

    private static PolicyGain gainOf(Object... logits) {
        PolicyGain gain = PolicyGain.of(ECONOMICS, POLICY);
        PolicyEngine engine = PolicyEngine.of(POLICY);
        for (Object logit : logits) {
            gain.add(engine.decide(SCORER, SCHEMA.read(Map.of("logit", logit))));
        }
        return gain;
    }

    @Test
    void gainsAreOfTheActionsThatUsersGet() {
        double p = 1 / (1 + Math.exp(-0.5));

        PolicyGain gain = gainOf(0, 0.5, -1, 4, 4, "none");

        // 0 is a probability of a half: 40 * 0.25 - 1 - 0.75 * 4; a half more of p is less than everybody.
        double offers = 6 + 40 * Math.min(0.5 * p, 1 - p) - 1 - Math.min(1.5 * p, 1) * 4;
        assertThat(gain.byAction())
                .containsOnlyKeys("nothing", "offer", "nudge")
                .containsEntry("nothing", 0.0);
        assertThat(gain.byAction().get("offer")).isCloseTo(offers, within(1e-12));
        assertThat(gain.byAction().get("nudge")).isCloseTo(-0.2, within(1e-12));
        assertThat(gain.total()).isCloseTo(offers - 0.2, within(1e-12));
        assertThat(gain.withoutProbability()).isEqualTo(1);
    }

    @Test
    void leastEffectIsWhereTheGainIsNothing() {
        PolicyGain gain = gainOf(0, 4);

        // 20 e - 1 - 4 (1 + e) / 2 is 0 at e = 1/6, and 40 e - 0.5 at 0.0125.
        assertThat(gain.breakEven("offer")).hasValueCloseTo(1 / 6.0, within(1e-8));
        assertThat(gain.breakEven("nudge")).hasValueCloseTo(0.0125, within(1e-9));
        assertThat(gain.breakEven("nothing")).isEmpty();
        assertThat(gainOf(-1).breakEven("offer")).isEmpty();
    }

    @Test
    void sensitivityKeepsTheDecisionsAndLeavesOutWhatNobodyGets() {
        List<GainChange> changes = gainOf(0).sensitivity(0.2);

        assertThat(changes)
                .extracting(GainChange::assumption)
                .containsExactly(
                        "value",
                        "value",
                        "contact cost of \"offer\"",
                        "contact cost of \"offer\"",
                        "discount of \"offer\"",
                        "discount of \"offer\"",
                        "effect of \"offer\"",
                        "effect of \"offer\"");
        assertThat(changes.get(0)).isEqualTo(new GainChange("value", 40, 32, 32 * 0.25 - 1 - 3));
        assertThat(changes.get(7).changed()).isCloseTo(0.6, within(1e-15));
        assertThat(changes.get(7).gain()).isCloseTo(40 * 0.3 - 1 - 0.8 * 4, within(1e-12));
    }

    @Test
    void economicsWithoutAnActionOfThePolicyAreRefused() {
        Economics offers =
                Economics.of(40, "nothing", new ActionEconomics("offer", 1, 4, new Effect.Relative(0.5, "a guess")));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> PolicyGain.of(offers, POLICY))
                .withMessage("there are no economics of the action \"nudge\"; there are of [nothing, offer]");
    }
}
