package io.conversion.policy;

import static io.conversion.policy.Fixtures.BANDS;
import static io.conversion.policy.Fixtures.POLICY;
import static io.conversion.policy.Fixtures.model;
import static io.conversion.policy.Fixtures.score;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.conversion.core.Score;
import io.conversion.policy.Decision.Control;
import io.conversion.policy.Decision.Reason;
import io.conversion.policy.review.PolicyDiff;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ControlGroupTest {

    private static final Score SCORE = score(model("trial", 1), 2.5, 0);
    private static final DecisionContext USER_1 = DecisionContext.NONE.userKey("user-1");

    /**
     * The numbers come from another implementation:
     *
     * <pre>{@code
     * python3 -c '
     * import hashlib, sys
     * h = hashlib.sha256((sys.argv[1] + "\0" + sys.argv[2]).encode()).digest()
     * print((int.from_bytes(h[:8], "big") >> 11) * 2.0**-53)' 2026-q3 user-1
     * }</pre>
     */
    @ParameterizedTest
    @CsvSource(useHeadersInDisplayName = true, textBlock = """
                    salt,    key,    draw
                    2026-q3, user-1, 0.5827880898505549
                    2026-q3, user-2, 0.9713305279833291
                    2026-q4, user-1, 0.3200671583205488
                    2026, -q3user-1, 0.9128581870099021
                    café, ключ, 0.21338018501110378
                    """)
    void drawIsThatOfAnIndependentImplementation(String salt, String key, double draw) {
        assertThat(new ControlGroup(0.5, salt, "none").draw(key)).isEqualTo(draw);
    }

    /** Who knows the salt can tell from a key who is in the group, and logs and messages are made of toString. */
    @Test
    void noTextOfAPolicyOrADecisionHoldsTheSalt() {
        ControlGroup group = new ControlGroup(0.75, "pepper-2026", "none");
        Policy policy = POLICY.toBuilder("5").control(group).build();
        Policy earlier = POLICY.toBuilder("4")
                .control(new ControlGroup(0.5, "cumin-2025", "none"))
                .build();
        PolicyEngine engine = PolicyEngine.of(policy);
        List<Object> holders = new ArrayList<>(List.of(
                group,
                policy,
                policy.reference(),
                policy.control(),
                policy.toBuilder("6"),
                engine,
                USER_1,
                PolicyDiff.of(earlier, policy).sentences(),
                PolicyDiff.of(earlier, policy).fields(),
                PolicyDiff.of(earlier, policy)));
        for (int user = 0; user < 20; user++) {
            Decision decision = engine.decide(SCORE, DecisionContext.NONE.userKey("user-" + user));
            holders.addAll(List.of(decision, decision.details(), decision.toMap()));
        }

        assertThat(holders)
                .anyMatch(Control.class::isInstance)
                .allSatisfy(each -> assertThat(each.toString()).doesNotContain("pepper", "cumin"));
        assertThat(group).hasToString("control group of share 0.75 with action \"none\"");
    }

    @Test
    void drawStandsInForTheKey() {
        Policy policy = POLICY.toBuilder("5")
                .control(new ControlGroup(0.6, "2026-q3", "none"))
                .build();
        double draw = policy.control().orElseThrow().draw("user-1");

        DecisionContext context = USER_1.draw(draw);

        assertThat(context.userKey()).isEmpty();
        assertThat(PolicyEngine.of(policy).decide(SCORE, context))
                .isInstanceOf(Control.class)
                .isEqualTo(PolicyEngine.of(policy).decide(SCORE, USER_1));
        assertThat(PolicyEngine.of(policy).decide(SCORE, DecisionContext.NONE.draw(0.6)))
                .isNotInstanceOf(Control.class);
        assertThat(context.userKey("user-1").draw(policy.control().orElseThrow()))
                .hasValue(draw);
        assertThat(DecisionContext.NONE.draw(policy.control().orElseThrow())).isEmpty();
        assertThat(context).hasToString("no previous segment, a draw");
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.1, 1, Double.NaN})
    void drawIsFromZeroToBelowOne(double draw) {
        assertThatThrownBy(() -> DecisionContext.NONE.draw(draw))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the draw of a user is " + draw + "; it must be from 0 to below 1");
    }

    @Test
    void shareOfTheUsersIsInTheGroup() {
        ControlGroup tenth = new ControlGroup(0.1, "2026-q3", "none");
        int included = 0;
        for (int user = 0; user < 100_000; user++) {
            included += tenth.includes("user-" + user) ? 1 : 0;
        }

        // Four standard deviations of a binomial are 379 users.
        assertThat((double) included).isCloseTo(10_000, within(379.0));
    }

    @Test
    void nobodyIsInAShareOfZeroAndEverybodyInAShareOfOne() {
        for (int user = 0; user < 1000; user++) {
            assertThat(new ControlGroup(0, "s", "none").includes("user-" + user))
                    .isFalse();
            assertThat(new ControlGroup(1, "s", "none").includes("user-" + user))
                    .isTrue();
        }
    }

    @Test
    void userBelowTheShareGetsTheControlAction() {
        ControlGroup control = new ControlGroup(0.75, "2026-q3", "newsletter");
        Policy policy = with(control);
        boolean included = control.includes("user-1");

        Decision decision = PolicyEngine.of(policy).decide(SCORE, USER_1);

        assertThat(included).isTrue();
        assertThat(decision).isEqualTo(new Control(SCORE, BANDS.get(2), control, 0.75, policy.reference()));
        assertThat(decision.action()).isEqualTo("newsletter");
        assertThat(decision.orElse("own")).isEqualTo("newsletter");
        assertThat(decision.segment()).contains("high_intent");
        assertThat(decision.reason()).isEqualTo(Reason.CONTROL);
        assertThat(decision.details())
                .containsExactly("the user is in the control group of share 0.75, which gets no"
                        + " action of band \"high_intent\"");
    }

    @Test
    void userAboveTheShareIsDecidedWithTheRestAsPropensity() {
        Decision decision = PolicyEngine.of(with(new ControlGroup(0.25, "2026-q3", "newsletter")))
                .decide(SCORE, USER_1);

        assertThat(decision.action()).isEqualTo("annual_plan");
        assertThat(decision.reason()).isEqualTo(Reason.BAND);
        assertThat(decision.propensity()).isEqualTo(0.75);
    }

    @Test
    void withoutAKeyNothingIsDrawn() {
        Decision decision = PolicyEngine.of(with(new ControlGroup(1, "2026-q3", "newsletter")))
                .decide(SCORE);

        assertThat(decision.action()).isEqualTo("annual_plan");
        assertThat(decision.propensity()).isEqualTo(1);
    }

    @Test
    void withoutAGroupTheKeyChangesNothing() {
        PolicyEngine engine = PolicyEngine.of(POLICY);

        assertThat(engine.decide(SCORE, USER_1)).isEqualTo(engine.decide(SCORE));
    }

    @Test
    void actionOfBothSidesHasPropensityOne() {
        for (double share : new double[] {0.25, 0.75}) {
            Decision decision = PolicyEngine.of(with(new ControlGroup(share, "2026-q3", "annual_plan")))
                    .decide(SCORE, USER_1);

            assertThat(decision.action()).isEqualTo("annual_plan");
            assertThat(decision.propensity()).isEqualTo(1);
        }
    }

    @Test
    void guardrailsComeBeforeTheControlGroup() {
        Guardrail always = new Guardrail("always", new Condition.NumberIs("plus", Comparison.ABOVE, 0), "stop", "Why");
        Policy policy = with(new ControlGroup(1, "2026-q3", "newsletter")).toBuilder("6")
                .guardrails(List.of(always))
                .build();

        Decision decision = PolicyEngine.of(policy).decide(SCORE, USER_1);

        assertThat(decision.action()).isEqualTo("stop");
        assertThat(decision.propensity()).isEqualTo(1);
    }

    @Test
    void textOfAContextTellsNoKey() {
        assertThat(USER_1.previousSegment("high_intent")).hasToString("a previous segment, a key");
        assertThat(DecisionContext.NONE).hasToString("no previous segment, no key");
    }

    private static Policy with(ControlGroup control) {
        return POLICY.toBuilder("5").control(control).build();
    }
}
