package io.conversion.experiments.threshold;

import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * Tests whether users crowd on one side of a bound, as they do where somebody knows it and acts on it: the density of the
 * running variable just below against just above.
 *
 * <p>The density is the slope of a local polynomial through the empirical distribution function, on each side for itself
 * (Cattaneo, Jansson and Ma, JASA 115, 2020), with the triangular kernel: of the third order, at bandwidths that are best for
 * the second, with jackknife errors and repeated values counted together, as {@code rddensity} does by default; rows of one
 * user count together for the error. Immutable and safe to share between threads.
 *
 * @param below the density just below the bound, users per unit of the running variable as a share of all
 * @param above the density just above it
 * @param standardError the standard error of their difference
 * @param pValue the p-value of no difference, two-sided, 0 to 1
 * @param bandwidthBelow how far below users count
 * @param bandwidthAbove how far above users count
 */
public record DensityTest(
        double below, double above, double standardError, double pValue, double bandwidthBelow, double bandwidthAbove) {

    private static final int ORDER = 3;
    private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);

    /** At bandwidths that the users tell. */
    static DensityTest of(Side below, Side above) {
        DistributionFunction function = DistributionFunction.of(below, above);
        double[] bandwidths = DensityBandwidths.of(below, above, function);
        return of(below, above, function, bandwidths[0], bandwidths[1]);
    }

    static DensityTest of(Side below, Side above, double bandwidthBelow, double bandwidthAbove) {
        return of(below, above, DistributionFunction.of(below, above), bandwidthBelow, bandwidthAbove);
    }

    private static DensityTest of(
            Side below, Side above, DistributionFunction function, double bandwidthBelow, double bandwidthAbove) {
        DistributionFunction.Slope lower = function.below(below, ORDER, bandwidthBelow);
        DistributionFunction.Slope upper = function.above(above, ORDER, bandwidthAbove);
        double error = Discontinuity.error(lower.influences(), upper.influences(), below.clustersWith(above), 0);
        double difference = upper.density() - lower.density();
        return new DensityTest(
                lower.density(),
                upper.density(),
                error,
                2 * NORMAL.survivalProbability(Math.abs(difference / error)),
                bandwidthBelow,
                bandwidthAbove);
    }

    /**
     * How many standard errors the density rises by at the bound.
     *
     * @return the difference over its error, above 0 where there are more users above
     */
    public double statistic() {
        return (above - below) / standardError;
    }
}
