package io.conversion.policy.review;

import static io.conversion.policy.review.ReviewFixtures.MODEL;
import static io.conversion.policy.review.ReviewFixtures.SCHEMA;
import static io.conversion.policy.review.ReviewFixtures.guardrail;
import static io.conversion.policy.review.ReviewFixtures.policy;
import static io.conversion.policy.review.ReviewFixtures.score;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.conversion.core.Score;
import io.conversion.core.SignalBatch;
import io.conversion.core.SignalColumn;
import io.conversion.core.signals.SignalReading;
import io.conversion.policy.Band;
import io.conversion.policy.Comparison;
import io.conversion.policy.Condition.NumberIs;
import io.conversion.policy.ControlGroup;
import io.conversion.policy.Decision;
import io.conversion.policy.DecisionContext;
import io.conversion.policy.Policy;
import io.conversion.policy.PolicyEngine;
import io.conversion.policy.review.Outcome.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolicyImpactTest {

    private static final Policy BEFORE = policy().build();
    private static final Policy AFTER = policy().bands(
                    List.of(Band.of("low", 0, "wait"), Band.of("high", 0.3, "offer")))
            .guardrail(guardrail("idle", new NumberIs("sessions", Comparison.BELOW, 1)))
            .capacities(Map.of("offer", 1L, "wait", 1L))
            .build();

    @Test
    void matrixHoldsWhoMovesFromWhichOutcomeToWhich() {
        List<Flip> flips = new ArrayList<>();
        PolicyImpact impact = PolicyImpact.of(BEFORE, AFTER, flips::add);

        impact.add(score(-2));
        impact.add(score(0));
        impact.add(score(1));
        impact.add(idle(1));
        addRefused(impact);

        // Bands low, medium, high and five fallbacks before; low, high, idle and five fallbacks after.
        assertThat(impact.matrix()).hasDimensions(8, 8);
        assertThat(impact.matrix()[0]).containsExactly(1, 0, 0, 0, 0, 0, 0, 0);
        assertThat(impact.matrix()[1]).containsExactly(0, 1, 0, 0, 0, 0, 0, 0);
        assertThat(impact.matrix()[2]).containsExactly(0, 1, 1, 0, 0, 0, 0, 0);
        assertThat(impact.matrix()[3]).containsExactly(0, 0, 0, 1, 0, 0, 0, 0);
        assertThat(impact.users()).isEqualTo(5);
        assertThat(impact.flipped()).isEqualTo(2);
        assertThat(flips)
                .containsExactly(
                        new Flip(
                                1,
                                new Outcome(Kind.BAND, "medium", "remind"),
                                new Outcome(Kind.BAND, "high", "offer"),
                                0.5),
                        new Flip(
                                3,
                                new Outcome(Kind.BAND, "high", "offer"),
                                new Outcome(Kind.GUARDRAIL, "idle", "pause"),
                                score(1).probability()));
    }

    @Test
    void batchIsCountedRowByRow() {
        SignalBatch batch = SignalBatch.of(
                SCHEMA,
                Map.of(
                        "logit", SignalColumn.numbers(-2, 0, 1, Double.NaN),
                        "sessions", SignalColumn.numbers(1, 1, 0, 1),
                        "hours", SignalColumn.numbers(1, 1, 1, 1),
                        "tier", SignalColumn.levels("a", "a", "a", "a"),
                        "plan", SignalColumn.levels("month", "month", "month", "month"),
                        "complaint", SignalColumn.flags(false, false, false, false),
                        "trial", SignalColumn.flags(false, false, false, false)));
        PolicyImpact impact = PolicyImpact.of(BEFORE, AFTER);

        impact.add(MODEL.scorer().score(batch));

        assertThat(impact.users()).isEqualTo(4);
        assertThat(impact.flipped()).isEqualTo(2);
        assertThat(impact.after().byAction()).containsEntry("pause", 1L).containsEntry("nothing", 1L);
    }

    @Test
    void volumesAndBreachesAreByAction() {
        PolicyImpact impact = PolicyImpact.of(BEFORE, AFTER);

        impact.add(score(-2));
        impact.add(score(0));
        impact.add(score(1));
        addRefused(impact);

        assertThat(impact.before().byAction())
                .containsExactly(
                        Map.entry("wait", 1L),
                        Map.entry("remind", 1L),
                        Map.entry("offer", 1L),
                        Map.entry("nothing", 1L));
        assertThat(impact.after().byAction())
                .containsExactly(
                        Map.entry("wait", 1L),
                        Map.entry("offer", 2L),
                        Map.entry("pause", 0L),
                        Map.entry("nothing", 1L));
        assertThat(impact.after().breaches()).containsExactly(new PolicyVolume.Breach("offer", 2, 1));
        assertThat(impact.before().breaches()).isEmpty();
        assertThat(impact.after().policy()).isEqualTo(AFTER.reference());
    }

    @Test
    void expectedConversionsAreSumsOfProbabilities() {
        PolicyImpact impact = PolicyImpact.of(BEFORE, AFTER);

        impact.add(score(0));
        impact.add(score(0.25));
        addRefused(impact);

        OutcomeVolume medium = impact.before().outcomes().get(1);
        assertThat(medium.outcome()).isEqualTo(new Outcome(Kind.BAND, "medium", "remind"));
        assertThat(medium.users()).isEqualTo(2);
        assertThat(medium.scored()).isEqualTo(2);
        // 1 / (1 + exp(0)) + 1 / (1 + exp(-0.25))
        assertThat(medium.expectedUnderPastTreatment()).isCloseTo(0.5 + 0.5621765008857981, within(1e-15));
        assertThat(medium.expectedRateUnderPastTreatment()).hasValue(medium.expectedUnderPastTreatment() / 2);
        assertThat(medium.observed()).isEmpty();
        OutcomeVolume refused = impact.before().outcomes().get(3);
        assertThat(refused.outcome()).isEqualTo(new Outcome(Kind.FALLBACK, "invalid_signals", "nothing"));
        assertThat(refused.users()).isEqualTo(1);
        assertThat(refused.expectedRateUnderPastTreatment()).isEmpty();
    }

    @Test
    void observedRatesAreOfUsersWithALabel() {
        PolicyImpact impact = PolicyImpact.of(BEFORE, AFTER);

        impact.add(score(0), true);
        impact.add(score(0.1), false);
        impact.add(score(0.2));

        assertThat(impact.before().outcomes().get(1).observed()).contains(new ConversionRate(1, 2));
        assertThat(impact.after().outcomes().get(1).observed()).contains(new ConversionRate(1, 2));
        assertThat(impact.after().outcomes().get(0).observed()).isEmpty();
        assertThat(impact.limits()).anyMatch(sentence -> sentence.startsWith("Observed rates are of users"));
    }

    /** statsmodels.stats.proportion.proportion_confint(conversions, users, method="wilson"). */
    @ParameterizedTest
    @CsvSource(useHeadersInDisplayName = true, textBlock = """
                    conversions, users, lower,                upper
                    0,           10,    0,                   0.27753279986288926
                    10,          10,    0.7224672001371106,  1
                    3,           10,    0.10779126740630104, 0.6032218525388546
                    80,          1000,  0.06474803809836388, 0.09846643902950242
                    """)
    void observedRateHasWilsonsInterval(long conversions, long users, double lower, double upper) {
        ConversionRate rate = new ConversionRate(conversions, users);

        assertThat(rate.lower()).isCloseTo(lower, within(1e-12));
        assertThat(rate.upper()).isCloseTo(upper, within(1e-12));
    }

    @Test
    void impossibleRateIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ConversionRate(3, 2))
                .withMessage(
                        "3 of 2 users cannot have converted; expected at least one user, and from 0 to all of them");
    }

    @Test
    void previousSegmentsAreHeldAndKeysAreDrawn() {
        Policy before = policy().margin(0.1).build();
        Policy after = policy().control(new ControlGroup(1, "salt", "wait")).build();
        DecisionContext context = DecisionContext.NONE.previousSegment("low").userKey("42");
        PolicyImpact impact = PolicyImpact.of(before, after);

        impact.add(impact.decide(score(-0.25), context));

        assertThat(impact.before().outcomes().get(0).users()).isEqualTo(1);
        OutcomeVolume control = impact.after().outcomes().get(3);
        assertThat(control.outcome()).isEqualTo(new Outcome(Kind.CONTROL, "control group", "wait"));
        assertThat(control.users()).isEqualTo(1);
        assertThat(impact.flipped()).isZero();
    }

    @Test
    void limitsCountTheUsersWhoseContextIsMissing() {
        Policy before = policy().margin(0.1).build();
        Policy after = policy().control(new ControlGroup(0.2, "salt", "wait"))
                .guardrail(guardrail("idle", new NumberIs("sessions", Comparison.BELOW, 1)))
                .build();
        PolicyImpact impact = PolicyImpact.of(before, after);

        impact.add(score(0));
        impact.add(impact.decide(score(0), DecisionContext.NONE.previousSegment("of another policy")));
        impact.add(impact.decide(score(0), DecisionContext.NONE.previousSegment("low")));
        impact.add(impact.decide(score(0), DecisionContext.NONE.userKey("42")), true);
        impact.add(impact.decide(score(0), DecisionContext.NONE.draw(0.5)));
        impact.add(idle(0));
        addRefused(impact);

        assertThat(impact.limits().subList(3, impact.limits().size()))
                .containsExactly(
                        "Policy \"offers\" 1 holds previous bands by a margin; 5 of the 6 users whose band decides came"
                                + " without a previous segment that it has, and count by their plain band.",
                        "Previous segments are taken as they were given: this is the first decision on each user, and not"
                                + " where users are after several.",
                        "Policy \"offers\" 1 has a control group of share 0.2; 3 of the 5 users whose band decides came"
                                + " without a key, and count as outside of it.");
    }

    @Test
    void limitsAreSilentOnContextsThatAllUsersHave() {
        Policy before = policy().control(new ControlGroup(0.2, "salt", "wait")).build();
        PolicyImpact impact = PolicyImpact.of(before, before);

        impact.add(impact.decide(score(0), DecisionContext.NONE.userKey("42")));
        addRefused(impact);

        assertThat(impact.limits()).hasSize(2);
    }

    @Test
    void limitsSayThatVolumesAreNoEffect() {
        assertThat(PolicyImpact.of(BEFORE, AFTER).limits())
                .containsExactly(
                        "These are volumes: who would get which action. What the change does to conversions cannot be known"
                                + " without a log of actions that were drawn at random, such as a control group gives.",
                        "Expected conversions are sums of calibrated probabilities: what these users do under the treatment"
                                + " that was in force when the labels of the model arose, whatever their action here.");
    }

    @Test
    void decisionOfAnotherPolicyIsAProgrammingError() {
        Decision decision = PolicyEngine.of(AFTER).decide(score(0));
        DecisionPair pair = new DecisionPair(decision, decision, DecisionContext.NONE);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> PolicyImpact.of(BEFORE, AFTER).add(pair))
                .withMessage("a decision by policy \"offers\" 1 with digest "
                        + AFTER.reference().digest()
                        + " cannot be counted where one by policy \"offers\" 1 with digest "
                        + BEFORE.reference().digest() + " is expected");
    }

    private static Score idle(double logOdds) {
        return score(Map.of("logit", logOdds, "sessions", 0, "plan", "month", "complaint", false));
    }

    private static void addRefused(PolicyImpact impact) {
        SignalReading refused = ReviewFixtures.reading(Map.of("logit", "high"));
        impact.add(impact.decide(MODEL.scorer(), refused, DecisionContext.NONE));
    }
}
