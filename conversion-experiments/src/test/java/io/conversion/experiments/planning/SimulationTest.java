package io.conversion.experiments.planning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.concurrent.ForkJoinPool;
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
}
