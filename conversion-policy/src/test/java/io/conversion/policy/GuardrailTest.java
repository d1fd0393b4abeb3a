package io.conversion.policy;

import static io.conversion.policy.Fixtures.BANDS;
import static io.conversion.policy.Fixtures.POLICY;
import static io.conversion.policy.Fixtures.model;
import static io.conversion.policy.Fixtures.score;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.conversion.core.ConversionModel;
import io.conversion.core.MinimumEvidence;
import io.conversion.core.Score;
import io.conversion.core.shapes.Shape;
import io.conversion.core.signals.Signal;
import io.conversion.core.signals.SignalReading;
import io.conversion.core.signals.SignalSchema;
import io.conversion.core.signals.WhenMissing;
import io.conversion.policy.Condition.AllOf;
import io.conversion.policy.Condition.FlagIs;
import io.conversion.policy.Condition.InsufficientEvidence;
import io.conversion.policy.Condition.LevelIn;
import io.conversion.policy.Condition.Missing;
import io.conversion.policy.Condition.NumberIs;
import io.conversion.policy.Decision.Decided;
import io.conversion.policy.Decision.Fallback;
import io.conversion.policy.Decision.Overridden;
import io.conversion.policy.Decision.Reason;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class GuardrailTest {

    private static final Guardrail FEW = guardrail("few", new NumberIs("plus", Comparison.BELOW, 1));
    private static final Guardrail VERY_FEW = guardrail("very_few", new NumberIs("plus", Comparison.BELOW, 0));
    private static final ConversionModel TRIAL = model("trial", 1);

    @Test
    void guardrailThatHoldsOverridesTheBand() {
        Score score = score(TRIAL, 0.9, 0);
        Policy policy = with(FEW);

        Decision decision = PolicyEngine.of(policy).decide(score);

        assertThat(decision).isEqualTo(new Overridden(score, BANDS.get(2), FEW, policy.reference()));
        assertThat(decision.action()).isEqualTo("few_action");
        assertThat(decision.orElse("own")).isEqualTo("few_action");
        assertThat(decision.segment()).contains("high_intent");
        assertThat(decision.reason()).isEqualTo(Reason.GUARDRAIL);
        assertThat(decision.model()).isEqualTo(TRIAL.reference());
        assertThat(decision.propensity()).isEqualTo(1);
        assertThat(decision.details())
                .containsExactly("guardrail \"few\" overrides band \"high_intent\": Because of few");
    }

    @Test
    void bandDecidesWhereNoGuardrailHolds() {
        Score score = score(TRIAL, 1, 0);

        Decision decision = PolicyEngine.of(with(FEW, VERY_FEW)).decide(score);

        assertThat(decision).isInstanceOf(Decided.class);
        assertThat(decision.reason()).isEqualTo(Reason.BAND);
        assertThat(decision.orElse("own")).isEqualTo("annual_plan");
        assertThat(decision.details())
                .containsExactly("probability 0.7310585786300049 is in band \"high_intent\", which starts at 0.7");
    }

    @Test
    void firstGuardrailThatHoldsDecides() {
        Score score = score(TRIAL, -1, 0);

        assertThat(PolicyEngine.of(with(FEW, VERY_FEW)).decide(score).action()).isEqualTo("few_action");
        assertThat(PolicyEngine.of(with(VERY_FEW, FEW)).decide(score).action()).isEqualTo("very_few_action");
    }

    @Test
    void guardrailComesBeforeTheFallbackForInsufficientEvidence() {
        SignalSchema schema = SignalSchema.of(
                "s", "1", Signal.numeric("plus"), Signal.flag("known").whenMissing(WhenMissing.IMPUTE));
        ConversionModel demanding = ConversionModel.builder("trial", "1", schema)
                .shapes(Map.of("plus", new Shape.Linear(1, 0, 0), "known", new Shape.Flag(1, 0)))
                .minimumEvidence(MinimumEvidence.of(0, "known"))
                .build();
        SignalReading unknown = schema.read(Map.of("plus", 3));
        Policy guarded = with(guardrail("thin", new InsufficientEvidence()));

        Decision plain = PolicyEngine.of(POLICY).decide(demanding.scorer(), unknown);
        Decision decision = PolicyEngine.of(guarded).decide(demanding.scorer(), unknown);
        Decision other = PolicyEngine.of(with(FEW)).decide(demanding.scorer(), unknown);

        assertThat(plain.reason()).isEqualTo(Reason.INSUFFICIENT_EVIDENCE);
        assertThat(plain.orElse("own")).isEqualTo("own");
        assertThat(decision.action()).isEqualTo("thin_action");
        assertThat(decision.segment()).contains("high_intent");
        assertThat(other.reason()).isEqualTo(Reason.INSUFFICIENT_EVIDENCE);
    }

    @Test
    void guardrailsComeAfterOtherModelAndOverflow() {
        PolicyEngine engine = PolicyEngine.of(with(guardrail("any", new NumberIs("plus", Comparison.ABOVE, -1e300))));

        assertThat(engine.decide(score(model("churn", 1), 0, 0)).reason()).isEqualTo(Reason.OTHER_MODEL);
        assertThat(engine.decide(score(model("trial", 1e200), 1e200, 0)).reason())
                .isEqualTo(Reason.UNDEFINED_PROBABILITY);
    }

    @Test
    void guardrailThatDoesNotFitTheSchemaIsAFallbackThatNamesEveryMisfit() {
        SignalSchema schema = SignalSchema.of(
                "s", "1", Signal.numeric("hours"), Signal.categorical("tier", "tier_1"), Signal.flag("weekend"));
        ConversionModel model = ConversionModel.of(
                "trial",
                "1",
                schema,
                0,
                Map.of(
                        "hours", new Shape.Linear(1, 0, 0),
                        "tier", new Shape.Levels(Map.of("tier_1", 0.0), 0, 0, Set.of()),
                        "weekend", new Shape.Flag(1, 0)));
        SignalReading reading = schema.read(Map.of("hours", 1, "tier", "tier_1", "weekend", true));
        Policy policy = with(
                guardrail("a", new Missing("clicks")),
                guardrail("b", AllOf.of(LevelIn.of("tier", "Tier_1", "tier_1"), new FlagIs("hours", true))),
                guardrail("c", new NumberIs("tier", Comparison.BELOW, 1)),
                guardrail("d", LevelIn.noneOf("weekend", "true")),
                guardrail("e", new NumberIs("hours", Comparison.ABOVE, 0)));
        List<String> misfits = List.of(
                "guardrail \"a\" is about signal \"clicks\", which is not in schema \"s\" 1",
                "guardrail \"b\" names level \"Tier_1\" of signal \"tier\", which schema \"s\" 1 does not list; its levels"
                        + " are [tier_1]",
                "guardrail \"b\" takes signal \"hours\" for a flag, which it is not in schema \"s\" 1",
                "guardrail \"c\" takes signal \"tier\" for a numeric signal, which it is not in schema \"s\" 1",
                "guardrail \"d\" takes signal \"weekend\" for a categorical signal, which it is not in schema \"s\" 1");

        Score score = model.scorer().score(reading.orElseThrow());

        Decision decision = PolicyEngine.of(policy).decide(score);

        assertThat(policy.misfits(schema)).extracting(Misfit::sentence).isEqualTo(misfits);
        assertThat(policy.misfits(schema))
                .extracting(Misfit::pointer)
                .containsExactly(
                        "/guardrails/0/condition",
                        "/guardrails/1/condition/conditions/0",
                        "/guardrails/1/condition/conditions/1",
                        "/guardrails/2/condition",
                        "/guardrails/3/condition");
        assertThat(decision)
                .isEqualTo(new Fallback(
                        Reason.POLICY_DOES_NOT_FIT,
                        misfits,
                        "default_offer",
                        model.reference(),
                        policy.reference(),
                        score));
    }

    @Test
    void engineAsksEachSchemaAnewWhetherThePolicyFits() {
        SignalSchema other = SignalSchema.of("other", "1", Signal.numeric("hours"));
        ConversionModel unfit = ConversionModel.of("trial", "1", other, 0, Map.of("hours", new Shape.Linear(1, 0, 0)));
        Score unfitScore = unfit.scorer().score(other.signals().set("hours", 1).build());
        PolicyEngine engine = PolicyEngine.of(with(FEW));

        for (int round = 0; round < 2; round++) {
            assertThat(engine.decide(score(TRIAL, 2, 0)).reason()).isEqualTo(Reason.BAND);
            assertThat(engine.decide(unfitScore).reason()).isEqualTo(Reason.POLICY_DOES_NOT_FIT);
        }
    }

    @Test
    void hostWithoutAPolicyAnswersAFallbackOfItsOwn() {
        Decision decision = Fallback.withoutPolicy(TRIAL.reference(), "wait");

        assertThat(decision.action()).isEqualTo("wait");
        assertThat(decision.orElse("own")).isEqualTo("own");
        assertThat(decision.reason()).isEqualTo(Reason.NO_POLICY);
        assertThat(decision.details()).containsExactly("there is no policy for model \"trial\" yet");
        assertThat(decision.policy()).isEqualTo(PolicyReference.NONE).hasToString("no policy");
        assertThat(decision.model()).isEqualTo(TRIAL.reference());
    }

    @Test
    void fallbackHasAReasonOfAFallback() {
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        new Fallback(Reason.BAND, List.of("x"), "none", TRIAL.reference(), POLICY.reference(), null))
                .withMessage("a fallback cannot have the reason BAND");
    }

    private static Policy with(Guardrail... guardrails) {
        return POLICY.toBuilder("5").guardrails(List.of(guardrails)).build();
    }

    private static Guardrail guardrail(String name, Condition condition) {
        return new Guardrail(name, condition, name + "_action", "Because of " + name);
    }
}
