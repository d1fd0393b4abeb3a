package io.conversion.policy;

import static io.conversion.policy.Fixtures.POLICY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.conversion.core.artifact.InvalidArtifactException;
import io.conversion.policy.Assignment.Standing;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExperimentTest {

    static final Policy OFFER = POLICY.toBuilder("5")
            .bands(List.of(Band.of("low_intent", 0, "nurture"), Band.of("high_intent", 0.5, "annual_plan")))
            .build();

    static ExperimentBuilder builder() {
        return Experiment.builder("annual-offer", "1", "annual-2026")
                .layer(new Layer("offers", "offers-layer", 0, 1))
                .arm("today", 0.5, POLICY.reference())
                .arm("offer", 0.5, OFFER.reference())
                .running(Instant.parse("2026-12-01T00:00:00Z"), Instant.parse("2027-01-01T00:00:00Z"));
    }

    @Test
    void fileComesBackAsItWas() {
        Experiment experiment = builder()
                .unit("account")
                .eligibility(new Condition.NumberIs("plus", Comparison.AT_LEAST, 1))
                .guardrail(new ExperimentMetric("refunds", ExperimentMetric.Kind.RATIO, "payments", 14, false, 0.01))
                .force("tester", "offer")
                .build();

        Experiment read = Experiment.fromJson(experiment.toJson());

        assertThat(read.toJson()).isEqualTo(experiment.toJson());
        assertThat(read.reference()).isEqualTo(experiment.reference());
        ShippedSchema schema = ShippedSchema.of("conversion-experiment-1", Experiment::fromJson);
        schema.assertIsJsonSchema();
        schema.assertValid(experiment.toJson());
    }

    @Test
    void changedFileIsRefused() {
        String changed =
                Fixtures.replaced(builder().build().toJson(), "\"planned_users\": 10000", "\"planned_users\": 9000");

        assertThatThrownBy(() -> Experiment.fromJson(changed))
                .isInstanceOf(InvalidArtifactException.class)
                .hasMessageContaining("/digest");
    }

    @Test
    void everyProblemIsNamed() {
        assertThatThrownBy(() -> Experiment.builder("annual-offer", "1", "s")
                        .layer(new Layer("offers", "s", 0.8, 0.3))
                        .arm("today", 0.5, POLICY.reference())
                        .arm("offer", 0.6, OFFER.reference())
                        .running(Instant.parse("2027-01-01T00:00:00Z"), Instant.parse("2026-12-01T00:00:00Z"))
                        .force("tester", "gift")
                        .criteria(new ExperimentCriteria(0, 0.05, 1, 0, false, true, Double.NaN))
                        .build())
                .hasMessage("""
                        experiment "annual-offer" 1: its layer has the salt of the experiment, so that the draw of the layer would decide the arm, too
                          its share of the layer is 0.3; expected a number above 0 that ends at most at 1
                          its arms have shares that sum to 1.1; they must sum to 1
                          it ends at 2026-12-01T00:00:00Z, not after its start at 2027-01-01T00:00:00Z
                          it plans 0 users; at least 1 is expected
                          its rate of false negatives is 1.0; expected a number between 0 and 1
                          its smallest effect that matters is 0.0; expected a number above 0
                          the tolerance of its sample ratio is NaN; expected a number from 0 to below 1
                          a key is forced into arm "gift", which it does not have""");
    }

    @Test
    void armWithoutUsersIsRefused() {
        assertThatThrownBy(() -> builder().arm("gift", 0, OFFER.reference()).build())
                .hasMessage(
                        "experiment \"annual-offer\" 1: the share of arm \"gift\" is 0.0; expected a number above 0 and"
                                + " below 1; leave an arm out that nobody is to get");
    }

    /**
     * The numbers come from another implementation:
     *
     * <pre>{@code
     * python3 -c '
     * import hashlib, sys
     * h = hashlib.sha256((sys.argv[1] + "\0" + sys.argv[2]).encode()).digest()
     * print(h[:16].hex(), (int.from_bytes(h[:8], "big") >> 11) * 2.0**-53)' annual-2026 user-1
     * }</pre>
     */
    @ParameterizedTest
    @CsvSource(useHeadersInDisplayName = true, textBlock = """
            salt, key, unit, draw
            annual-2026, user-1, 458e96913342854f2799e37cb5dfa324, 0.2717069725506551
            annual-2026, user-2, fb86578d281a377c8f83f1df399506bb, 0.982518646204064
            offers-layer, user-1, a493a033e8bf541693421f4c4abebbd0, 0.6428775908213968
            café, ключ, 36a015743cb3eec4787cc9f642712986, 0.21338018501110378
            """)
    void unitAndDrawAreThoseOfAnIndependentImplementation(String salt, String key, String unit, double draw) {
        Experiment experiment = Experiment.builder("vectors", "1", salt)
                .arm("today", 0.5, POLICY.reference())
                .arm("offer", 0.5, OFFER.reference())
                .build();

        assertThat(experiment.unit(key)).isEqualTo(unit);
        assertThat(experiment.draw(key)).isEqualTo(draw);
        assertThat(experiment.arm(draw).name()).isEqualTo(draw < 0.5 ? "today" : "offer");
    }

    /** Short keys of ASCII are hashed without garbage, all others in another way. */
    @Test
    void drawIsThatOfTheHashForEveryLengthAndAlphabet() {
        for (int length = 0; length <= 300; length++) {
            for (String letter : List.of("k", "\u007f", "\u0080", "\u00e9", "\ud83d\ude00", "\ud83d")) {
                String key = "k".repeat(length) + letter;
                byte[] hash = Draws.hash("annual-2026", key);

                assertThat(Draws.of("annual-2026", key))
                        .as("%s letters and %s", length, letter)
                        .isEqualTo(Draws.of(ByteBuffer.wrap(hash).getLong()));
            }
        }
    }

    @Test
    void sharesAreThoseOfMillionKeys() {
        Experiment experiment = Experiment.builder("three", "1", "three-2026")
                .arm("a", 0.2, POLICY.reference())
                .arm("b", 0.3, OFFER.reference())
                .arm("c", 0.5, OFFER.reference())
                .build();
        Map<String, Integer> counts = new HashMap<>();
        for (int user = 0; user < 1_000_000; user++) {
            counts.merge(experiment.arm(experiment.draw("user-" + user)).name(), 1, Integer::sum);
        }

        // Four standard errors of a share of a million.
        assertThat(counts.getOrDefault("a", 0) / 1e6).isEqualTo(0.2, within(0.0016));
        assertThat(counts.getOrDefault("b", 0) / 1e6).isEqualTo(0.3, within(0.0019));
        assertThat(counts.getOrDefault("c", 0) / 1e6).isEqualTo(0.5, within(0.0020));
    }

    @Test
    void experimentsOfOneLayerExcludeEachOtherAndLayersAreIndependent() {
        Experiment first = part("first", new Layer("offers", "offers-layer", 0, 0.4));
        Experiment second = part("second", new Layer("offers", "offers-layer", 0.4, 0.6));
        Experiment other = part("other", new Layer("mails", "mails-layer", 0, 0.5));
        int[][] together = new int[2][2];
        int inBothOrNeither = 0;
        for (int user = 0; user < 1_000_000; user++) {
            String key = "user-" + user;
            double offers = Draws.of("offers-layer", key);
            boolean inFirst = first.layer().includes(offers);
            inBothOrNeither += inFirst == second.layer().includes(offers) ? 1 : 0;
            boolean inOther = other.layer().includes(Draws.of("mails-layer", key));
            together[inFirst ? 1 : 0][inOther ? 1 : 0]++;
        }

        assertThat(inBothOrNeither).isZero();
        // Chi-square of independence, one degree of freedom: 10.83 has a chance of 0.001.
        double n = 1_000_000;
        double a = together[0][0];
        double b = together[0][1];
        double c = together[1][0];
        double d = together[1][1];
        double chiSquare = n * (a * d - b * c) * (a * d - b * c) / ((a + b) * (c + d) * (a + c) * (b + d));
        assertThat(chiSquare).isLessThan(10.83);
    }

    private static Experiment part(String name, Layer layer) {
        return Experiment.builder(name, "1", name + "-salt")
                .layer(layer)
                .arm("today", 0.5, POLICY.reference())
                .arm("offer", 0.5, OFFER.reference())
                .build();
    }

    @Test
    void experimentsThatTakeTheSameUsersAreRefused() {
        Experiment first = part("first", new Layer("offers", "offers-layer", 0, 0.6));
        Experiment second = Experiment.builder("second", "1", "first-salt")
                .layer(new Layer("offers", "offers-layer", 0.5, 0.5))
                .arm("today", 0.5, POLICY.reference())
                .arm("offer", 0.5, OFFER.reference())
                .build();

        assertThatThrownBy(() -> ExperimentEngine.of(List.of(first, second), List.of(POLICY), PolicyEngine.of(POLICY)))
                .hasMessage("""
                        experiments "first" 1 and "second" 1 take the same users of layer "offers", from 0.5 to 0.6; experiments of one layer exclude each other
                          experiments "first" 1 and "second" 1 draw arms by the same salt; each needs its own
                          experiment "first" 1 gives arm "offer" policy "trial-offers" 5 with digest DIGEST, which is not among the policies
                          experiment "second" 1 gives arm "offer" policy "trial-offers" 5 with digest DIGEST, which is not among the policies""".replace("DIGEST", OFFER.reference().digest()));
    }

    /** 0.1 + 0.2 is 0.30000000000000004 as doubles. */
    @Test
    void partsOfLayerMeetWhereTheirDecimalsDo() {
        Experiment first = part("first", new Layer("offers", "offers-layer", 0.1, 0.2));
        Experiment second = part("second", new Layer("offers", "offers-layer", 0.3, 0.6));
        Experiment third = part("third", new Layer("offers", "offers-layer", 0.9, 0.1));

        assertThat(ExperimentEngine.overlaps(List.of(first, second, third))).isEmpty();
        assertThat(first.layer().includes(Math.nextDown(0.3))).isTrue();
        assertThat(first.layer().includes(0.3)).isFalse();
        assertThat(second.layer().includes(0.3)).isTrue();
    }

    @Test
    void whatIsDrawnBySaltOfSomethingElseIsRefused() {
        Policy held = POLICY.toBuilder("6")
                .control(new ControlGroup(0.1, "first-salt", "nothing"))
                .build();
        Policy all = POLICY.toBuilder("7")
                .control(new ControlGroup(0.1, "offers-layer", "nothing"))
                .build();
        Experiment experiment = Experiment.builder("first", "1", "first-salt")
                .layer(new Layer("offers", "offers-layer", 0, 0.5))
                .arm("today", 0.5, POLICY.reference())
                .arm("held", 0.5, held.reference())
                .build();
        Experiment other = part("second", new Layer("offers", "another-salt", 0.5, 0.5));

        assertThatThrownBy(() -> ExperimentEngine.of(
                        List.of(experiment, other), List.of(POLICY, OFFER, held), PolicyEngine.of(all)))
                .hasMessage("""
                        experiments "first" 1 and "second" 1 give layer "offers" two salts, and would not exclude each other; a layer has one
                          policy "trial-offers" 6 draws its control group by the salt of experiment "first" 1; each draw needs its own
                          policy "trial-offers" 7 draws its control group by the salt of the layer of experiment "first" 1; each draw needs its own""");
    }

    @Test
    void usersWhoWouldBeInTwoExperimentsAreRefused() {
        Experiment first = part("first", new Layer("offers", "offers-layer", 0, 0.5));
        Experiment mails = part("mails", new Layer("mails", "mails-layer", 0, 0.5));
        ExperimentEngine inner = ExperimentEngine.of(mails, List.of(POLICY, OFFER));

        assertThatThrownBy(() -> ExperimentEngine.of(List.of(first), List.of(POLICY, OFFER), inner))
                .hasMessage(
                        "users who are in no experiment would be in those of another engine, and a decision is recorded as part"
                                + " of one; decide on them by the engine of a policy, and run experiments of one layer together");
        assertThat(ExperimentEngine.overlaps(List.of(first, mails)))
                .containsExactly(
                        "experiments \"first\" 1 and \"mails\" 1 are of layers \"offers\" and \"mails\"; one engine runs one"
                                + " layer");
    }

    /** A layer's share grows at its end, and nobody in it changes arm. */
    @Test
    void growingTheShareOfTheLayerMovesNobodyWhoIsInIt() {
        Experiment small = part("growing", new Layer("offers", "offers-layer", 0.2, 0.1));
        Experiment large = part("growing", new Layer("offers", "offers-layer", 0.2, 0.5));
        int in = 0;
        for (int user = 0; user < 100_000; user++) {
            String key = "user-" + user;
            if (small.layer().includes(small.layer().draw(key))) {
                in++;
                assertThat(large.layer().includes(large.layer().draw(key))).isTrue();
                assertThat(large.arm(large.draw(key)).name())
                        .isEqualTo(small.arm(small.draw(key)).name());
            }
        }
        assertThat(in / 1e5).isEqualTo(0.1, within(0.004));
    }

    @Property(tries = 300)
    void changedSharesMoveNoMoreUsersThanTheyMust(
            @ForAll("shares") Map<String, Double> before, @ForAll("shares") Map<String, Double> after) {
        ExperimentBuilder start = Experiment.builder("moving", "1", "moving-2026");
        before.forEach((arm, share) -> start.arm(arm, share, POLICY.reference()));
        Experiment first = start.build();
        Experiment next = first.withShares("2", after);

        double moved = 0;
        double least = 0;
        int steps = 10_000;
        for (int i = 0; i < steps; i++) {
            double draw = (i + 0.5) / steps;
            moved += first.arm(draw).name().equals(next.arm(draw).name()) ? 0 : 1.0 / steps;
        }
        for (Map.Entry<String, Double> arm : before.entrySet()) {
            least += Math.max(0, after.getOrDefault(arm.getKey(), 0.0) - arm.getValue());
        }
        assertThat(moved).isEqualTo(least, within(1e-9));
        assertThat(Experiment.fromJson(next.toJson()).toJson()).isEqualTo(next.toJson());
    }

    @Provide
    Arbitrary<Map<String, Double>> shares() {
        Arbitrary<Integer> percent = Arbitraries.integers().between(1, 50);
        return percent.tuple2().filter(of -> of.get1() + of.get2() < 100).map(of -> {
            Map<String, Double> shares = new LinkedHashMap<>();
            shares.put("a", of.get1() / 100.0);
            shares.put("b", of.get2() / 100.0);
            shares.put("c", (100 - of.get1() - of.get2()) / 100.0);
            return shares;
        });
    }

    @Test
    void userStandsWhereTheRulesSay() {
        ExperimentEngine engine = ExperimentEngine.of(
                builder()
                        .layer(new Layer("offers", "offers-layer", 0, 0.5))
                        .eligibility(new Condition.NumberIs("plus", Comparison.AT_LEAST, 0))
                        .force("tester", "offer")
                        .build(),
                List.of(POLICY, OFFER));
        DecisionContext running = DecisionContext.NONE.moment(Instant.parse("2026-12-24T00:00:00Z"));

        assertThat(standing(engine, 1, running.userKey("user-1"))).isEqualTo(Standing.OUTSIDE_LAYER);
        assertThat(standing(engine, 1, running)).isEqualTo(Standing.NO_KEY);
        assertThat(standing(engine, 1, running.userKey("tester"))).isEqualTo(Standing.FORCED);
        UnaryOperator<DecisionContext> late = context -> context.moment(Instant.parse("2027-01-01T00:00:00Z"));
        String inside = firstKey(engine);
        assertThat(standing(engine, 1, running.userKey(inside))).isEqualTo(Standing.DRAWN);
        assertThat(standing(engine, -1, running.userKey(inside))).isEqualTo(Standing.NOT_ELIGIBLE);
        assertThat(standing(engine, 1, late.apply(running.userKey(inside)))).isEqualTo(Standing.NOT_RUNNING);
    }

    private static String firstKey(ExperimentEngine engine) {
        int user = 0;
        while (standing(engine, 1, DecisionContext.NONE.userKey("user-" + user)) != Standing.DRAWN) {
            user++;
        }
        return "user-" + user;
    }

    private static Standing standing(ExperimentEngine engine, double plus, DecisionContext context) {
        var model = Fixtures.model("trial", 1);
        return engine.assignment(model.scorer(), model.schema().read(Map.of("plus", plus, "minus", 0.0)), context)
                .orElseThrow()
                .standing();
    }

    @Test
    void propensitiesMixAllThatIsDrawn() {
        Policy held = POLICY.toBuilder("6")
                .control(new ControlGroup(0.1, "held-2026", "nothing"))
                .build();
        Experiment experiment = Experiment.builder("annual-offer", "1", "annual-2026")
                .layer(new Layer("offers", "offers-layer", 0, 0.8))
                .arm("today", 0.75, held.reference())
                .arm("offer", 0.25, OFFER.reference())
                .build();
        ExperimentEngine engine =
                ExperimentEngine.of(List.of(experiment), List.of(held, OFFER), PolicyEngine.of(POLICY));
        var model = Fixtures.model("trial", 1);
        // A probability of 0.62: "discount" by the bands of today, "annual_plan" by those of the offer.
        var reading = model.schema().read(Map.of("plus", 0.5, "minus", 0.0));

        Map<String, Double> propensities =
                engine.propensities(model.scorer(), reading, DecisionContext.NONE.userKey("user-1"));

        assertThat(propensities.get("discount")).isEqualTo(0.8 * 0.75 * 0.9 + 0.2, within(1e-15));
        assertThat(propensities.get("nothing")).isEqualTo(0.8 * 0.75 * 0.1, within(1e-15));
        assertThat(propensities.get("annual_plan")).isEqualTo(0.8 * 0.25, within(1e-15));
        Map<String, Integer> counts = new HashMap<>();
        for (int user = 0; user < 100_000; user++) {
            counts.merge(
                    engine.decide(model.scorer(), reading, DecisionContext.NONE.userKey("user-" + user))
                            .action(),
                    1,
                    Integer::sum);
        }
        propensities.forEach((action, propensity) -> assertThat(counts.getOrDefault(action, 0) / 1e5)
                .as(action)
                .isEqualTo(propensity, within(4 * Math.sqrt(propensity * (1 - propensity) / 1e5))));
    }
}
