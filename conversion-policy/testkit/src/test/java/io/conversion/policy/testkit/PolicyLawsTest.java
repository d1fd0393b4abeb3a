package io.conversion.policy.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.conversion.core.ConversionModel;
import io.conversion.core.Score;
import io.conversion.policy.Band;
import io.conversion.policy.Decision;
import io.conversion.policy.Decision.Decided;
import io.conversion.policy.Decision.Overridden;
import io.conversion.policy.Decision.Reason;
import io.conversion.policy.DecisionContext;
import io.conversion.policy.Experiment;
import io.conversion.policy.Layer;
import io.conversion.policy.ModelRequirement;
import io.conversion.policy.Policy;
import io.conversion.policy.PolicyEngine;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Events;

/** Breaks laws on purpose and reads what is said. */
class PolicyLawsTest {

    private static final int LAWS = 19;

    /** A policy that changes its bands at each call. */
    static class ChangingPolicy extends PolicyLaws {
        static final Policy LATER = Policy.of(
                "trial-offers",
                "4",
                ModelRequirement.named("trial"),
                Fixtures.BANDS.bands().subList(0, 2),
                "default_offer");

        private int calls;

        @Override
        protected Policy policy() {
            calls++;
            return calls == 1 ? Fixtures.BANDS : LATER;
        }
    }

    /** A host that compares with the threshold by {@code >}. */
    static class ThresholdOfTheLowerBand extends PolicyLaws {
        @Override
        protected Policy policy() {
            return Fixtures.BANDS;
        }

        @Override
        protected Decision decide(PolicyEngine engine, Score score, DecisionContext context) {
            Band medium = engine.policy().bands().get(1);
            return score.probability() == 0.7
                    ? new Decided(score, medium, Reason.BAND, 1, engine.policy().reference())
                    : engine.decide(score, context);
        }
    }

    /** A host that forgets the guardrails. */
    static class NoGuardrails extends PolicyLaws {
        @Override
        protected Policy policy() {
            return Fixtures.COMPLETE;
        }

        @Override
        protected Decision decide(PolicyEngine engine, Score score, DecisionContext context) {
            Decision decision = engine.decide(score, context);
            return decision instanceof Overridden overridden
                    ? new Decided(score, overridden.band(), Reason.BAND, 1, decision.policy())
                    : decision;
        }
    }

    /** A host that tells no propensity, and runs experiments that overlap and lack a policy. */
    static class BadExperiments extends PolicyLaws {
        @Override
        protected Policy policy() {
            return Fixtures.COMPLETE;
        }

        @Override
        protected Decision decide(PolicyEngine engine, Score score, DecisionContext context) {
            Decision decision = engine.decide(score, context);
            return decision instanceof Decided decided
                    ? new Decided(score, decided.band(), decided.reason(), 0.125, decision.policy())
                    : decision;
        }

        @Override
        protected List<Experiment> experiments() {
            return List.of(
                    Fixtures.EXPERIMENTS.get(0),
                    Experiment.builder("third", "1", "third-salt")
                            .layer(new Layer("offers", "offers-layer", 0.2, 0.2))
                            .arm("today", 0.5, Fixtures.BANDS.reference())
                            .arm("complete", 0.5, Fixtures.COMPLETE.reference())
                            .build());
        }
    }

    /** A policy for a model that lacks a signal of a guardrail. */
    static class OtherModel extends PolicyLaws {
        @Override
        protected Policy policy() {
            return Fixtures.COMPLETE;
        }

        @Override
        protected Optional<ConversionModel> model() {
            return Optional.of(ChosenScores.of(Fixtures.BANDS).model());
        }
    }

    @Test
    void allLawsAreFoundAndKept() {
        Events tests = run(CompletePolicyLawsTest.class);

        assertThat(tests.succeeded().count()).isEqualTo(LAWS);
        assertThat(tests.failed().count()).isZero();
    }

