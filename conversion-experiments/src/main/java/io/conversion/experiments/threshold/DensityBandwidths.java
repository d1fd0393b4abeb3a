package io.conversion.experiments.threshold;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;

/**
 * How far from a bound users count for the density on either side: the median of the bandwidths that are best for the side, for
 * the difference of both and for their sum (Cattaneo, Jansson and Ma, Stata Journal 18, 2018), after pilots that would be
 * best if the running variable were normal.
 */
final class DensityBandwidths {

    private static final int ORDER = 2;

    /** So many different values on each side count at least, and as many more as a polynomial has coefficients. */
    private static final int LEAST = 20;

    /** Of the uniform kernel: variance over squared bias of the third derivative of a density, and of a density. */
    private static final double PILOT_BIAS = 3430865.455123618;

    private static final double PILOT_DENSITY = 548.5714285715546;
    private static final double BEND = bend();

    private final Side below;
    private final Side above;
    private final double all;
    private final double range;

    private DensityBandwidths(Side below, Side above) {
        this.below = below;
        this.above = above;
        all = below.size() + above.size();
        range = Math.max(below.range(), above.range());
    }

    /** The bandwidths below and above. */
    static double[] of(Side below, Side above, DistributionFunction function) {
        return new DensityBandwidths(below, above).choose(function);
    }

    private double[] choose(DistributionFunction function) {
        double[] x = new double[(int) all];
        System.arraycopy(below.x(), 0, x, 0, below.size());
        System.arraycopy(above.x(), 0, x, below.size(), above.size());
        double spread = Bandwidths.standardDeviation(x);
        double place = Arrays.stream(x).sum() / all / spread;
        double normal = Math.exp(-place * place / 2) / Math.sqrt(2 * Math.PI);
        double square = place * place;
        double fourth = square * square - 6 * square + 3;
        double second = square - 1;
        double biasPilot = limited(
                spread * Math.pow((2 * ORDER + 1) / 4.0 / (fourth * fourth * normal) * PILOT_BIAS / all, 1 / 9.0),
                LEAST + ORDER + 3);
        double pilot = limited(
                spread * Math.pow(1.0 / (2 * ORDER) / (second * second * normal) * PILOT_DENSITY / all, 1 / 5.0),
                LEAST + ORDER + 1);
        double lowerBias = BEND * function.coefficientBelow(below, ORDER + 2, ORDER + 1, biasPilot);
        double upperBias = BEND * function.coefficientAbove(above, ORDER + 2, ORDER + 1, biasPilot);
        double lowerVariance = all * pilot * function.below(below, ORDER, pilot).squares();
        double upperVariance = all * pilot * function.above(above, ORDER, pilot).squares();
        double difference = limited(optimum(lowerVariance + upperVariance, upperBias - lowerBias), LEAST + ORDER + 1);
        double sum = limited(optimum(lowerVariance + upperVariance, upperBias + lowerBias), LEAST + ORDER + 1);
        double lower = limited(optimum(lowerVariance, lowerBias), below.range(), below.distanceOf(LEAST + ORDER + 1));
        double upper = limited(optimum(upperVariance, upperBias), above.range(), above.distanceOf(LEAST + ORDER + 1));
        return new double[] {median(lower, difference, sum), median(upper, difference, sum)};
    }

    /** The slope at 0 of the parabola that is nearest to the third power, by the kernel from 0 to 1. */
    private static double bend() {
        int size = ORDER + 1;
        DMatrixRMaj moments = new DMatrixRMaj(size, size);
        DMatrixRMaj next = new DMatrixRMaj(size, 1);
        for (int i = 0; i < size; i++) {
            next.set(i, 0, moment(i + size));
            for (int j = 0; j < size; j++) {
                moments.set(i, j, moment(i + j));
            }
        }
        DMatrixRMaj parabola = new DMatrixRMaj(size, 1);
        CommonOps_DDRM.solve(moments, next, parabola);
        return parabola.get(1, 0);
    }

    /** The integral of {@code u^power (1 - u)} from 0 to 1. */
    private static double moment(int power) {
        return 1.0 / ((power + 1) * (power + 2));
    }

    private double optimum(double variance, double bias) {
        return Math.pow(variance / (bias * bias) / all / (2 * ORDER), 1.0 / (2 * ORDER + 1));
    }

    private double limited(double bandwidth, int users) {
        return limited(bandwidth, range, Math.max(below.distanceOf(users), above.distanceOf(users)));
    }

    private static double limited(double bandwidth, double most, double least) {
        return Math.max(least, Math.min(most, bandwidth));
    }

    private static double median(double a, double b, double c) {
        return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
    }
}
