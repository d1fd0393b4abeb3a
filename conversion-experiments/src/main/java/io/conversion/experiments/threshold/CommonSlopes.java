package io.conversion.experiments.threshold;

import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.MatrixFeatures_DDRM;

/**
 * What the outcome rises by with each covariate, the same on both sides of a bound: least squares with the weights of the
 * kernel, of what local polynomials leave of outcome and covariates.
 */
final class CommonSlopes {

    private CommonSlopes() {}

    /** The slopes over some sides together; all 0 without covariates, or if these depend on each other. */
    static double[] of(List<Side> sides, int order, double bandwidth) {
        int size = sides.get(0).covariates().length;
        DMatrixRMaj spread = new DMatrixRMaj(size, size);
        DMatrixRMaj shared = new DMatrixRMaj(size, 1);
        for (Side whole : size == 0 ? List.<Side>of() : sides) {
            Side side = whole.within(bandwidth);
            LocalWeights polynomial = LocalWeights.of(side.x(), order, bandwidth);
            double[] y = weighted(polynomial.residuals(side.x(), side.y()), side.x(), bandwidth);
            double[][] columns = new double[size][];
            for (int k = 0; k < size; k++) {
                columns[k] = weighted(polynomial.residuals(side.x(), side.covariates()[k]), side.x(), bandwidth);
            }
            for (int k = 0; k < size; k++) {
                shared.add(k, 0, LocalWeights.product(columns[k], y));
                for (int j = 0; j < size; j++) {
                    spread.add(k, j, LocalWeights.product(columns[k], columns[j]));
                }
            }
        }
        DMatrixRMaj slopes = new DMatrixRMaj(size, 1);
        boolean solved =
                size > 0 && CommonOps_DDRM.solve(spread, shared, slopes) && !MatrixFeatures_DDRM.hasUncountable(slopes);
        return solved ? slopes.data : new double[size];
    }

    private static double[] weighted(double[] values, double[] x, double bandwidth) {
        for (int i = 0; i < x.length; i++) {
            values[i] *= Math.sqrt(1 - Math.abs(x[i]) / bandwidth);
        }
        return values;
    }

    /** The outcome of each user less what its covariates explain. */
    static double[] adjusted(Side side, double[] slopes) {
        double[] y = side.y().clone();
        for (int k = 0; k < slopes.length; k++) {
            for (int i = 0; i < y.length; i++) {
                y[i] -= slopes[k] * side.covariates()[k][i];
            }
        }
        return y;
    }
}
