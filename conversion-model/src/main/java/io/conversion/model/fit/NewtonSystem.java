package io.conversion.model.fit;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.LinearSolverFactory_DDRM;
import org.ejml.interfaces.linsol.LinearSolverDense;
import org.jspecify.annotations.Nullable;

/**
 * A Hessian, solved for: scaled to a unit diagonal, so that signals in large and small units are solved for equally
 * well, and decomposed by Cholesky.
 */
public final class NewtonSystem {

    private final double[] scale;
    private final LinearSolverDense<DMatrixRMaj> cholesky;

    private NewtonSystem(double[] scale, LinearSolverDense<DMatrixRMaj> cholesky) {
        this.scale = scale;
        this.cholesky = cholesky;
    }

    /**
     * Decomposes a matrix, of which the lower triangle is read.
     *
     * @return the system; null if the matrix is not positive definite to working precision
     */
    public static @Nullable NewtonSystem of(double[][] hessian) {
        int size = hessian.length;
        double[] scale = new double[size];
        for (int j = 0; j < size; j++) {
            scale[j] = 1 / Math.sqrt(hessian[j][j]);
        }
        DMatrixRMaj scaled = new DMatrixRMaj(size, size);
        for (int j = 0; j < size; j++) {
            for (int k = 0; k <= j; k++) {
                double value = j == k ? 1 : hessian[j][k] * scale[j] * scale[k];
                scaled.set(j, k, value);
                scaled.set(k, j, value);
            }
        }
        LinearSolverDense<DMatrixRMaj> cholesky = LinearSolverFactory_DDRM.chol(size);
        return cholesky.setA(scaled) ? new NewtonSystem(scale, cholesky) : null;
    }

    /** The solution for one right side. */
    public double[] solve(double[] right) {
        int size = scale.length;
        DMatrixRMaj scaled = new DMatrixRMaj(size, 1);
        for (int j = 0; j < size; j++) {
            scaled.set(j, 0, right[j] * scale[j]);
        }
        DMatrixRMaj solution = new DMatrixRMaj(size, 1);
        cholesky.solve(scaled, solution);
        double[] unscaled = new double[size];
        for (int j = 0; j < size; j++) {
            unscaled[j] = solution.get(j, 0) * scale[j];
        }
        return unscaled;
    }

    /** The inverse of the matrix: of an observed information, the covariance of the parameters. */
    public double[][] inverse() {
        double[][] inverse = new double[scale.length][];
        for (int j = 0; j < scale.length; j++) {
            double[] unit = new double[scale.length];
            unit[j] = 1;
            inverse[j] = solve(unit);
        }
        return inverse;
    }
}
