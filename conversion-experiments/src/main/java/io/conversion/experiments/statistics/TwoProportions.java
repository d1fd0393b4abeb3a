package io.conversion.experiments.statistics;

import org.apache.commons.statistics.distribution.ChiSquaredDistribution;
import org.apache.commons.statistics.distribution.HypergeometricDistribution;
import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * Tests of two proportions against no difference, for a single look: p-values from 0 to 1, two-sided where not said
 * otherwise. None of them may be looked at again and again; {@link ConfidenceSequence} may. Immutable and safe to share
 * between threads.
 *
 * @param controlSuccesses users of the control who did it
 * @param controlUsers users of the control
 * @param treatmentSuccesses users of the other arm who did it
 * @param treatmentUsers users of the other arm
 */
public record TwoProportions(long controlSuccesses, long controlUsers, long treatmentSuccesses, long treatmentUsers) {

    /**
     * Of two samples of proportions.
     *
     * @param control the control
     * @param treatment the other arm
     * @return the counts behind them
     */
    public static TwoProportions of(Sample control, Sample treatment) {
        return new TwoProportions(
                Math.round(control.mean() * control.users()),
                control.users(),
                Math.round(treatment.mean() * treatment.users()),
                treatment.users());
    }

    /**
     * The z test with the variance of both arms together; its square is Pearson's chi-square.
     *
     * @return the p-value
     */
    public double pooled() {
        return twoSided(distance() / pooledError());
    }

    /**
     * The z test with the variance of both arms together and a correction for continuity, that of Yates.
     *
     * @return the p-value
     */
    public double pooledWithContinuity() {
        return twoSided(corrected() / pooledError());
    }

    /**
     * The z test with the variance of each arm.
     *
     * @return the p-value
     */
    public double unpooled() {
        return twoSided(distance() / unpooledError());
    }

    /**
     * The z test with the variance of each arm and a correction for continuity.
     *
     * @return the p-value
     */
    public double unpooledWithContinuity() {
        return twoSided(corrected() / unpooledError());
    }

    /**
     * The likelihood-ratio test, G.
     *
     * @return the p-value
     */
    public double likelihoodRatio() {
        return likelihoodRatio(0);
    }

    /**
     * The likelihood-ratio test, G, of counts that are half a user closer to what is expected.
     *
     * @return the p-value
     */
    public double likelihoodRatioWithContinuity() {
        return likelihoodRatio(0.5);
    }

    /**
     * Fisher's exact test: the chance of all tables with the same margins that are no more likely than this one.
     *
     * @return the p-value
     */
    public double fisher() {
        HypergeometricDistribution tables = tables();
        double observed = tables.logProbability((int) controlSuccesses);
        // Tables that are as likely but for rounding count, as in R.
        double limit = observed + 1e-7;
        double sum = 0;
        for (int k = tables.getSupportLowerBound(); k <= tables.getSupportUpperBound(); k++) {
            double log = tables.logProbability(k);
            sum += log <= limit ? Math.exp(log) : 0;
        }
        return Math.min(1, sum);
    }

    /**
     * Fisher's exact test of one side: the chance of as many successes in the control, or fewer.
     *
     * @return the p-value
     */
    public double fisherLess() {
        return tables().cumulativeProbability((int) controlSuccesses);
    }

    private HypergeometricDistribution tables() {
        return HypergeometricDistribution.of(
                Math.toIntExact(controlUsers + treatmentUsers),
                Math.toIntExact(controlSuccesses + treatmentSuccesses),
                Math.toIntExact(controlUsers));
    }

    private double likelihoodRatio(double correction) {
        double[][] seen = {
            {controlSuccesses, controlUsers - controlSuccesses},
            {treatmentSuccesses, treatmentUsers - treatmentSuccesses}
        };
        double all = (double) controlUsers + treatmentUsers;
        double g = 0;
        for (double[] row : seen) {
            for (int j = 0; j < 2; j++) {
                double expected = (row[0] + row[1]) * (seen[0][j] + seen[1][j]) / all;
                double closer = Math.min(correction, Math.abs(expected - row[j]));
                double count = row[j] + Math.copySign(closer, expected - row[j]);
                g += count == 0 ? 0 : 2 * count * Math.log(count / expected);
            }
        }
        return ChiSquaredDistribution.of(1).survivalProbability(g);
    }

    private double distance() {
        return Math.abs(rate(treatmentSuccesses, treatmentUsers) - rate(controlSuccesses, controlUsers));
    }

    private double corrected() {
        return Math.max(0, distance() - (1.0 / controlUsers + 1.0 / treatmentUsers) / 2);
    }

    private double pooledError() {
        double p = rate(controlSuccesses + treatmentSuccesses, controlUsers + treatmentUsers);
        return Math.sqrt(p * (1 - p) * (1.0 / controlUsers + 1.0 / treatmentUsers));
    }

    private double unpooledError() {
        double a = rate(controlSuccesses, controlUsers);
        double b = rate(treatmentSuccesses, treatmentUsers);
        return Math.sqrt(a * (1 - a) / controlUsers + b * (1 - b) / treatmentUsers);
    }

    private static double rate(long successes, long users) {
        return (double) successes / users;
    }

    private static double twoSided(double z) {
        return Math.min(1, 2 * NormalDistribution.of(0, 1).survivalProbability(z));
    }
}
