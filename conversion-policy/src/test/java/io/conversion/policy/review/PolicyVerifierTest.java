package io.conversion.policy.review;

import static io.conversion.policy.review.ReviewFixtures.MODEL;
import static io.conversion.policy.review.ReviewFixtures.policy;
import static io.conversion.policy.review.ReviewFixtures.provenance;
import static io.conversion.policy.review.ReviewFixtures.withBands;
import static io.conversion.policy.review.ReviewFixtures.withGuardrails;
import static io.conversion.policy.review.ReviewFixtures.withProbabilities;
import static org.assertj.core.api.Assertions.assertThat;

import io.conversion.core.ConversionModel;
import io.conversion.core.MinimumEvidence;
import io.conversion.core.provenance.Metric;
import io.conversion.core.provenance.SignalDistribution;
import io.conversion.policy.Band;
import io.conversion.policy.Comparison;
import io.conversion.policy.Condition;
import io.conversion.policy.Condition.AllOf;
import io.conversion.policy.Condition.FlagIs;
import io.conversion.policy.Condition.InsufficientEvidence;
import io.conversion.policy.Condition.IntervalContains;
import io.conversion.policy.Condition.LevelIn;
import io.conversion.policy.Condition.Missing;
import io.conversion.policy.Condition.NumberIs;
import io.conversion.policy.Condition.ObservedShareBelow;
import io.conversion.policy.ModelRequirement;
import io.conversion.policy.Policy;
import io.conversion.policy.review.PolicyFinding.Code;
import io.conversion.policy.review.PolicyFinding.Severity;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PolicyVerifierTest {

    private static final Condition FEW = new NumberIs("sessions", Comparison.BELOW, 3);
    private static final Condition VERY_FEW = new NumberIs("sessions", Comparison.BELOW, 2);
    private static final List<Double> TENTHS = List.of(0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9);

    @Test
    void policyWithoutFaultHasNoFinding() {
        Policy policy = withGuardrails(VERY_FEW, FEW, new FlagIs("complaint", true), new Missing("tier"));

        assertThat(PolicyVerifier.verify(policy)).isEmpty();
        assertThat(PolicyVerifier.verify(policy, MODEL)).isEmpty();
    }

    @Test
    void guardrailThatAnEarlierOneImpliesIsUnreachable() {
        assertThat(PolicyVerifier.verify(withGuardrails(FEW, VERY_FEW)))
                .containsExactly(new PolicyFinding(
                        Code.UNREACHABLE_GUARDRAIL,
                        "/guardrails/1",
                        "guardrail \"g2\" never decides: whenever \"sessions\" < 2, guardrail \"g1\" holds and is asked"
                                + " before it; move it up or remove it"));
    }

    @Test
    void guardrailThatEarlierOnesImplyTogetherIsUnreachable() {
        Policy policy = withGuardrails(
                FEW,
                new NumberIs("sessions", Comparison.AT_LEAST, 3),
                AllOf.of(new FlagIs("complaint", true), new NumberIs("sessions", Comparison.DIFFERENT, 4)));

        assertThat(PolicyVerifier.verify(policy))
                .containsExactly(new PolicyFinding(
                        Code.UNREACHABLE_GUARDRAIL,
                        "/guardrails/2",
                        "guardrail \"g3\" never decides: whenever \"complaint\" is true and \"sessions\" != 4, one of the"
                                + " guardrails \"g1\", \"g2\" holds and is asked before it; move it up or remove it"));
    }

    @Test
    void missingSignalIsInNoComparisonSoItKeepsAGuardrailReachable() {
        Policy policy = withGuardrails(
                new NumberIs("hours", Comparison.BELOW, 3),
                new NumberIs("hours", Comparison.AT_LEAST, 3),
                new FlagIs("complaint", true));

        assertThat(PolicyVerifier.verify(policy, MODEL)).isEmpty();
    }

    @Test
    void onlyTheSchemaTellsThatASignalIsNeverMissing() {
        Policy policy =
                withGuardrails(FEW, new NumberIs("sessions", Comparison.AT_LEAST, 3), new FlagIs("complaint", true));

        assertThat(PolicyVerifier.verify(policy)).isEmpty();
        assertThat(codes(PolicyVerifier.verify(policy, MODEL))).containsExactly(Code.UNREACHABLE_GUARDRAIL);
    }

    @Test
    void conditionThatNoSignalsSatisfyIsAContradiction() {
        Policy policy = withGuardrails(AllOf.of(FEW, new NumberIs("sessions", Comparison.ABOVE, 5)));

        assertThat(PolicyVerifier.verify(policy))
                .containsExactly(new PolicyFinding(
                        Code.CONTRADICTION,
                        "/guardrails/0/condition",
                        "guardrail \"g1\" never decides: no signals satisfy \"sessions\" < 3 and \"sessions\" > 5; correct"
                                + " the condition or remove the guardrail"));
    }

    @Test
    void rangesWholeNumbersLevelsAndRulesOfTheSchemaMakeContradictions() {
        Policy policy = withGuardrails(
                new NumberIs("sessions", Comparison.ABOVE, 6),
                new NumberIs("sessions", Comparison.EQUAL, 2.5),
                AllOf.of(new NumberIs("sessions", Comparison.ABOVE, 2), new NumberIs("sessions", Comparison.BELOW, 3)),
                new NumberIs("hours", Comparison.BELOW, 0.5),
                LevelIn.noneOf("plan", "month", "year"),
                new Missing("complaint"),
                new Missing("sessions"));

        assertThat(PolicyVerifier.verify(policy)).isEmpty();
        assertThat(codes(PolicyVerifier.verify(policy, MODEL))).hasSize(7).containsOnly(Code.CONTRADICTION);
    }

    @Test
    void unseenLevelIsInNoSetSoItCanSatisfyANegatedOne() {
        assertThat(PolicyVerifier.verify(withGuardrails(LevelIn.noneOf("tier", "a", "b", "c")), MODEL))
                .isEmpty();
    }

    @Test
    void endOfAnIntervalThatIsOpenOnOneSideMatters() {
        Condition below = new NumberIs("hours", Comparison.BELOW, 2);
        Condition atMost = new NumberIs("hours", Comparison.AT_MOST, 2);
        Condition above = new NumberIs("hours", Comparison.ABOVE, Math.nextDown(2.0));

        assertThat(codes(PolicyVerifier.verify(withGuardrails(atMost, below))))
                .containsExactly(Code.UNREACHABLE_GUARDRAIL);
        assertThat(PolicyVerifier.verify(withGuardrails(below, atMost))).isEmpty();
        assertThat(codes(PolicyVerifier.verify(withGuardrails(AllOf.of(below, above)))))
                .containsExactly(Code.CONTRADICTION);
        assertThat(PolicyVerifier.verify(withGuardrails(AllOf.of(atMost, above))))
                .isEmpty();
    }

    @Test
    void whatFollowsFromEvidenceOrAnIntervalIsNotDecided() {
        Policy policy = withGuardrails(
                new ObservedShareBelow(0.5),
                new IntervalContains(0.4, 0.95),
                AllOf.of(FEW, new InsufficientEvidence()),
                FEW);

        assertThat(PolicyVerifier.verify(policy))
                .containsExactly(
                        notDecided("/guardrails/0/condition", "g1"),
                        notDecided("/guardrails/1/condition", "g2"),
                        notDecided("/guardrails/2/condition", "g3"),
                        new PolicyFinding(
                                Code.NOT_DECIDED,
                                "/guardrails/3",
                                "guardrail \"g4\" comes after guardrails that hold for all of its users, unless the"
                                        + " evidence or the intervals of their scores say otherwise; whether it can decide"
                                        + " for anybody was not decided"));
    }

    private static PolicyFinding notDecided(String pointer, String name) {
        return new PolicyFinding(
                Code.NOT_DECIDED,
                pointer,
                "guardrail \"" + name + "\" depends on what a score rests on; whether it can decide for anybody was not"
                        + " decided");
    }

    @Test
    void whatIsSureOfEvidenceAndIntervalsIsDecided() {
        Policy policy = withGuardrails(
                new ObservedShareBelow(0.5),
                new ObservedShareBelow(0.25),
                AllOf.of(new ObservedShareBelow(0.4), new FlagIs("complaint", true)));
        Policy never = withGuardrails(new InsufficientEvidence(), new IntervalContains(0.4, 0.95));
        ConversionModel demanding = MODEL.minimumEvidence(MinimumEvidence.of(0.5));

        assertThat(codes(PolicyVerifier.verify(policy)))
                .containsExactly(Code.NOT_DECIDED, Code.UNREACHABLE_GUARDRAIL, Code.UNREACHABLE_GUARDRAIL);
        assertThat(codes(PolicyVerifier.verify(never, MODEL)))
                .as("without a minimum and without a covariance")
                .containsExactly(Code.CONTRADICTION, Code.CONTRADICTION);
        assertThat(codes(PolicyVerifier.verify(never, demanding)))
                .containsExactly(Code.NOT_DECIDED, Code.CONTRADICTION);
    }

    @Test
    void guardrailThatTheModelDoesNotKnowIsFoundPartByPart() {
        Policy policy = withGuardrails(
                FEW,
                AllOf.of(new NumberIs("visits", Comparison.BELOW, 3), LevelIn.of("tier", "a", "d")),
                new FlagIs("plan", true));

        assertThat(PolicyVerifier.verify(policy, MODEL))
                .containsExactly(
                        new PolicyFinding(
                                Code.GUARDRAIL_DOES_NOT_FIT,
                                "/guardrails/1/condition/conditions/0",
                                "guardrail \"g2\" is about signal \"visits\", which is not in schema \"review\" 1; every"
                                        + " user gets the fallback"),
                        new PolicyFinding(
                                Code.GUARDRAIL_DOES_NOT_FIT,
                                "/guardrails/1/condition/conditions/1",
                                "guardrail \"g2\" names level \"d\" of signal \"tier\", which schema \"review\" 1 does not"
                                        + " list; its levels are [a, b, c]; every user gets the fallback"),
                        new PolicyFinding(
                                Code.GUARDRAIL_DOES_NOT_FIT,
                                "/guardrails/2/condition",
                                "guardrail \"g3\" takes signal \"plan\" for a flag, which it is not in schema \"review\" 1;"
                                        + " every user gets the fallback"));
    }

    @Test
    void signalOfTwoKindsFitsNoModel() {
        Policy policy = withGuardrails(FEW, new Missing("sessions"), LevelIn.of("sessions", "many"));

        assertThat(PolicyVerifier.verify(policy))
                .containsExactly(new PolicyFinding(
                        Code.SIGNAL_OF_TWO_KINDS,
                        "/guardrails/2/condition",
                        "guardrail \"g3\" takes signal \"sessions\" for a categorical signal, and another condition for a"
                                + " numeric signal; no model fits both"));
    }

    @Test
    void policyForAnotherModelIsFound() {
        ModelRequirement churn = ModelRequirement.named("churn");
        ModelRequirement older = ModelRequirement.exactly("trial", "sha256:" + "0".repeat(64));

        PolicyFinding byName = PolicyVerifier.verify(Policy.of("p", "1", churn, ReviewFixtures.BANDS, "nothing"), MODEL)
                .get(0);
        PolicyFinding byDigest = PolicyVerifier.verify(
                        Policy.of("p", "1", older, ReviewFixtures.BANDS, "nothing"), MODEL)
                .get(0);

        assertThat(byName)
                .isEqualTo(new PolicyFinding(
                        Code.OTHER_MODEL,
                        "/model/name",
                        "policy \"p\" 1 is tuned for model \"churn\", and this is model \"trial\" with digest "
                                + MODEL.reference().digest() + "; every user gets the fallback"));
        assertThat(byDigest.pointer()).isEqualTo("/model/digest");
        assertThat(byDigest.severity()).isEqualTo(Severity.ERROR);
    }

    @Test
    void neighboursWithOneActionAreFound() {
        Policy policy =
                withBands(Band.of("low", 0, "wait"), Band.of("medium", 0.4, "wait"), Band.of("high", 0.7, "offer"));

        assertThat(PolicyVerifier.verify(policy))
                .containsExactly(new PolicyFinding(
                        Code.SAME_ACTION,
                        "/bands/1/action",
                        "bands \"low\" and \"medium\" are neighbours and both have the action \"wait\"; the bound 0.4"
                                + " changes what users are called only"));
    }

    @Test
    void actionsWhoseDeclaredRanksDescendAreFound() {
        Policy policy = policy().actionRanks(Map.of("wait", 2L, "offer", 1L)).build();

        assertThat(PolicyVerifier.verify(policy))
                .containsExactly(new PolicyFinding(
                        Code.DESCENDING_RANK,
                        "/bands/2/action",
                        "band \"high\" has the action \"offer\" of rank 1, below that of the lower band \"low\", \"wait\" of"
                                + " rank 2; correct the actions or the ranks"));
        assertThat(PolicyVerifier.verify(
                        policy().actionRanks(Map.of("wait", 1L, "offer", 1L)).build()))
                .isEmpty();
    }

    @Test
    void bandNarrowerThanTheCalibrationErrorIsFound() {
        ConversionModel model = ReviewFixtures.builder()
                .training(provenance().holdout(List.of(Metric.of("expected_calibration_error", 0.02))))
                .build();
        Policy policy = withBands(
                Band.of("low", 0, "wait"), Band.of("medium", 0.5, "remind"), Band.of("high", 0.515625, "offer"));

        assertThat(PolicyVerifier.verify(policy, model))
                .containsExactly(new PolicyFinding(
                        Code.NARROW_BAND,
                        "/bands/1",
                        "band \"medium\", from 0.5 to below 0.515625, is narrower than the calibration error of the model,"
                                + " 0.02 on hold-out rows; users in it may as well belong to the next one"));
    }

    @Test
    void bandThatNobodyOrNearlyEverybodyIsInIsFound() {
        ConversionModel model = withProbabilities(TENTHS, List.of(3L, 2L, 0L, 0L, 350L, 400L, 200L, 0L, 0L, 0L))
                .build();

        assertThat(PolicyVerifier.verify(policy().build(), model))
                .containsExactly(
                        new PolicyFinding(
                                Code.CROWDED_BAND,
                                "/bands/1",
                                "band \"medium\", from 0.4 to below 0.7, holds 99.5 % of the 955 training rows of the"
                                        + " model; the policy hardly tells users apart, so move its bounds to where users"
                                        + " are"),
                        new PolicyFinding(
                                Code.EMPTY_BAND,
                                "/bands/2",
                                "band \"high\", from 0.7 to 1, holds none of the 955 training rows of the model; its action"
                                        + " is never taken"));
    }

    @Test
    void shareIsBoundedWhereABoundLiesBetweenEdges() {
        ConversionModel model = withProbabilities(TENTHS, List.of(900L, 50L, 50L, 0L, 0L, 0L, 0L, 0L, 0L, 0L))
                .build();
        Policy surely = withBands(Band.of("low", 0, "wait"), Band.of("high", 0.15, "offer"));
        Policy perhaps = withBands(Band.of("low", 0, "wait"), Band.of("high", 0.05, "offer"));

        assertThat(PolicyVerifier.verify(surely, model))
                .singleElement()
                .satisfies(finding -> assertThat(finding.sentence())
                        .contains("holds between 90.0 % and 95.0 % of the 1,000 training rows"));
        assertThat(PolicyVerifier.verify(perhaps, model)).isEmpty();
    }

    @Test
    void distributionIsShiftedToADeclaredBaseRate() {
        // Odds times (0.01 / 0.99) / (0.5 / 0.5): the upper edge 0.9 becomes 9 / 99 / (1 + 9 / 99) = 0.0833.
        ConversionModel model = withProbabilities(
                        TENTHS, List.of(100L, 100L, 100L, 100L, 100L, 100L, 100L, 100L, 100L, 100L))
                .baseRate(0.5, 0.01)
                .build();

        assertThat(PolicyVerifier.verify(withBands(Band.of("low", 0, "wait"), Band.of("high", 0.0834, "offer")), model))
                .singleElement()
                .satisfies(finding -> assertThat(finding.sentence()).contains("between 90.0 % and 100.0 %"));
        assertThat(PolicyVerifier.verify(withBands(Band.of("low", 0, "wait"), Band.of("high", 0.0833, "offer")), model))
                .singleElement()
                .satisfies(finding -> assertThat(finding.sentence()).contains("between 80.0 % and 90.0 %"));
    }

    @Test
    void usersThatAreGivenTakeThePlaceOfTheTrainingRows() {
        ConversionModel model = withProbabilities(TENTHS, List.of(900L, 50L, 50L, 0L, 0L, 0L, 0L, 0L, 0L, 0L))
                .build();
        SignalDistribution.Numbers users =
                new SignalDistribution.Numbers(List.of(0.0, 0.4, 0.7), List.of(0L, 40L, 30L, 30L), 5);
        SignalDistribution.Numbers nobody =
                new SignalDistribution.Numbers(List.of(0.0, 0.4, 0.7), List.of(0L, 0L, 0L, 0L), 5);

        assertThat(PolicyVerifier.verify(policy().build(), model, users)).isEmpty();
        assertThat(PolicyVerifier.verify(policy().build(), model, nobody)).isEmpty();
        assertThat(codes(PolicyVerifier.verify(policy().build(), model)))
                .containsExactly(Code.CROWDED_BAND, Code.EMPTY_BAND, Code.EMPTY_BAND);
    }

    @Test
    void singleBandIsMeantToHoldEverybody() {
        SignalDistribution.Numbers users = new SignalDistribution.Numbers(List.of(0.0), List.of(0L, 40L), 0);

        assertThat(PolicyVerifier.verify(withBands(Band.of("all", 0, "wait")), MODEL, users))
                .isEmpty();
    }

    private static List<Code> codes(List<PolicyFinding> findings) {
        return findings.stream().map(PolicyFinding::code).toList();
    }
}
