package io.conversion.experiments.threshold;

/**
 * A local polynomial at 0 as weights of its rows: the sum of weight times outcome is a coefficient of the polynomial that fits
 * the rows best, where a row counts by the triangular kernel {@code 1 - |x| / bandwidth}.
 *
 * <p>The weighted design is made orthogonal column by column, so that powers up to the fourth lose few digits.
 */
final class LocalWeights {

    private final int order;
    private final double bandwidth;
    private final double[] roots;
    private final double[][] orthogonal;
    private final double[][] triangle;

    private LocalWeights(int order, double bandwidth, double[] roots) {
        this.order = order;
        this.bandwidth = bandwidth;
        this.roots = roots;
        orthogonal = new double[order + 1][];
        triangle = new double[order + 1][order + 1];
    }

    /**
     * Fits at rows.
     *
     * @param x how far each row is from the bound
     * @param order the order of the polynomial
     * @param bandwidth rows that are farther away count nothing
     */
    static LocalWeights of(double[] x, int order, double bandwidth) {
        double[] roots = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            roots[i] = Math.sqrt(Math.max(0, 1 - Math.abs(x[i]) / bandwidth));
        }
        LocalWeights weights = new LocalWeights(order, bandwidth, roots);
        double[] power = roots;
        for (int k = 0; k <= order; k++) {
            weights.orthogonalize(k, power.clone());
            power = power.clone();
            for (int i = 0; i < x.length; i++) {
                power[i] *= x[i] / bandwidth;
            }
        }
        return weights;
    }

    private void orthogonalize(int column, double[] values) {
        // Twice is enough: what the first pass leaves of the earlier columns is of the size of rounding.
        for (int pass = 0; pass < 2; pass++) {
            for (int k = 0; k < column; k++) {
                double shared = product(orthogonal[k], values);
                triangle[k][column] += shared;
                for (int i = 0; i < values.length; i++) {
                    values[i] -= shared * orthogonal[k][i];
                }
            }
        }
        double length = Math.sqrt(product(values, values));
        triangle[column][column] = length;
        for (int i = 0; i < values.length; i++) {
            values[i] /= length;
        }
        orthogonal[column] = values;
    }

    /**
     * The weights of a coefficient.
     *
     * @param power the power of x whose coefficient it is
     * @return a weight for each row, 0 for rows that are too far away
     */
    double[] coefficient(int power) {
        double[] parts = new double[order + 1];
        for (int k = power; k <= order; k++) {
            double rest = k == power ? 1 : 0;
            for (int j = power; j < k; j++) {
                rest -= parts[j] * triangle[j][k];
            }
            parts[k] = rest / triangle[k][k];
        }
        double scale = Math.pow(bandwidth, -power);
        double[] weights = new double[roots.length];
        for (int i = 0; i < weights.length; i++) {
            double sum = 0;
            for (int k = power; k <= order; k++) {
                sum += parts[k] * orthogonal[k][i];
            }
            weights[i] = scale * roots[i] * sum;
        }
        return weights;
    }

    /**
     * What the outcomes leave over the polynomial that fits them best.
     *
     * @param x how far each row is from the bound
     * @param y the outcome of each row
     * @return the difference at each row, also at those that are too far away to count
     */
    double[] residuals(double[] x, double[] y) {
        double[] coefficients = new double[order + 1];
        for (int k = 0; k <= order; k++) {
            coefficients[k] = product(coefficient(k), y);
        }
        double[] residuals = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            double fitted = 0;
            for (int k = order; k >= 0; k--) {
                fitted = fitted * x[i] + coefficients[k];
            }
            residuals[i] = y[i] - fitted;
        }
        return residuals;
    }

    static double product(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }
}
