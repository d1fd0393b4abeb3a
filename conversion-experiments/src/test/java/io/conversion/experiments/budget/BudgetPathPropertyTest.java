package io.conversion.experiments.budget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class BudgetPathPropertyTest {

    private static final double ROUNDING = 1e-9;

    @Property(tries = 300)
    void pathIsConcaveAndStartsAtNothing(@ForAll Random random, @ForAll @IntRange(min = 1, max = 40) int users) {
        BudgetPath path = BudgetPath.of(gains(random, users, 3));

        double slope = Double.POSITIVE_INFINITY;
        double spend = 0;
        for (int i = 0; i < path.steps(); i++) {
            BudgetStep step = path.step(i);
            assertThat(step.perUnit()).isPositive().isLessThanOrEqualTo(slope);
            assertThat(step.spend()).isGreaterThan(spend);
            slope = step.perUnit();
            spend = step.spend();
        }
        assertThat(path.at(0).gain()).isZero();
        assertThat(path.at(0).spend()).isZero();
        assertThat(path.mostSpend()).isEqualTo(spend);
    }

    @Property(tries = 300)
    void equalCostsRankByGain(@ForAll Random random, @ForAll @IntRange(min = 1, max = 30) int users) {
        double[][] gain = new double[3][users];
        double[] best = new double[users];
        for (int row = 0; row < users; row++) {
            for (double[] action : gain) {
                action[row] = random.nextInt(-5, 12);
                best[row] = Math.max(best[row], action[row]);
            }
        }
        int[] ranked = IntStream.range(0, users)
                .filter(row -> best[row] > 0)
                .boxed()
                .sorted((a, b) -> Double.compare(best[b], best[a]))
                .mapToInt(Integer::intValue)
                .toArray();

        BudgetPath path = BudgetPath.of(ActionGains.of(List.of("a", "b", "c"), new double[] {2, 2, 2}, gain));

        assertThat(IntStream.range(0, path.steps()).map(i -> path.step(i).row()).toArray())
                .containsExactly(ranked);
    }

    /** The linear programme's optimum is the upper hull of all assignments, which are counted out. */
    @Property(tries = 200)
    void noMixtureOfAssignmentsGainsMore(@ForAll Random random, @ForAll @IntRange(min = 1, max = 4) int users) {
        ActionGains gains = gains(random, users, 3);
        BudgetPath path = BudgetPath.of(gains);
        List<double[]> assignments = assignments(gains);

        for (double budget : new double[] {0.3, 1, 2.5, 4, 100}) {
            assertThat(path.at(budget).gain()).isCloseTo(best(assignments, budget), within(ROUNDING));
        }
    }

    private static List<double[]> assignments(ActionGains gains) {
        List<double[]> all = List.of(new double[2]);
        for (int row = 0; row < gains.rows(); row++) {
            List<double[]> longer = new ArrayList<>(all);
            for (double[] sum : all) {
                for (int action = 0; action < gains.actions().size(); action++) {
                    longer.add(new double[] {
                        sum[0] + gains.cost(action, row) / gains.size(), sum[1] + gains.gain(action, row) / gains.size()
                    });
                }
            }
            all = longer;
        }
        return all;
    }

    private static double best(List<double[]> assignments, double budget) {
        double best = 0;
        for (double[] within : assignments) {
            if (within[0] > budget) {
                continue;
            }
            best = Math.max(best, within[1]);
            for (double[] beyond : assignments) {
                if (beyond[0] > budget) {
                    double share = (budget - within[0]) / (beyond[0] - within[0]);
                    best = Math.max(best, within[1] + share * (beyond[1] - within[1]));
                }
            }
        }
        return best;
    }

    @Property(tries = 200)
    void unitsOfCostAndGainScaleThePath(@ForAll Random random, @ForAll @IntRange(min = 1, max = 20) int users) {
        long seed = random.nextLong();
        BudgetPath path = BudgetPath.of(gains(new Random(seed), users, 3));
        BudgetPath scaled = BudgetPath.of(scaled(new Random(seed), users, 4, 8));

        assertThat(scaled.steps()).isEqualTo(path.steps());
        for (int i = 0; i < path.steps(); i++) {
            BudgetStep step = path.step(i);
            assertThat(scaled.step(i))
                    .isEqualTo(new BudgetStep(
                            step.row(), step.from(), step.to(), 4 * step.spend(), 8 * step.gain(), 2 * step.perUnit()));
        }
    }

    @Property(tries = 200)
    void rowOfTwoUsersIsTwoRows(@ForAll Random random, @ForAll @IntRange(min = 2, max = 12) int users) {
        long seed = random.nextLong();
        ActionGains gains = gains(new Random(seed), users, 2);
        int[] counts = random.ints(users, 1, 4).toArray();
        int[] rows = IntStream.range(0, users)
                .flatMap(row -> IntStream.generate(() -> row).limit(counts[row]))
                .toArray();
        double[][] cost = new double[2][rows.length];
        double[][] gain = new double[2][rows.length];
        for (int i = 0; i < rows.length; i++) {
            for (int action = 0; action < 2; action++) {
                cost[action][i] = gains.cost(action, rows[i]);
                gain[action][i] = gains.gain(action, rows[i]);
            }
        }
        BudgetPath counted = BudgetPath.of(gains.counts(counts));
        BudgetPath each = BudgetPath.of(ActionGains.ofEachUser(gains.actions(), cost, gain));

        for (double share : new double[] {0, 0.2, 0.55, 1}) {
            double budget = share * counted.mostSpend();
            assertThat(counted.at(budget).gain()).isCloseTo(each.at(budget).gain(), within(ROUNDING));
        }
        int[] got = random.ints(users, -1, 2).toArray();
        double[] did = random.ints(users, 0, 2).asDoubleStream().toArray();
        RandomisedUsers one = RandomisedUsers.of(got, did, 0.5, 0.25, 0.25);
        RandomisedUsers many = RandomisedUsers.of(
                IntStream.of(rows).map(row -> got[row]).toArray(),
                IntStream.of(rows).mapToDouble(row -> did[row]).toArray(),
                0.5,
                0.25,
                0.25);
        assertAlike(one.gain(counted, 1000), many.gain(each, 1000));
        int[] households = random.ints(users, 0, 3).toArray();
        assertAlike(
                one.clusters(households).gain(counted, 1000),
                many.clusters(IntStream.of(rows).map(row -> households[row]).toArray())
                        .gain(each, 1000));
    }

    private static void assertAlike(SpendGain one, SpendGain other) {
        if (one instanceof SpendGain.Measured counted && other instanceof SpendGain.Measured each) {
            assertThat(counted.gain()).isCloseTo(each.gain(), within(ROUNDING));
            assertThat(counted.standardError()).isCloseTo(each.standardError(), within(ROUNDING));
            assertThat(counted.clusters()).isEqualTo(each.clusters());
        } else {
            assertThat(one).isEqualTo(other);
        }
    }

    private static ActionGains gains(Random random, int users, int actions) {
        return random(random, users, actions, 1, 1);
    }

    private static ActionGains scaled(Random random, int users, double cost, double gain) {
        return random(random, users, 3, cost, gain);
    }

    /** Small whole numbers, so that ties are many, and others. */
    private static ActionGains random(Random random, int users, int actions, double costUnit, double gainUnit) {
        double[][] cost = new double[actions][users];
        double[][] gain = new double[actions][users];
        boolean isWhole = random.nextBoolean();
        for (int action = 0; action < actions; action++) {
            for (int row = 0; row < users; row++) {
                cost[action][row] = costUnit * (isWhole ? random.nextInt(1, 6) : random.nextDouble(0.1, 5));
                gain[action][row] = gainUnit * (isWhole ? random.nextInt(-3, 9) : random.nextDouble(-2, 6));
            }
        }
        List<String> names =
                IntStream.range(0, actions).mapToObj(i -> "action " + i).toList();
        return ActionGains.ofEachUser(names, cost, gain);
    }
}
