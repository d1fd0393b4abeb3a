package io.conversion.policy.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.conversion.core.Score;
import io.conversion.core.signals.Evidence.Rule;
import io.conversion.core.signals.SignalReading;
import io.conversion.core.signals.Signals;
import io.conversion.policy.Condition;
import io.conversion.policy.Decision;
import io.conversion.policy.Decision.Reason;
import io.conversion.policy.DecisionContext;
import io.conversion.policy.Policy;
import io.conversion.policy.PolicyEngine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class PolicyArbitrariesPropertyTest {

    @Property(tries = 300)
    void policyFitsTheSchemaAndDecidesAsDocumented(@ForAll("policies") Policy policy, @ForAll("scores") Score score) {
        assertThat(policy.bands()).hasSizeBetween(1, 8);
        assertThat(policy.misfits(Fixtures.SCHEMA)).isEmpty();
        assertThat(Policy.fromJson(policy.toJson()).reference()).isEqualTo(policy.reference());
        assertThat(DocumentedDecision.of(PolicyEngine.of(policy).decide(score)))
                .isEqualTo(DocumentedDecision.of(policy, score, DecisionContext.NONE));
    }

    @Property(tries = 50)
    void tableOfExamplesShowsItsPolicy(@ForAll("policies") Policy policy) throws IOException {
        Path file = Files.createTempFile("examples", ".md");
        try {
            PolicyExamples.write(file, policy);

            PolicyExamples.verify(file, policy);

            String table = Files.readString(file);
            ChosenScores scores = ChosenScores.of(policy);
            policy.bands().stream()
                    .filter(band -> policy.bandOf(scores.atLeast(band.from()).probability())
                            .equals(Optional.of(band)))
                    .forEach(band -> assertThat(table).contains("| lowest of " + band.segment() + " |"));
        } finally {
            Files.delete(file);
        }
    }

    /** Else properties over them would say less than they seem to. */
    @Test
    void drawnUsersMeetEveryRuleLevelAndReason() {
        PolicyEngine engine = PolicyEngine.of(Fixtures.COMPLETE);
        Set<Rule> rules = EnumSet.noneOf(Rule.class);
        Set<Object> met = new HashSet<>();
        Set<Reason> reasons = EnumSet.noneOf(Reason.class);
        PolicyArbitraries.signals(Fixtures.SCHEMA).sampleStream().limit(2000).forEach(signals -> {
            note(signals, met);
            Score score = Fixtures.MODEL.scorer().score(signals);
            score.evidence().substitutions().forEach(substitution -> rules.add(substitution.rule()));
            DecisionContext context =
                    DecisionContext.NONE.previousSegment("low_intent").userKey("user-" + met.size());
            Decision decision = engine.decide(score, context);
            reasons.add(decision.reason());
        });

        assertThat(rules).containsExactlyInAnyOrder(Rule.MISSING, Rule.CLIPPED, Rule.UNSEEN);
        assertThat(met).contains(0.0, 30.0, 168.0, Math.nextDown(168.0), "tier_1", "tier_2", "tier_3", true, false);
        assertThat(reasons).contains(Reason.GUARDRAIL, Reason.BAND, Reason.UNDEFINED_PROBABILITY);
    }

    private static void note(Signals signals, Set<Object> met) {
        signals.number("days_since_signup").ifPresent(met::add);
        signals.number("hours").ifPresent(met::add);
        signals.level("country_tier").ifPresent(met::add);
        signals.flag("has_complaint").ifPresent(met::add);
    }

    @Test
    void edgesAreTheThresholdsTheirNeighboursAndOddNumbers() {
        List<Double> edges = Edges.listOf(Fixtures.COMPLETE);

        assertThat(edges)
                .contains(0.4, Math.nextDown(0.4), Math.nextUp(0.4), 0.7, 0.4 - 0.02, 0.4 + 0.02, 0.7 + 0.02)
                .contains(0.0, -0.0, 1.0, Double.MIN_VALUE, Double.NaN)
                .contains(Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY)
                .doesNotHaveDuplicates();
    }

    /** jqwik draws doubles of two decimals unless told otherwise. */
    @Test
    void drawnNumbersMeetTheDoublesNextToAThreshold() {
        Set<Double> drawn = new HashSet<>();
        PolicyArbitraries.numbers(Fixtures.BANDS).sampleStream().limit(3000).forEach(drawn::add);

        assertThat(drawn).contains(0.4, Math.nextDown(0.4), Math.nextUp(0.4), Math.nextDown(0.7), Double.NaN);
    }

    @Test
    void drawnPoliciesMeetEveryKindOfCondition() {
        Set<Class<?>> kinds = new HashSet<>();
        policies()
                .sampleStream()
                .limit(1000)
                .forEach(policy -> policy.guardrails().forEach(guardrail -> {
                    kinds.add(guardrail.condition().getClass());
                    guardrail.condition().parts().forEach(part -> kinds.add(part.getClass()));
                }));

        assertThat(kinds)
                .containsExactlyInAnyOrder(
                        Condition.NumberIs.class,
                        Condition.LevelIn.class,
                        Condition.FlagIs.class,
                        Condition.Missing.class,
                        Condition.Extrapolated.class,
                        Condition.InsufficientEvidence.class,
                        Condition.ObservedShareBelow.class,
                        Condition.IntervalContains.class,
                        Condition.AllOf.class);
    }

    @Test
    void drawnRequestsAreAcceptedAndRefused() {
        Set<Boolean> accepted = new HashSet<>();
        PolicyArbitraries.requests(Fixtures.SCHEMA, Fixtures.COMPLETE)
                .sampleStream()
                .limit(500)
                .forEach((Map<String, Object> request) ->
                        accepted.add(Fixtures.SCHEMA.read(request) instanceof SignalReading.Accepted));

        assertThat(accepted).containsExactlyInAnyOrder(true, false);
    }

    @Provide
    Arbitrary<Policy> policies() {
        return PolicyArbitraries.policies("trial", Fixtures.SCHEMA);
    }

    @Provide
    Arbitrary<Score> scores() {
        return PolicyArbitraries.scores(Fixtures.MODEL);
    }
}
