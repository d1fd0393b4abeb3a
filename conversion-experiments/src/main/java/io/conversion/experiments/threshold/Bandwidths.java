package io.conversion.experiments.threshold;

import java.util.List;

/**
 * How far from a bound users count: {@code h} for the lines, {@code b} for the parabolas that tell how the lines are bent.
 *
 * <p>They make the mean squared error of the difference at the bound smallest, one pair for both sides, with the regularisation
 * that keeps a bias which happens to look like 0 from making them endless (Calonico, Cattaneo and Titiunik, Econometrica 82,
 * 2014; Calonico, Cattaneo, Farrell and Titiunik, Stata Journal 17, 2017: {@code mserd}): first a pilot for the variances
 * by a rule of thumb, then a bandwidth for the third derivative, one for the second ({@code b}), one for the level ({@code h}).
 */
record Bandwidths(double h, double b) {

    /** The factor of the rule of thumb for the triangular kernel. */
    private static final double PILOT = 2.576;

    /** From this share of repeated values on, so many different ones on each side count at least. */
    private static final double REPEATED = 0.1;

    private static final int DIFFERENT = 10;

    /** Chooses both; not finite or not positive where the users do not tell. */
    static Bandwidths of(Side below, Side above, ErrorKind kind) {
        double most = Math.max(below.range(), above.range());
        double least = 0;
        if (repeated(below) || repeated(above)) {
            least = Math.max(below.distanceOf(DIFFERENT), above.distanceOf(DIFFERENT)) * (1 + 1e-8);
        }
        double pilot = Math.max(least, Math.min(most, pilot(below, above)));
        Side[] sides = {below, above};
        // The farthest user is to have some weight.
        double wide = 1 + Math.sqrt(Math.ulp(1.0));
        double third = limited(
                least, most, optimum(sides, 3, 3, pilot, below.range() * wide, above.range() * wide, false, kind));
        double b = limited(least, most, optimum(sides, 2, 2, pilot, third, third, true, kind));
        double h = limited(least, most, optimum(sides, 1, 0, pilot, b, b, true, kind));
        return new Bandwidths(h, b);
    }

    boolean areUsable() {
        return h > 0 && b > 0 && h < Double.POSITIVE_INFINITY && b < Double.POSITIVE_INFINITY;
    }

    /** Math.min and Math.max keep NaN, as they should. */
    private static double limited(double least, double most, double bandwidth) {
        return Math.max(least, Math.min(most, bandwidth));
    }

    private static boolean repeated(Side side) {
        return 1 - (double) side.distinct() / side.size() >= REPEATED;
    }

    private static double pilot(Side below, Side above) {
        double[] x = new double[below.size() + above.size()];
        System.arraycopy(below.x(), 0, x, 0, below.size());
        System.arraycopy(above.x(), 0, x, below.size(), above.size());
        double quartiles = (quantile(x, 3) - quantile(x, 1)) / 1.349;
        double spread = Math.min(standardDeviation(x), quartiles);
        return PILOT * spread * Math.pow(below.distinct() + above.distinct(), -0.2);
    }

    /** The quarter of sorted numbers; between two of them in the middle (type 2 of Hyndman and Fan). */
    private static double quantile(double[] sorted, int quarters) {
        long place = (long) sorted.length * quarters;
        int at = (int) (place / 4);
        return place % 4 == 0 ? (sorted[at - 1] + sorted[at]) / 2 : sorted[at];
    }

    static double standardDeviation(double[] values) {
        double mean = 0;
        for (double value : values) {
            mean += value / values.length;
        }
        double squares = 0;
        for (double value : values) {
            squares += (value - mean) * (value - mean);
        }
        return Math.sqrt(squares / (values.length - 1));
    }

    /**
     * The bandwidth at which the squared error of a derivative's difference is smallest:
     * {@code (V / (B^2 + 3 R))^(1 / (2 order + 3))}.
     */
    private static double optimum(
            Side[] sides,
            int order,
            int derivative,
            double pilot,
            double biasBelow,
            double biasAbove,
            boolean regularised,
            ErrorKind kind) {
        Parts below = Parts.of(sides[0], order, derivative, pilot, biasBelow, kind);
        Parts above = Parts.of(sides[1], order, derivative, pilot, biasAbove, kind);
        double bias = above.bias - below.bias;
        double penalty = regularised ? 3 * (above.biasVariance + below.biasVariance) : 0;
        return Math.pow((above.variance + below.variance) / (bias * bias + penalty), 1 / (2 * order + 3.0));
    }

    /**
     * What one side adds, as numbers without the bandwidth that is looked for.
     *
     * @param variance the variance of the derivative times the power of the pilot that it falls with
     * @param bias the bias times that power, from the next derivative
     * @param biasVariance the squared error of that bias
     */
    private record Parts(double variance, double bias, double biasVariance) {

        static Parts of(Side side, int order, int derivative, double pilot, double biasBandwidth, ErrorKind kind) {
            Side near = side.within(pilot);
            LocalFit fit = LocalFit.of(near, order, pilot, kind);
            double[] slopes = CommonSlopes.of(List.of(side), order, pilot);
            double variance = fit.variance(derivative, CommonSlopes.adjusted(near, slopes));
            double[] weights = fit.weights(derivative);
            double bent = 0;
            for (int i = 0; i < weights.length; i++) {
                bent += weights[i] * Math.pow(near.x()[i] / pilot, order + 1);
            }
            bent *= Math.pow(pilot, derivative);
            Side wide = side.within(biasBandwidth);
            LocalFit next = LocalFit.of(wide, order + 1, biasBandwidth, kind);
            double[] y = CommonSlopes.adjusted(wide, slopes);
            double steps = 2.0 * (order + 1 - derivative);
            return new Parts(
                    (2 * derivative + 1) * Math.pow(pilot, 2 * derivative + 1) * variance,
                    Math.sqrt(steps) * bent * LocalWeights.product(next.weights(order + 1), y),
                    steps * bent * bent * next.variance(order + 1, y));
        }
    }
}