    @Test
    void policyThatChangesIsNamedWithBothDigests() {
        Map<String, String> messages = messages(ChangingPolicy.class);

        assertThat(messages.get("policyIsTheSameOnEachCall")).isEqualTo("""
                        policy %s breaks the law "each call of policy() gives the same one"
                          its digest: expected %s, found %s""".formatted(
                        Fixtures.BANDS,
                        Fixtures.BANDS.reference().digest(),
                        ChangingPolicy.LATER.reference().digest()));
        assertThat(messages).containsKey("decisionIsPure");
    }

    @Test
    void wrongBandAtAThresholdIsNamedWithTheProbabilityAndBothBands() {
        Map<String, String> messages = messages(ThresholdOfTheLowerBand.class);

        assertThat(messages.get("thresholdBelongsToTheUpperBand")).isEqualTo("""
                        policy %s breaks the law "a threshold belongs to the upper band"
                          probability 0.7: expected band "high_intent" (from 0.7 to 1, action "annual_plan"), found band\
                         "medium_intent" (from 0.4 to below 0.7, action "discount")""".formatted(Fixtures.BANDS.reference()));
        assertThat(messages).containsKey("decisionFollowsTheDocumentedOrder");
    }

    @Test
    void forgottenGuardrailIsNamedWithItsCondition() {
        String message = messages(NoGuardrails.class).get("firstGuardrailThatHoldsDecides");

        assertThat(message)
                .startsWith("policy " + Fixtures.COMPLETE.reference()
                        + " breaks the law \"the first guardrail whose condition holds decides\"\n  probability ")
                .containsPattern(": expected guardrail \"[a-z_]+\" \\(.+\\), found no guardrail$");
    }

    @Test
    void modelThatThePolicyDoesNotFitIsNamedWithEachMisfit() {
        Map<String, String> messages = messages(OtherModel.class);

        assertThat(messages).containsOnlyKeys("policyFitsItsModel");
        assertThat(messages.get("policyFitsItsModel"))
                .contains("guardrail \"open_complaint\" is about signal \"has_complaint\", which is not in schema");
    }

    @Test
    void experimentsThatOverlapAndPropensitiesThatAreWrongAreNamed() {
        Map<String, String> messages = messages(BadExperiments.class);

        assertThat(messages)
                .containsOnlyKeys(
                        "experimentsOfOneLayerExcludeEachOther",
                        "forcedKeyGetsItsArm",
                        "propensitiesAreThoseOfWhatIsDrawn");
        assertThat(messages.get("experimentsOfOneLayerExcludeEachOther")).isEqualTo("""
                        experiment "first" 1 breaks the law "experiments of one layer exclude each other"
                          experiments "first" 1 and "third" 1 take the same users of layer "offers", from 0.2 to 0.3; experiments of one layer exclude each other""");
        assertThat(messages.get("forcedKeyGetsItsArm"))
                .contains("experiment \"first\" 1 gives arm \"today\" policy \"trial-offers\" 4 with digest ");
        assertThat(messages.get("propensitiesAreThoseOfWhatIsDrawn")).endsWith(", found 0.125");
    }

    private static Events run(Class<? extends PolicyLaws> laws) {
        return EngineTestKit.engine("jqwik")
                .configurationParameter("jqwik.database", "target/jqwik-broken-laws")
                // Not to the console, where it would look like a failure of the build.
                .configurationParameter("jqwik.reporting.usejunitplatform", "true")
                .selectors(selectClass(laws))
                .execute()
                .testEvents();
    }

    private static Map<String, String> messages(Class<? extends PolicyLaws> laws) {
        return run(laws).failed().stream()
                .collect(Collectors.toMap(
                        event -> event.getTestDescriptor().getDisplayName(),
                        event -> String.valueOf(event.getRequiredPayload(TestExecutionResult.class)
                                .getThrowable()
                                .orElseThrow()
                                .getMessage()),
                        (one, other) -> one,
                        TreeMap::new));
    }
}
