package io.conversion.policy;

import static io.conversion.policy.CompletePolicyFileTest.COMPLETE;
import static io.conversion.policy.Fixtures.POLICY;
import static io.conversion.policy.Fixtures.model;
import static io.conversion.policy.Fixtures.score;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.conversion.core.ConversionModel;
import io.conversion.core.SignalBatch;
import io.conversion.core.SignalColumn;
import io.conversion.policy.Condition.IntervalContains;
import io.conversion.policy.Condition.LevelIn;
import io.conversion.policy.Condition.Missing;
import io.conversion.policy.Condition.NumberIs;
import io.conversion.policy.Condition.ObservedShareBelow;
import io.conversion.policy.Decision.Reason;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The limits of each part of a policy that is made in code, and its parts as they are read back. */
class PolicyLimitsTest {

    private static final String NAME =
            "expected a text that is not blank, of at most 500 characters and without control characters";

    private static PolicyBuilder policy() {
        return POLICY.toBuilder("5");
    }

    private static PolicyBuilder guardedBy(Condition condition) {
        return policy().guardrail(new Guardrail("g", condition, "a", "r"));
    }

    static Stream<Arguments> faults() {
        String longText = "x".repeat(100_000);
        Condition any = new Missing("s");
        return Stream.of(
                Arguments.of(policy().owner(longText), "its owner is not valid: expected a text of at most"),
                Arguments.of(policy().changeNote(longText), "its change note is not valid: expected a text of at most"),
                Arguments.of(
                        policy().control(new ControlGroup(1.5, "s", "a")), "the share of its control group is 1.5"),
                Arguments.of(
                        policy().control(new ControlGroup(0, " ", "a")),
                        "the salt of its control group is not valid: " + NAME),
                Arguments.of(
                        policy().control(new ControlGroup(0, "s", " ")),
                        "the action of its control group is not valid: " + NAME),
                Arguments.of(
                        policy().guardrail(new Guardrail(" ", any, "a", "r")),
                        "the name of guardrail 1 is not valid: " + NAME),
                Arguments.of(
                        policy().guardrail(new Guardrail("g", any, " ", "r")),
                        "the action of guardrail \"g\" is not valid: " + NAME),
                Arguments.of(
                        policy().guardrail(new Guardrail("g", any, "a", " ")),
                        "the reason of guardrail \"g\" is not valid: " + NAME),
                Arguments.of(guardedBy(new Missing(" ")), "the signal of guardrail \"g\" is not valid: " + NAME),
                Arguments.of(guardedBy(LevelIn.of("s", "a", " ")), "level 2 of guardrail \"g\" is not valid: " + NAME),
                Arguments.of(
                        guardedBy(new ObservedShareBelow(0)),
                        "the observed share of guardrail \"g\" is 0.0; expected a number above 0 and at most 1"),
                Arguments.of(guardedBy(new IntervalContains(0.5, 0)), "the confidence level of guardrail \"g\" is 0.0"),
                Arguments.of(guardedBy(new IntervalContains(0.5, 1)), "the confidence level of guardrail \"g\" is 1.0"),
                Arguments.of(
                        guardedBy(new IntervalContains(Math.nextUp(1.0), 0.9)), "the threshold of guardrail \"g\" is"),
                Arguments.of(policy().margin(1), "its margin is 1.0; expected a number from 0 to below 1"),
                Arguments.of(
                        policy().capacities(Map.of("discount", (1L << 53) + 1)),
                        "expected a whole number from 0 to 2^53"));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void faultIsNamed(PolicyBuilder policy, String message) {
        assertThatIllegalArgumentException().isThrownBy(policy::build).withMessageContaining(message);
    }

    static Stream<PolicyBuilder> limits() {
        return Stream.of(
                policy().control(new ControlGroup(1, "s", "a")),
                policy().control(new ControlGroup(0, "s", "a")),
                guardedBy(new ObservedShareBelow(1)),
                guardedBy(new IntervalContains(0, 0.5)),
                guardedBy(new IntervalContains(1, 0.5)),
                policy().margin(Math.nextDown(1.0)),
                policy().capacities(Map.of("discount", 1L << 53)).actionRanks(Map.of("discount", 0L)));
    }

    @ParameterizedTest
    @MethodSource("limits")
    void limitItselfIsAllowed(PolicyBuilder policy) {
        Policy made = policy.build();

        assertThat(Policy.fromJson(made.toJson()).reference()).isEqualTo(made.reference());
    }

    @Test
    void partsAreThoseThatWereGiven() {
        assertThat(COMPLETE.owner()).isEqualTo("growth team");
        assertThat(COMPLETE.changeNote()).isEqualTo("No offers to new users");
        assertThat(COMPLETE.effectiveFrom()).contains(Instant.parse("2026-12-01T00:00:00Z"));
        assertThat(COMPLETE.margin()).isEqualTo(0.05);
        assertThat(COMPLETE.control()).contains(new ControlGroup(0.05, "2026-q4", "none"));
        assertThat(COMPLETE.actionRanks()).containsExactly(Map.entry("nurture", 0L));
        assertThat(COMPLETE.capacities()).containsExactly(Map.entry("call", 200L));
    }

    @Test
    void laterGuardrailDecidesWhereEarlierOnesDoNotHold() {
        Policy policy = policy().guardrails(List.of(
                        new Guardrail("minus", new NumberIs("minus", Comparison.ABOVE, 0), "a", "r"),
                        new Guardrail("plus", new NumberIs("plus", Comparison.ABOVE, 0), "b", "r")))
                .build();

        assertThat(PolicyEngine.of(policy)
                        .decide(score(model("trial", 1), 1, 0))
                        .action())
                .isEqualTo("b");
    }

    @Test
    void laterBandIsHeld() {
        Policy policy = policy().margin(0.1).build();
        DecisionContext context = DecisionContext.NONE.previousSegment("high_intent");

        Decision held = PolicyEngine.of(policy).decide(score(model("trial", 1), 0.7, 0), context);

        assertThat(held.segment()).contains("high_intent");
        assertThat(held.reason()).isEqualTo(Reason.HELD_BAND);
    }

    @Test
    void batchOfAModelThatThePolicyDoesNotFitFallsBack() {
        Policy policy = guardedBy(new Missing("age")).build();
        ConversionModel model = model("trial", 1);
        SignalBatch batch = SignalBatch.of(
                model.schema(), Map.of("plus", SignalColumn.numbers(1, 2), "minus", SignalColumn.numbers(0, 0)));

        DecidedBatch decided = PolicyEngine.of(policy).decide(model.scorer().score(batch));

        assertThat(decided.reason(0)).isEqualTo(Reason.POLICY_DOES_NOT_FIT);
        assertThat(decided.reason(1)).isEqualTo(Reason.POLICY_DOES_NOT_FIT);
        assertThat(decided.action(1)).isEqualTo("default_offer");
    }
}
