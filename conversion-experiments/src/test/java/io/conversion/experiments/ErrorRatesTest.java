package io.conversion.experiments;

import static org.assertj.core.api.Assertions.assertThat;

import io.conversion.experiments.planning.Simulation;
import io.conversion.experiments.statistics.Clusters;
import io.conversion.experiments.statistics.ConfidenceSequence;
import io.conversion.experiments.statistics.Difference;
import io.conversion.experiments.statistics.MomentSums;
import io.conversion.experiments.statistics.Sample;
import io.conversion.experiments.statistics.Value;
import java.util.SplittableRandom;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Experiments without an effect, each looked at 200 times: how many are ever shown to have one. {@code -Dconversion.simulations=10000}
 * runs as many as the guide gives figures of; each test prints its rate.
 */
class ErrorRatesTest {

    private static final int EXPERIMENTS = Integer.getInteger("conversion.simulations", 200);
    private static final int LOOKS = 200;
    private static final int USERS = 20_000;

    @ParameterizedTest
    @ValueSource(doubles = {0.01, 0.05, 0.3})
    void shares(double base) {
        Simulation.Result result = Simulation.of(new double[] {base}, p -> 0)
                .withoutAdjustment()
                .looks(LOOKS)
                .run(EXPERIMENTS, USERS, 1);

        assertHeld("share of " + base, result.missed());
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.01, 0.05, 0.3})
    void sharesWithTheRecordedProbability(double base) {
        // Probabilities from next to nothing to three times the base rate, as a good model gives them.
        double[] probabilities = IntStream.range(0, 1000)
                .mapToDouble(i -> 3 * base * (i / 999.0) * (i / 999.0))
                .toArray();
        Simulation.Result result =
                Simulation.of(probabilities, p -> 0).looks(LOOKS).run(EXPERIMENTS, USERS, 2);

        assertHeld("share of " + base + " with its probability", result.missed());
    }

    @Test
    void ratios() {
        assertHeld("ratio", rate(ErrorRatesTest::ratioWasShown));
    }

    /** Users see more or fewer pages and click on each with a chance of their own. */
    private static int ratioWasShown(int experiment) {
        SplittableRandom random = new SplittableRandom(new SplittableRandom(experiment).nextLong());
        MomentSums[] arms = {new MomentSums(2), new MomentSums(2)};
        ConfidenceSequence sequence = new ConfidenceSequence(0.05, USERS);
        for (int user = 1; user <= USERS; user++) {
            int views = 1 + (int) (-4 * Math.log(1 - random.nextDouble()));
            double chance = 0.2 * random.nextDouble();
            int clicks = 0;
            for (int view = 0; view < views; view++) {
                clicks += random.nextDouble() < chance ? 1 : 0;
            }
            arms[random.nextInt(2)].add(clicks, views);
            if (user % (USERS / LOOKS) == 0) {
                Difference difference = Difference.of(
                        Sample.of(arms[0].moments(), Value.ratio(0, 1)),
                        Sample.of(arms[1].moments(), Value.ratio(0, 1)));
                if (sequence.at(difference, user).excludes(0)) {
                    return 1;
                }
            }
        }
        return 0;
    }

    @Test
    void twentyClustersInEachArm() {
        assertHeld("20 clusters in each arm", rate(ErrorRatesTest::clustersWereShown));
    }

    /** Users of a cluster have half of their variance in common. */
    private static int clustersWereShown(int experiment) {
        SplittableRandom random = new SplittableRandom(new SplittableRandom(experiment).nextLong());
        int clusters = 40;
        double[] level =
                IntStream.range(0, clusters).mapToDouble(i -> normal(random)).toArray();
        double[] sums = new double[clusters];
        long[] sizes = new long[clusters];
        int users = 4000;
        ConfidenceSequence sequence = new ConfidenceSequence(0.05, users);
        for (int user = 1; user <= users; user++) {
            int cluster = random.nextInt(clusters);
            sums[cluster] += level[cluster] + normal(random);
            sizes[cluster]++;
            if (user % (users / LOOKS) == 0 && user >= 400) {
                Difference difference = difference(sums, sizes);
                if (difference.degreesOfFreedom() >= 10
                        && sequence.at(difference, user).excludes(0)) {
                    return 1;
                }
            }
        }
        return 0;
    }

    /** Even clusters are the control. */
    private static Difference difference(double[] sums, long[] sizes) {
        double[] total = new double[2];
        long[] users = new long[2];
        for (int cluster = 0; cluster < sums.length; cluster++) {
            total[cluster % 2] += sums[cluster];
            users[cluster % 2] += sizes[cluster];
        }
        double control = total[0] / users[0];
        double treatment = total[1] / users[1];
        Clusters clusters = new Clusters(users[0], users[1]);
        for (int cluster = 0; cluster < sums.length; cluster++) {
            if (cluster % 2 == 0) {
                clusters.add(sizes[cluster], sums[cluster] - sizes[cluster] * control, 0, 0);
            } else {
                clusters.add(0, 0, sizes[cluster], sums[cluster] - sizes[cluster] * treatment);
            }
        }
        return clusters.difference(treatment - control);
    }

    private static double normal(SplittableRandom random) {
        return Math.sqrt(-2 * Math.log(1 - random.nextDouble())) * Math.cos(2 * Math.PI * random.nextDouble());
    }

    private static double rate(ToIntFunction<Integer> wasShown) {
        return Stream.iterate(0, i -> i + 1)
                        .limit(EXPERIMENTS)
                        .parallel()
                        .mapToInt(wasShown)
                        .sum()
                / (double) EXPERIMENTS;
    }

    /** At most 5 %, but for what chance does to so many experiments: four standard errors. */
    private static void assertHeld(String what, double rate) {
        System.out.printf("%s: %.2f %% of %d experiments%n", what, 100 * rate, EXPERIMENTS);
        assertThat(rate).isLessThanOrEqualTo(0.05 + 4 * Math.sqrt(0.05 * 0.95 / EXPERIMENTS));
    }
}
