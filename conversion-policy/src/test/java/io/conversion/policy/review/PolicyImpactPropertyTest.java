package io.conversion.policy.review;

import static io.conversion.policy.review.ReviewFixtures.MODEL;
import static org.assertj.core.api.Assertions.assertThat;

import io.conversion.core.Score;
import io.conversion.core.signals.SignalReading;
import io.conversion.policy.Band;
import io.conversion.policy.Comparison;
import io.conversion.policy.Condition.FlagIs;
import io.conversion.policy.Condition.NumberIs;
import io.conversion.policy.ControlGroup;
import io.conversion.policy.Decision;
import io.conversion.policy.DecisionContext;
import io.conversion.policy.Policy;
import io.conversion.policy.PolicyBuilder;
import io.conversion.policy.PolicyEngine;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Diff and impact of random policies, on users at their bounds, one ulp beside them and anywhere else. */
class PolicyImpactPropertyTest {

    // Log-odds, their probabilities as bounds: users exactly at a bound are as likely as any.
    private static final double[] LOG_ODDS = {-800, -3, -1, -0.5, 0, 0.25, 1, 2, 40};

    @Property(tries = 200)
    void flipsAreThoseThatTheDifferenceImplies(@ForAll Random random) {
        Policy before = policy(random, false);
        Policy after = policy(random, false);
        PolicyDiff diff = PolicyDiff.of(before, after);
        Set<Long> flips = new HashSet<>();
        PolicyImpact impact = PolicyImpact.of(before, after, flip -> flips.add(flip.user()));

        List<Score> scores = scores(random);
        scores.forEach(impact::add);

        for (int i = 0; i < scores.size(); i++) {
            double p = scores.get(i).probability();
            boolean implied = diff.bands().stream().anyMatch(change -> change.changesAction() && change.contains(p));
            assertThat(flips.contains((long) i)).as("at %s", p).isEqualTo(implied);
        }
        assertThat(impact.flipped()).isEqualTo(flips.size());
    }

    @Property(tries = 200)
    void intervalsOfTheDifferenceAreExact(@ForAll Random random) {
        Policy before = policy(random, false);
        Policy after = policy(random, false);
        List<BandChange> changes = PolicyDiff.of(before, after).bands();

        TreeSet<Double> edges = new TreeSet<>(List.of(0.0, Double.MIN_VALUE, Math.nextDown(1.0), 1.0));
        List.of(before, after)
                .forEach(policy -> policy.bands().forEach(band -> {
                    edges.add(Math.max(0, Math.nextDown(band.from())));
                    edges.add(band.from());
                    edges.add(Math.min(1, Math.nextUp(band.from())));
                }));
        for (double p : edges) {
            Band old = before.bandOf(p).orElseThrow();
            Band now = after.bandOf(p).orElseThrow();
            boolean same = old.segment().equals(now.segment()) && old.action().equals(now.action());
            List<BandChange> holding =
                    changes.stream().filter(change -> change.contains(p)).toList();

            assertThat(holding).as("at %s", p).hasSize(same ? 0 : 1);
            holding.forEach(change -> {
                assertThat(change.before().action()).isEqualTo(old.action());
                assertThat(change.before().segment()).isEqualTo(old.segment());
                assertThat(change.after().action()).isEqualTo(now.action());
                assertThat(change.after().segment()).isEqualTo(now.segment());
            });
        }
    }

