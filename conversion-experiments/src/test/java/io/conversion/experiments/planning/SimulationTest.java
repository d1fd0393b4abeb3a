package io.conversion.experiments.planning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.concurrent.ForkJoinPool;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SimulationTest {

    /** Users whose probabilities are spread from 0.02 to 0.62. */
    private static final double[] USERS = IntStream.range(0, 1000)
            .mapToDouble(i -> 0.02 + 0.6 * (i / 1000.0) * (i / 1000.0))
            .toArray();

    @Test
    void experimentsWithoutAnEffectAreRarelyWrong() {
        Simulation.Result result = Simulation.of(USERS, p -> 0).looks(50).run(400, 4000, 1);

        // 5 % of 400, and four standard errors.
        assertThat(result.missed()).isLessThan(0.05 + 0.044);
        assertThat(result.better() + result.worse()).isEqualTo(result.missed());
        assertThat(result.gain()).isZero();
    }

    @Test
    void powerAtTheEndIsThatOfTheFormula() {
        double mean = IntStream.range(0, USERS.length)
                .mapToDouble(i -> USERS[i])
                .average()
                .orElseThrow();
        Simulation.Result result =
                Simulation.of(USERS, p -> 0.03).withoutAdjustment().looks(10).run(400, 6000, 2);

        double formula = SampleSize.ofShares(mean, mean + 0.03).power(0.03, 6000);
        assertThat(result.betterAtOnce()).isEqualTo(formula, within(4 * Math.sqrt(formula * (1 - formula) / 400)));
        assertThat(result.better())
                .isGreaterThan(new SampleSize(mean * (1 - mean), (mean + 0.03) * (0.97 - mean), 0.5, 0.05, true)
                                .power(0.03, 6000)
                        - 0.1);
    }

    @Test
    void probabilitySavesTheUsersThatItsVarianceSays() {
        double mean = IntStream.range(0, USERS.length)
                .mapToDouble(i -> USERS[i])
                .average()
                .orElseThrow();
        double variance = IntStream.range(0, USERS.length)
                .mapToDouble(i -> (USERS[i] - mean) * (USERS[i] - mean))
                .average()
                .orElseThrow();
        Simulation.Result result = Simulation.of(USERS, p -> 0).looks(1).run(100, 4000, 3);

        // The squared correlation of a calibrated probability with the outcome.
        assertThat(result.varianceReduction()).isEqualTo(variance / (mean * (1 - mean)), within(0.02));
    }

    @Test
    void resultDoesNotDependOnThreads() throws Exception {
        Simulation simulation = Simulation.of(USERS, p -> 0.02);
        Simulation.Result alone =
                new ForkJoinPool(1).submit(() -> simulation.run(60, 2000, 4)).get();
        Simulation.Result together =
                new ForkJoinPool(7).submit(() -> simulation.run(60, 2000, 4)).get();

        assertThat(together).isEqualTo(alone);
    }

    @Test
    void effectsByBandAddUpToTheirAverage() {
        EffectBands bands = EffectBands.parse("0.1:0.01,0.3:0.05,0.5:0");
        Simulation.Result result = Simulation.of(USERS, bands).looks(1).run(300, 4000, 5);

        // 0.02 + 0.6 (i/1000)^2 is 0.1, 0.3 and 0.5 at i = 365.1, 683.1 and 894.4.
        assertThat(result.effect()).isEqualTo((318 * 0.01 + 211 * 0.05) / 1000, within(1e-12));
        // 5 % of 300, and four standard errors.
        assertThat(result.missed()).isLessThan(0.05 + 0.051);
    }

    @Test
    void amountsAreAMeanWhosePowerIsThatOfTheFormula() {
        double[] amounts = {10, 10, 10, 50};
        Simulation simulation =
                Simulation.of(USERS, p -> 0.05).withoutAdjustment().looks(10).amounts(amounts, 0.9);
        Simulation.Result result = simulation.run(400, 6000, 6);

        double before = mean(p -> p);
        double after = mean(p -> p + 0.05);
        double effect = after * 0.9 * 20 - before * 20;
        // E[amount^2] = 700.
        double control = before * 700 - before * before * 400;
        double treated = 0.81 * (after * 700 - after * after * 400);
        double formula = new SampleSize(control, treated, 0.5, 0.05, false).power(effect, 6000);
        assertThat(result.effect()).isEqualTo(effect, within(1e-12));
        assertThat(formula).isBetween(0.2, 0.8);
        assertThat(result.betterAtOnce()).isEqualTo(formula, within(4 * Math.sqrt(formula * (1 - formula) / 400)));
        assertThat(result.missed()).isLessThan(0.05 + 0.044);
    }

    @Test
    void amountsDoNotDependOnThreads() throws Exception {
        Simulation simulation = Simulation.of(USERS, EffectBands.parse("0:0.01,0.3:0.04"))
                .amounts(new double[] {0.1, 0.2, 0.7, 1e9}, 0.8);
        Simulation.Result alone =
                new ForkJoinPool(1).submit(() -> simulation.run(60, 2000, 4)).get();
        Simulation.Result together =
                new ForkJoinPool(7).submit(() -> simulation.run(60, 2000, 4)).get();

        assertThat(together).isEqualTo(alone);
    }

    private static double mean(DoubleUnaryOperator of) {
        return Arrays.stream(USERS).map(of).average().orElseThrow();
    }

    @Test
    void amountsThatSayNothingAreRefused() {
        assertThatThrownBy(() -> Simulation.of(USERS, p -> 0).amounts(new double[0], 1))
                .hasMessage("a mean needs the amounts of some users who converted, and finite numbers");
    }

    @Test
    void powerOfClustersIsThatOfTheDesignEffect() {
        // All probabilities are alike, so that the correlation is that of the users.
        double[] alike = {0.2};
        Simulation.Result result = Simulation.of(alike, p -> 0.05)
                .withoutAdjustment()
                .clusters(10, 0.15)
                .looks(4)
                .run(400, 6000, 7);

        double formula = SampleSize.ofShares(0.2, 0.25).clustered(10, 0.15).power(0.05, 6000);
        assertThat(formula).isBetween(0.3, 0.9);
        assertThat(result.betterAtOnce()).isEqualTo(formula, within(4 * Math.sqrt(formula * (1 - formula) / 400)));
        assertThat(result.missed()).isLessThan(0.05 + 0.044);
    }

    @Test
    void clustersAreRarelyWrongWithoutAnEffect() {
        Simulation.Result result =
                Simulation.of(USERS, p -> 0).clusters(20, 0.3).looks(40).run(300, 4000, 8);

        // 5 % of 300, and four standard errors.
        assertThat(result.missed()).isLessThan(0.05 + 0.051);
        assertThat(result.better() + result.worse()).isEqualTo(result.missed());
    }

    @Test
    void clustersOfOneAreUsers() throws Exception {
        Simulation.Result alone = Simulation.of(USERS, p -> 0.02).run(50, 2000, 9);

        assertThat(Simulation.of(USERS, p -> 0.02).clusters(1, 0).run(50, 2000, 9))
                .isEqualTo(alone);
        Simulation simulation = Simulation.of(USERS, p -> 0.02).clusters(4, 0.2);
        assertThat(new ForkJoinPool(1).submit(() -> simulation.run(50, 2000, 9)).get())
                .isEqualTo(new ForkJoinPool(7)
                        .submit(() -> simulation.run(50, 2000, 9))
                        .get());
    }

    @Test
    void tooFewClustersSayNothing() {
        Simulation.Result result =
                Simulation.of(USERS, p -> 0.3).clusters(500, 0.1).run(20, 4000, 10);

        assertThat(result.better() + result.worse() + result.betterAtOnce()).isZero();
        assertThatThrownBy(() -> Simulation.of(USERS, p -> 0).clusters(0, 0.5))
                .hasMessage("clusters of 0 users with a correlation of 0.5 cannot be; a size is at least 1, and a"
                        + " correlation from 0 to 1");
    }

    /** What a seed gave before there were clusters and amounts, to the bit. */
    @Test
    void numbersOfASeedStay() {
        Simulation.Result result = Simulation.of(USERS, p -> 0.03).looks(10).run(200, 3000, 12);

        assertThat(result)
                .isEqualTo(new Simulation.Result(
                        200, 0.03, 0.235, 0.0, 0.01, 0.585, 3000.0, 41.050800000000805, 0.17786166752064914));
    }
}
