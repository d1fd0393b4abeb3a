package io.conversion.experiments.threshold;

import java.util.Arrays;

/**
 * The empirical distribution function of users on both sides of a bound, and its slope on either: the density. Users of the same
 * value are below or at it together.
 */
final class DistributionFunction {

    private final double[] below;
    private final double[] above;
    private final double all;

    private DistributionFunction(double[] below, double[] above) {
        this.below = below;
        this.above = above;
        all = below.length + above.length;
    }

    static DistributionFunction of(Side below, Side above) {
        int all = below.size() + above.size();
        return new DistributionFunction(shares(below.x(), 0, all), shares(above.x(), below.size(), all));
    }

    /** The share of all users that come before the last one of each value. */
    private static double[] shares(double[] x, int before, int all) {
        double[] shares = new double[x.length];
        for (int i = x.length - 1; i >= 0; i--) {
            boolean last = i == x.length - 1 || x[i] != x[i + 1];
            shares[i] = last ? (before + i) / (all - 1.0) : shares[i + 1];
        }
        return shares;
    }

    Slope below(Side side, int order, double bandwidth) {
        return slope(side.x(), below, order, bandwidth);
    }

    Slope above(Side side, int order, double bandwidth) {
        return slope(side.x(), above, order, bandwidth);
    }

    /** The coefficient of a power of the polynomial through the function, on one side. */
    static double coefficient(double[] x, double[] function, int order, int power, double bandwidth) {
        return LocalWeights.product(LocalWeights.of(x, order, bandwidth).coefficient(power), function);
    }

    double coefficientBelow(Side side, int order, int power, double bandwidth) {
        return coefficient(side.x(), below, order, power, bandwidth);
    }

    double coefficientAbove(Side side, int order, int power, double bandwidth) {
        return coefficient(side.x(), above, order, power, bandwidth);
    }

    private Slope slope(double[] x, double[] function, int order, double bandwidth) {
        double[] weights = LocalWeights.of(x, order, bandwidth).coefficient(1);
        // A user lifts the function at itself and at all behind it: what it adds to the slope is the sum of their
        // weights.
        double[] influences = new double[x.length];
        double behind = 0;
        int end = x.length;
        for (int i = x.length - 1; i >= 0; i--) {
            if (i == 0 || x[i] != x[i - 1]) {
                Arrays.fill(influences, i, end, behind / (all - 1));
                end = i;
            }
            behind += weights[i];
        }
        return new Slope(LocalWeights.product(weights, function), influences);
    }

    /**
     * A density with its error.
     *
     * @param density the slope of the distribution function at the bound
     * @param influences what each user of the side adds to its error, by the jackknife
     */
    // Nobody compares it or lets it out of this package.
    @SuppressWarnings("ArrayRecordComponent")
    record Slope(double density, double[] influences) {

        double squares() {
            return LocalWeights.product(influences, influences);
        }
    }
}
