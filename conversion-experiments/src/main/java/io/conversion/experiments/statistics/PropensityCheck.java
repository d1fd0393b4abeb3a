package io.conversion.experiments.statistics;

import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * Whether an action was taken as often as its propensities say: the mean of {@code 1/p} where it was taken and 0 elsewhere,
 * over the decisions that could have had it, is 1. Propensities that were written down wrongly pass every other check. Not safe
 * for use by several threads at once.
 */
public final class PropensityCheck {

    private final ExactSum inverses = new ExactSum();
    private final ExactSum squares = new ExactSum();
    private long taken;
    private long possible;

    /** Starts without decisions. */
    public PropensityCheck() {
        // Documented, since the class is exported.
    }

    /**
     * Counts decisions that could have had the action.
     *
     * @param decisions how many
     */
    public void possible(long decisions) {
        possible += decisions;
    }

    /**
     * Adds a decision that had the action.
     *
     * @param propensity its probability, above 0 and at most 1
     */
    public void taken(double propensity) {
        double inverse = 1 / propensity;
        inverses.add(inverse);
        squares.addProduct(inverse, inverse);
        taken++;
    }

    /**
     * Adds what another check of the same action counted.
     *
     * @param other the other check
     * @return this
     */
    public PropensityCheck plus(PropensityCheck other) {
        inverses.add(other.inverses);
        squares.add(other.squares);
        taken += other.taken;
        possible += other.possible;
        return this;
    }

    /**
     * The decisions that had the action.
     *
     * @return how many
     */
    public long taken() {
        return taken;
    }

    /**
     * The mean of the inverse propensities.
     *
     * @return the mean over decisions that could have had the action; 1 is expected
     */
    public double mean() {
        return inverses.value().toDouble() / possible;
    }

    /**
     * The error of the mean.
     *
     * @return the sample deviation over the root of the number of decisions
     */
    public double standardError() {
        Dyadic sum = inverses.value();
        double spread = squares.value().times(possible).minus(sum.times(sum)).toDouble();
        return Math.sqrt(Math.max(0, spread) / possible / possible / (possible - 1.0));
    }

    /**
     * How far the mean is from 1.
     *
     * @return {@code (mean - 1) / standardError}; 0 if nothing varies and the mean is 1
     */
    public double z() {
        double distance = mean() - 1;
        return Math.abs(distance) < 1e-12 ? 0 : distance / standardError();
    }

    /**
     * How well right propensities would explain it.
     *
     * @return the two-sided p-value of {@link #z()}, by the normal distribution
     */
    public double pValue() {
        return Math.min(1, 2 * NormalDistribution.of(0, 1).survivalProbability(Math.abs(z())));
    }
}