    @Property(tries = 100)
    void sumsOfTheMatrixAreTheVolumes(@ForAll Random random) {
        Policy before = policy(random, true);
        Policy after = policy(random, true);
        PolicyImpact impact = PolicyImpact.of(before, after);
        Map<String, Long> oldActions = new HashMap<>();
        Map<String, Long> newActions = new HashMap<>();

        for (Score score : scores(random)) {
            impact.add(score);
            oldActions.merge(PolicyEngine.of(before).decide(score).action(), 1L, Long::sum);
            newActions.merge(PolicyEngine.of(after).decide(score).action(), 1L, Long::sum);
        }

        long[][] matrix = impact.matrix();
        List<OutcomeVolume> rows = impact.before().outcomes();
        List<OutcomeVolume> columns = impact.after().outcomes();
        for (int i = 0; i < rows.size(); i++) {
            assertThat(LongStream.of(matrix[i]).sum()).isEqualTo(rows.get(i).users());
        }
        for (int j = 0; j < columns.size(); j++) {
            int column = j;
            assertThat(Arrays.stream(matrix).mapToLong(row -> row[column]).sum())
                    .isEqualTo(columns.get(j).users());
        }
        assertThat(withoutZeros(impact.before().byAction())).isEqualTo(oldActions);
        assertThat(withoutZeros(impact.after().byAction())).isEqualTo(newActions);
    }

    @Property(tries = 100)
    void policyAndItselfHaveNoDifferenceAndNoFlips(@ForAll Random random) {
        Policy policy = policy(random, true);
        PolicyImpact impact = PolicyImpact.of(policy, policy);

        scores(random).forEach(impact::add);

        assertThat(PolicyDiff.of(policy, policy).isEmpty()).isTrue();
        assertThat(impact.flipped()).isZero();
        long[][] matrix = impact.matrix();
        for (int i = 0; i < matrix.length; i++) {
            assertThat(LongStream.of(matrix[i]).sum()).isEqualTo(matrix[i][i]);
        }
    }

    @Property(tries = 100)
    void mergingNeighbouringBandsOfOneActionFlipsNobody(@ForAll Random random) {
        Policy policy = policy(random, true);
        List<Band> merged = new ArrayList<>();
        for (Band band : policy.bands()) {
            if (merged.isEmpty() || !merged.get(merged.size() - 1).action().equals(band.action())) {
                merged.add(band);
            }
        }
        Policy after = policy.toBuilder("2").bands(merged).build();
        PolicyImpact impact = PolicyImpact.of(policy, after);

        scores(random).forEach(impact::add);

        assertThat(impact.flipped()).isZero();
        assertThat(PolicyDiff.of(policy, after).bands()).noneMatch(BandChange::changesAction);
        assertThat(PolicyVerifier.verify(after)).noneMatch(finding -> finding.code() == PolicyFinding.Code.SAME_ACTION);
    }

    @Property(tries = 100)
    void movesAreThoseThatTwoEnginesWithTheSameContextsDecide(@ForAll Random random) {
        Policy before = withContext(policy(random, true), random);
        Policy after = withContext(policy(random, true), random);
        PolicyEngine first = PolicyEngine.of(before);
        PolicyEngine second = PolicyEngine.of(after);
        List<Long> flips = new ArrayList<>();
        PolicyImpact impact = PolicyImpact.of(before, after, flip -> flips.add(flip.user()));
        Map<List<String>, Long> moves = new HashMap<>();
        List<Long> expectedFlips = new ArrayList<>();

        for (Score score : scores(random)) {
            DecisionContext context = context(random);
            Decision old = first.decide(score, context);
            Decision now = second.decide(score, context);
            moves.merge(List.of(name(old), name(now)), 1L, Long::sum);
            if (!old.action().equals(now.action())) {
                expectedFlips.add(impact.users());
            }
            impact.add(impact.decide(MODEL.scorer(), new SignalReading.Accepted(score.signals()), context));
        }

        assertThat(flips).isEqualTo(expectedFlips);
        assertThat(moves(impact)).isEqualTo(moves);
    }

    @Property(tries = 100)
    void contextsChangeNothingWithoutAMarginAndAControlGroup(@ForAll Random random) {
        Policy before = policy(random, true);
        Policy after = policy(random, true);
        List<Flip> flipsWith = new ArrayList<>();
        List<Flip> flipsWithout = new ArrayList<>();
        PolicyImpact with = PolicyImpact.of(before, after, flipsWith::add);
        PolicyImpact without = PolicyImpact.of(before, after, flipsWithout::add);

        for (Score score : scores(random)) {
            with.add(with.decide(score, context(random)));
            without.add(score);
        }

        assertThat(with.matrix()).isEqualTo(without.matrix());
        assertThat(flipsWith).isEqualTo(flipsWithout);
        assertThat(with.limits()).isEqualTo(without.limits());
    }

