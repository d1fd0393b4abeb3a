package io.conversion.policy;

import static io.conversion.policy.Fixtures.model;
import static io.conversion.policy.Fixtures.score;
import static org.assertj.core.api.Assertions.assertThat;

import io.conversion.core.ConversionModel;
import io.conversion.core.Score;
import io.conversion.policy.Decision.Banded;
import io.conversion.policy.Decision.Reason;
import java.util.List;
import java.util.Random;
import java.util.stream.DoubleStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HysteresisPropertyTest {

    private static final ConversionModel TRIAL = model("trial", 1);

    /** Bounds of 0.25, 0.5 and 0.75 and a margin of 0.125 have exact sums. */
    @ParameterizedTest
    @CsvSource(useHeadersInDisplayName = true, textBlock = """
                    previous, probability,         band
                    1,        0.25,                1
                    1,        0.6249999999999999,  1
                    1,        0.625,               2
                    1,        0.125,               1
                    1,        0.12499999999999999, 0
                    1,        0.9,                 3
                    0,        0.3749999999999999,  0
                    0,        0.375,               1
                    3,        0.625,               3
                    3,        0.6249999999999999,  2
                    3,        1,                   3
                    0,        0,                   0
                    -1,       0.26,                1
                    """)
    void previousBandIsLeftAtTheMargin(int previous, double probability, int band) {
        Policy policy = quarters(0.125);

        assertThat(policy.bandIndex(probability, previous)).isEqualTo(band);
    }

    @Property
    void marginOfZeroIsThePlainEngine(@ForAll Random random) {
        Policy policy = RandomPolicies.plain(random).build();
        Score score = score(TRIAL, random.nextGaussian() * 3, 0);
        PolicyEngine engine = PolicyEngine.of(policy);

        for (Band previous : policy.bands()) {
            DecisionContext context = DecisionContext.NONE.previousSegment(previous.segment());
            assertThat(engine.decide(score, context)).isEqualTo(engine.decide(score));
        }
        for (double edge : edges(policy, random)) {
            for (int previous = -1; previous < policy.bands().size(); previous++) {
                assertThat(policy.bandIndex(edge, previous)).isEqualTo(policy.bandIndex(edge));
            }
        }
    }

    @Property
    void noProbabilityNearerThanTheMarginLeavesTheBand(@ForAll Random random) {
        double margin = random.nextDouble() / 2;
        Policy policy = RandomPolicies.plain(random).margin(margin).build();

        for (double p : edges(policy, random)) {
            int previous = policy.bandIndex(p);
            double step = margin * random.nextDouble();
            for (double near : new double[] {p - step, p + step, p - margin, p + margin}) {
                // One ulp of 1 is more than that of any probability, and covers the rounding of the sums.
                double inside = Math.max(0, Math.min(1, near > p ? near - Math.ulp(1.0) : near + Math.ulp(1.0)));

                assertThat(policy.bandIndex(inside, previous))
                        .as("%s from %s", inside, p)
                        .isEqualTo(previous);
            }
        }
    }

    @Property
    void bandThatIsLeftGivesWayToThePlainOne(@ForAll Random random) {
        Policy policy =
                RandomPolicies.plain(random).margin(random.nextDouble() / 4).build();

        for (double p : edges(policy, random)) {
            for (int previous = 0; previous < policy.bands().size(); previous++) {
                assertThat(policy.bandIndex(p, previous)).isIn(previous, policy.bandIndex(p));
            }
        }
    }

    @Test
    void heldBandIsDecidedByAndSaysSo() {
        PolicyEngine engine = PolicyEngine.of(quarters(0.125));
        Score score = score(TRIAL, 0.1, 0);

        Decision held = engine.decide(score, DecisionContext.NONE.previousSegment("q1"));
        Decision plain = engine.decide(score);

        assertThat(plain.segment()).contains("q2");
        assertThat(plain.reason()).isEqualTo(Reason.BAND);
        assertThat(held.segment()).contains("q1");
        assertThat(held.action()).isEqualTo("a1");
        assertThat(held.reason()).isEqualTo(Reason.HELD_BAND);
        assertThat(held.details())
                .containsExactly("probability 0.52497918747894 is too near to the previous band \"q1\" to leave it");
    }

    @Test
    void unknownPreviousSegmentIsThePlainEngine() {
        PolicyEngine engine = PolicyEngine.of(quarters(0.125));
        Score score = score(TRIAL, 0.1, 0);

        assertThat(engine.decide(score, DecisionContext.NONE.previousSegment("renamed")))
                .isEqualTo(engine.decide(score));
    }

    @Test
    void guardrailOverridesTheHeldBand() {
        Guardrail always = new Guardrail("always", new Condition.NumberIs("plus", Comparison.ABOVE, 0), "stop", "Why");
        Policy policy = quarters(0.125).toBuilder("2").guardrail(always).build();

        Decision decision =
                PolicyEngine.of(policy).decide(score(TRIAL, 0.1, 0), DecisionContext.NONE.previousSegment("q1"));

        assertThat(decision.action()).isEqualTo("stop");
        assertThat(decision)
                .isInstanceOfSatisfying(
                        Banded.class,
                        banded -> assertThat(banded.band().segment()).isEqualTo("q1"));
    }

    private static Policy quarters(double margin) {
        return Policy.builder("quarters", "1", ModelRequirement.named("trial"))
                .bands(List.of(
                        Band.of("q0", 0, "a0"),
                        Band.of("q1", 0.25, "a1"),
                        Band.of("q2", 0.5, "a2"),
                        Band.of("q3", 0.75, "a3")))
                .fallbackAction("none")
                .margin(margin)
                .build();
    }

    /** Each bound and one ulp either side, the ends, and a number in between. */
    private static double[] edges(Policy policy, Random random) {
        return policy.bands().stream()
                .mapToDouble(Band::from)
                .flatMap(from -> DoubleStream.of(
                        Math.max(0, Math.nextDown(from)), from, Math.nextUp(from), random.nextDouble(), 1))
                .toArray();
    }
}
