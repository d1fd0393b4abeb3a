package io.conversion.model.fit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Finds the columns that depend linearly on the intercept and earlier columns.
 *
 * <p>A pivoting decomposition of a library would say how many columns to leave out, but choose them by their length.
 * Here a column is left out if what remains of it after projection on all earlier ones that were kept (Gram-Schmidt,
 * twice, against loss of orthogonality) is not more than {@value #TOLERANCE} of its length.
 */
public final class LinearDependence {

    private static final double TOLERANCE = 1e-9;

    private LinearDependence() {}

    /** For each column of the matrix, whether it depends on earlier ones. */
    public static boolean[] dependent(double[][] rows, int columns) {
        List<double[]> basis = new ArrayList<>();
        double[] ones = new double[rows.length];
        Arrays.fill(ones, 1 / Math.sqrt(rows.length));
        basis.add(ones);
        boolean[] dependent = new boolean[columns];
        for (int j = 0; j < columns; j++) {
            double[] column = new double[rows.length];
            for (int i = 0; i < rows.length; i++) {
                column[i] = rows[i][j];
            }
            double length = length(column);
            project(column, basis);
            project(column, basis);
            double rest = length(column);
            dependent[j] = !(rest > TOLERANCE * length);
            if (!dependent[j]) {
                for (int i = 0; i < column.length; i++) {
                    column[i] /= rest;
                }
                basis.add(column);
            }
        }
        return dependent;
    }

    private static void project(double[] column, List<double[]> basis) {
        for (double[] direction : basis) {
            double dot = 0;
            for (int i = 0; i < column.length; i++) {
                dot += column[i] * direction[i];
            }
            for (int i = 0; i < column.length; i++) {
                column[i] -= dot * direction[i];
            }
        }
    }

    private static double length(double[] column) {
        double squares = 0;
        for (double value : column) {
            squares += value * value;
        }
        return Math.sqrt(squares);
    }
}