    /** The same with whatever looks at the context. A margin tells bands by their segments. */
    private static Policy withContext(Policy policy, Random random) {
        List<Band> bands = new ArrayList<>();
        policy.bands().forEach(band -> bands.add(Band.of("s" + bands.size(), band.from(), band.action())));
        return policy.toBuilder("2")
                .bands(bands)
                .margin(random.nextInt(3) * 0.1)
                .control(random.nextBoolean() ? new ControlGroup(random.nextInt(3) / 2.0, "salt", "held back") : null)
                .build();
    }

    private static DecisionContext context(Random random) {
        DecisionContext context =
                random.nextBoolean() ? DecisionContext.NONE.userKey("user " + random.nextInt()) : DecisionContext.NONE;
        return random.nextInt(4) == 0 ? context : context.previousSegment("s" + random.nextInt(4));
    }

    /** What decided, and the action: the name of an outcome and of its band may be those of others, too. */
    private static String name(Decision decision) {
        String by = decision instanceof Decision.Overridden overridden
                ? overridden.guardrail().name()
                : decision instanceof Decision.Control
                        ? "control group"
                        : decision.segment().orElseThrow();
        return by + " " + decision.action();
    }

    private static Map<List<String>, Long> moves(PolicyImpact impact) {
        Map<List<String>, Long> moves = new HashMap<>();
        long[][] matrix = impact.matrix();
        for (int i = 0; i < matrix.length; i++) {
            for (int j = 0; j < matrix[i].length; j++) {
                Outcome from = impact.before().outcomes().get(i).outcome();
                Outcome to = impact.after().outcomes().get(j).outcome();
                if (matrix[i][j] > 0) {
                    moves.merge(
                            List.of(from.name() + " " + from.action(), to.name() + " " + to.action()),
                            matrix[i][j],
                            Long::sum);
                }
            }
        }
        return moves;
    }

    private static Map<String, Long> withoutZeros(Map<String, Long> counts) {
        Map<String, Long> some = new HashMap<>(counts);
        some.values().removeIf(count -> count == 0);
        return some;
    }

    private static Policy policy(Random random, boolean guardrails) {
        TreeSet<Double> bounds = new TreeSet<>(List.of(0.0));
        int more = random.nextInt(5);
        for (int i = 0; i < more; i++) {
            double bound = ReviewFixtures.score(LOG_ODDS[random.nextInt(LOG_ODDS.length)])
                    .probability();
            bounds.add(random.nextInt(4) == 0 ? Math.min(1, Math.nextUp(bound)) : bound);
        }
        List<Band> bands = new ArrayList<>();
        bounds.forEach(bound -> bands.add(Band.of("s" + random.nextInt(3), bound, "a" + random.nextInt(3))));
        PolicyBuilder policy = ReviewFixtures.policy().bands(bands);
        if (guardrails && random.nextBoolean()) {
            policy.guardrail(
                    ReviewFixtures.guardrail("few", new NumberIs("sessions", Comparison.BELOW, random.nextInt(4))));
        }
        if (guardrails && random.nextBoolean()) {
            policy.guardrail(ReviewFixtures.guardrail("complaint", new FlagIs("complaint", true)));
        }
        return policy.build();
    }

    private static List<Score> scores(Random random) {
        List<Score> scores = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            double logOdds =
                    random.nextBoolean() ? LOG_ODDS[random.nextInt(LOG_ODDS.length)] : random.nextGaussian() * 2;
            scores.add(ReviewFixtures.score(Map.of(
                    "logit",
                    logOdds,
                    "sessions",
                    random.nextInt(5),
                    "plan",
                    "month",
                    "complaint",
                    random.nextInt(4) == 0)));
        }
        return scores;
    }
}
