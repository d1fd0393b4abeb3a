package io.conversion.experiments;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Covariates that were measured after the assignment, planted in users of whom the truth is known. */
class AdjustmentCheckTest {

    /** 4,000 users with an effect of 0.3 and a covariate that the treatment itself raises. */
    private static Readout readout(double raised, double effect, int clusterSize, boolean anytime) {
        Random random = new Random(17);
        int users = 4000;
        int[] arm = new int[users];
        int[] cluster = new int[users];
        double[] revenue = new double[users];
        double[] visits = new double[users];
        double[] age = new double[users];
        for (int i = 0; i < users; i++) {
            cluster[i] = i / clusterSize;
            arm[i] = cluster[i] % 2;
            double known = random.nextGaussian();
            visits[i] = known + arm[i] * raised;
            age[i] = random.nextInt(60);
            revenue[i] = known + random.nextGaussian() + effect * arm[i];
        }
        Map<String, double[]> columns = new LinkedHashMap<>();
        columns.put("revenue", revenue);
        columns.put("age", age);
        columns.put("visits", visits);
        UserTable table = UserTable.of(List.of("A", "B"), arm, columns);
        ReadoutPlan.Builder plan = ReadoutPlan.builder("planted", "A", Metric.of("revenue", Metric.Kind.MEAN))
                .covariates(List.of("age", "visits"));
        return Readout.of(
                (anytime ? plan.plannedUsers(users) : plan).build(), clusterSize > 1 ? table.clusters(cluster) : table);
    }

    private static List<String> codes(Readout readout) {
        List<String> codes = new ArrayList<>();
        readout.health().findings().forEach(finding -> codes.add(finding.code()));
        return codes;
    }

    private static @Nullable Refusal refusal(Readout readout) {
        return readout.metrics().get(0).comparisons().get(0).refusal();
    }

    @Test
    void covariateThatTurnsTheEffectIsRefused() {
        for (int clusterSize : new int[] {1, 10}) {
            for (boolean anytime : new boolean[] {false, true}) {
                Readout readout = readout(0.6, 0.3, clusterSize, anytime);
                Refusal refusal = Objects.requireNonNull(refusal(readout));

                assertThat(refusal.code()).isEqualTo("covariates_turn_effect");
                assertThat(refusal.reason())
                        .matches("covariates turn it from \\+0\\.\\d+ to -0\\.\\d+, which is no chance");
                assertThat(readout.verdict().sentence()).startsWith("Cannot know");
            }
        }
    }

    @Test
    void covariateThatMovesTheEffectIsSaid() {
        Readout readout = readout(0.2, 0.8, 1, false);

        assertThat(codes(readout)).contains("covariates_move_effect", "imbalance");
        assertThat(refusal(readout)).isNull();
    }

    @Test
    void covariateFromBeforeMovesNothing() {
        Readout readout = readout(0, 0.3, 1, false);

        assertThat(codes(readout)).containsExactly("shares_not_declared");
        assertThat(refusal(readout)).isNull();
    }

    @Test
    void signThatChanceTurnsIsNoted() {
        Readout readout = readout(0, -0.01, 1, false);
        ComparisonReadout of = readout.metrics().get(0).comparisons().get(0);
        EffectReadout plain = Objects.requireNonNull(of.difference());
        EffectReadout adjusted = Objects.requireNonNull(of.adjusted()).difference();

        assertThat(plain.estimate() * adjusted.estimate()).isNegative();
        assertThat(codes(readout)).containsExactly("shares_not_declared", "adjusted_sign_differs");
    }

    @Test
    void covariateThatFollowsFromAnotherIsNoted() {
        Random random = new Random(5);
        int[] arm = new int[400];
        double[] y = new double[400];
        double[] x = new double[400];
        double[] twice = new double[400];
        for (int i = 0; i < 400; i++) {
            arm[i] = i % 2;
            x[i] = random.nextGaussian();
            twice[i] = 2 * x[i] + 1;
            y[i] = x[i] + random.nextGaussian();
        }
        UserTable table = UserTable.of(List.of("A", "B"), arm, Map.of("y", y, "x", x, "twice", twice));
        Metric metric = Metric.of("y", Metric.Kind.MEAN);
        Readout both = Readout.of(
                ReadoutPlan.builder("twice", "A", metric)
                        .covariates(List.of("x", "twice"))
                        .build(),
                table);
        Readout one = Readout.of(
                ReadoutPlan.builder("twice", "A", metric)
                        .covariates(List.of("x"))
                        .build(),
                table);

        assertThat(both.health().findings())
                .contains(new Finding(
                        "covariate_follows",
                        Finding.Severity.NOTES,
                        "covariate \"twice\" follows from those before it and changes nothing; leave it out"));
        assertThat(both.metrics().get(0).comparisons().get(0).adjusted())
                .isEqualTo(one.metrics().get(0).comparisons().get(0).adjusted());
    }
}
