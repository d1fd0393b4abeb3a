package io.conversion.experiments.threshold;

import java.util.SplittableRandom;

/** Users whose probability is calibrated without the action, which begins at a bound and adds to it. */
final class GeneratedUsers {

    static final double BOUND = 0.35;

    private GeneratedUsers() {}

    /**
     * Makes users, most of them with a low probability.
     *
     * @param effect what the action adds to the probability of a user at the bound; it grows with the probability
     * @param sorted the share of users closely below the bound whom somebody lifts above it
     */
    static ThresholdUsers of(long seed, int users, double effect, double sorted) {
        SplittableRandom random = new SplittableRandom(new SplittableRandom(seed).nextLong());
        double[] probability = new double[users];
        double[] outcome = new double[users];
        for (int i = 0; i < users; i++) {
            double u = random.nextDouble();
            double v = random.nextDouble();
            // Smooth, with most users below a third.
            double p = 1 - Math.pow(1 - u * Math.sqrt(v), 0.6);
            double real = p;
            if (p < BOUND && p > BOUND - 0.03 && random.nextDouble() < sorted) {
                p = 2 * BOUND - p;
            }
            double chance = real + (p >= BOUND ? effect * (1 + 2 * (real - BOUND)) : 0);
            probability[i] = p;
            outcome[i] = random.nextDouble() < chance ? 1 : 0;
        }
        return ThresholdUsers.of(probability, outcome);
    }
}
