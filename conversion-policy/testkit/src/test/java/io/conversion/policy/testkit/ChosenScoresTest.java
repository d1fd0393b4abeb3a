package io.conversion.policy.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.conversion.core.Score;
import io.conversion.policy.Condition;
import io.conversion.policy.Decision;
import io.conversion.policy.Guardrail;
import io.conversion.policy.ModelRequirement;
import io.conversion.policy.Policy;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChosenScoresTest {

    private static final ChosenScores SCORES = ChosenScores.of(Fixtures.COMPLETE);

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.4, 0.5, 0.5000000000000001, 0.7, 0.7000000000000001, 1})
    void probabilityIsExact(double probability) {
        Score score = SCORES.score(probability);

        assertThat(score.probability()).isEqualTo(probability);
        assertThat(SCORES.atLeast(probability).probability()).isEqualTo(probability);
        assertThat(score.model().name()).isEqualTo("trial");
    }

    /** The share of 1,000 successive doubles that can be chosen exactly, as the documentation says. */
    @ParameterizedTest
    @CsvSource(useHeadersInDisplayName = true, textBlock = """
                    from,  documented
                    0.5,   1
                    0.6,   1
                    0.699, 1
                    0.99,  0.5
                    0.2,   0.8
                    0.001, 0.25
                    """)
    void shareOfExactProbabilitiesIsAsDocumented(double from, double documented) {
        double[] doubles = IntStream.range(0, 1000)
                .mapToDouble(i -> from + i * Math.ulp(from))
                .toArray();

        long exact = IntStream.range(0, 1000)
                .filter(i -> SCORES.score(doubles[i]).probability() == doubles[i])
                .count();

        assertThat(exact / 1000.0).isCloseTo(documented, within(0.03));
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.MIN_VALUE, 1e-300, 0.001, 0.2, 0.4, 0.7, 1})
    void thresholdIsHeldBetweenNeighbours(double threshold) {
        Score below = SCORES.below(threshold);
        Score atLeast = SCORES.atLeast(threshold);

        assertThat(below.probability()).isLessThan(threshold);
        assertThat(atLeast.probability()).isGreaterThanOrEqualTo(threshold);
        assertThat(Math.nextUp(below.logOdds())).isEqualTo(atLeast.logOdds());
        assertThat(SCORES.score(threshold).probability()).isBetween(below.probability(), atLeast.probability());
    }

    @Test
    void signalsAreThoseOfTheGuardrails() {
        Score score =
                SCORES.score(0.5, Map.of("days_since_signup", 2, "country_tier", "other", "has_complaint", false));

        Decision decision = SCORES.engine().decide(score);

        assertThat(SCORES.guardrailSignals()).containsExactly("has_complaint", "days_since_signup", "country_tier");
        assertThat(decision.action()).isEqualTo("send_tips");
        assertThat(score.evidence().observedShare()).isEqualTo(1);
        assertThat(SCORES.score(0.5).evidence().observedShare()).isZero();
    }

    @Test
    void policyThatPinsItsModelIsDecidedAsAnyOther() {
        Policy pinned = Policy.of(
                "pinned",
                "1",
                ModelRequirement.exactly("trial", "sha256:" + "0".repeat(64)),
                Fixtures.BANDS.bands(),
                "none");
        ChosenScores scores = ChosenScores.of(pinned);

        assertThat(scores.engine().decide(scores.score(0.7)).segment()).contains("high_intent");
    }

    @Test
    void signalOfTwoKindsIsRefused() {
        Policy policy = Fixtures.BANDS.toBuilder("6")
                .guardrail(new Guardrail("one", new Condition.FlagIs("plan", true), "a", "r"))
                .guardrail(new Guardrail("two", Condition.LevelIn.of("plan", "month"), "a", "r"))
                .build();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> ChosenScores.of(policy))
                .withMessage(
                        "policy %s takes signal \"plan\" for a flag and for a categorical signal; no model has both",
                        policy);
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, -Double.MIN_VALUE, 1.0000000000000002})
    void otherNumberIsNoProbability(double number) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SCORES.score(number))
                .withMessage(number + " is no probability; a number from 0 to 1 is allowed");
        assertThatIllegalArgumentException().isThrownBy(() -> SCORES.below(0)).withMessage("no probability is below 0");
    }
}
