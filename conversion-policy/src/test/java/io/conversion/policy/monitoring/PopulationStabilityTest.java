package io.conversion.policy.monitoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PopulationStabilityTest {

    private static final double RATE = 0.001 / 12;

    /** numpy's and scipy's numbers, by {@code src/test/reference/monitoring.py stability}. */
    @ParameterizedTest
    @CsvSource(useHeadersInDisplayName = true, textBlock = """
            reference,                               observed,                      index,               bins, limit
            100 100 100 100 100 100 100 100 100 100, 20 20 20 20 20 20 20 20 20 20, 0,                   10,   0.20503121053589315
            100 100 100 100 100 100 100 100 100 100, 30 10 25 15 20 20 20 20 20 20, 0.06415954344241356, 10,   0.20503121053589315
            500 300 200 0,                           90 120 70 20,                  0.3804865094623454,  4,    0.1
            4000 5000 1000 0,                        300 600 0 0,                   0.5789218742647319,  3,    0.1
            0 950 50,                                100 100 100,                   2.9266271688395507,  3,    0.1
            50000 30000 20000,                       12000 9000 9000,               0.06285411234964525, 3,    0.1
            """)
    void indexAndLimitAreThoseOfNumpy(String reference, String observed, double index, int bins, double limit) {
        PopulationStability stability = PopulationStability.of(counts(reference), counts(observed), RATE);

        assertThat(stability.index()).isCloseTo(index, within(1e-14));
        assertThat(stability.bins()).isEqualTo(bins);
        assertThat(stability.limit()).isCloseTo(limit, within(1e-12));
    }

    private static double[] counts(String text) {
        return Arrays.stream(text.split(" ")).mapToDouble(Double::parseDouble).toArray();
    }

    @Test
    void whereEitherSideHasNoUsersTheIndexIsZeroAndThereAreTooFew() {
        PopulationStability stability = PopulationStability.of(new double[] {5, 5}, new double[2], RATE);

        assertThat(stability.index()).isZero();
        assertThat(stability.hasTooFewUsers()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(useHeadersInDisplayName = true, textBlock = """
            bins, users, needed, too few
            2,    199,   200,    true
            2,    200,   200,    false
            20,   399,   400,    true
            20,   400,   400,    false
            """)
    void twentyUsersABinAndTwoHundredInAllAreNeeded(int bins, int users, int needed, boolean tooFew) {
        double[] reference = new double[bins];
        Arrays.fill(reference, 1_000);
        double[] observed = new double[bins];
        observed[0] = users;

        PopulationStability stability = PopulationStability.of(reference, observed, RATE);

        assertThat(stability.usersNeeded()).isEqualTo(needed);
        assertThat(stability.hasTooFewUsers()).isEqualTo(tooFew);
        assertThat(stability.isDrift()).isEqualTo(!tooFew);
    }

    @Test
    void countsThatAreNoneAreRefused() {
        assertThatThrownBy(() -> PopulationStability.of(new double[2], new double[3], RATE))
                .hasMessage("the reference has 2 bins, and the users have 3; both must be in the same bins");
        assertThatThrownBy(() -> PopulationStability.of(new double[] {1, -1}, new double[2], RATE))
                .hasMessage("a bin has -1.0 users; a count is finite and at least 0");
        assertThatThrownBy(() -> PopulationStability.of(new double[] {1, 1}, new double[] {1, Double.NaN}, RATE))
                .hasMessage("a bin has NaN users; a count is finite and at least 0");
    }

    /** In 10,000 simulations the rate has a standard error of 0.1 %. */
    @Test
    void withFewUsersChanceExceedsTheLimitAsOftenAsItSays() {
        int alarms = alarms(10_000, 1_000, 200, new double[] {1, 1, 1, 1, 1, 1, 1, 1, 1, 1}, 0.01);

        assertThat(alarms / 10_000.0).isBetween(0.006, 0.014);
    }

    /** At the rate of a report on one signal 40 are to be expected. */
    @Test
    void itDoesSoFarInTheTail() {
        int alarms = alarms(40_000, 1_000, 200, new double[] {1, 1, 1, 1, 1, 1, 1, 1, 1, 1}, 0.001);

        assertThat(alarms).isBetween(22, 62);
    }

    /** A rare bin makes the index skewed; the rate stays within twice of what it says. */
    @Test
    void withARareBinItStaysNearIt() {
        assertThat(alarms(10_000, 5_000, 200, new double[] {12, 7, 1}, 0.01) / 10_000.0)
                .isLessThan(0.02);
    }

    @Test
    void withManyUsersChanceIsDistributedAsItSaysAndNeverReachesTheSmallestLimit() {
        double[] shares = {4, 3, 2, 1, 1, 1};
        SplittableRandom random = new SplittableRandom(4);
        double quantile = (1.0 / 20_000 + 1.0 / 5_000) * ChiSquare.upperQuantile(5, 0.01);
        int above = 0;

        for (int i = 0; i < 2_000; i++) {
            double index = PopulationStability.index(
                    sample(random, shares, 20_000), sample(random, shares, 5_000), 20_000, 5_000, shares.length);
            above += index > quantile ? 1 : 0;

            assertThat(index).isLessThan(PopulationStability.SMALLEST_LIMIT);
        }

        assertThat(above / 2_000.0).isBetween(0.004, 0.017);
    }

    @ParameterizedTest
    @CsvSource({"300", "1000", "100000"})
    void shiftThatMattersIsFoundWithAnyNumberOfUsers(int users) {
        SplittableRandom random = new SplittableRandom(5);

        PopulationStability stability = PopulationStability.of(
                sample(random, new double[] {5, 30, 30, 35}, 20_000),
                sample(random, new double[] {21, 25, 25, 29}, users),
                RATE);

        assertThat(stability.isDrift()).isTrue();
    }

    /** How often the index of two samples is above the limit, which is the same for all of them. */
    private static int alarms(int simulations, int reference, int users, double[] shares, double rate) {
        SplittableRandom random = new SplittableRandom(3);
        double limit = PopulationStability.of(sample(random, shares, reference), sample(random, shares, users), rate)
                .limit();
        int alarms = 0;
        for (int i = 0; i < simulations; i++) {
            double index = PopulationStability.index(
                    sample(random, shares, reference), sample(random, shares, users), reference, users, shares.length);
            alarms += index > limit ? 1 : 0;
        }
        return alarms;
    }

    private static double[] sample(SplittableRandom random, double[] shares, int users) {
        double[] upTo = shares.clone();
        Arrays.parallelPrefix(upTo, Double::sum);
        double[] counts = new double[shares.length];
        for (int i = 0; i < users; i++) {
            double x = random.nextDouble() * upTo[upTo.length - 1];
            int bin = 0;
            while (x >= upTo[bin]) {
                bin++;
            }
            counts[bin]++;
        }
        return counts;
    }
}
