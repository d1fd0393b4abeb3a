package io.conversion.benchmarks;

import io.conversion.benchmarks.BenchmarkModel.Categorical;
import io.conversion.benchmarks.BenchmarkModel.Numeric;

/**
 * Hand-written preprocessing for libraries that take plain numbers: the numeric signals, then a column of 0 or 1 for
 * each level but the first, then one for the flag.
 */
final class OneHot {

    /** How many columns a row has: 9 + 2 + 4 + 1. */
    static final int WIDTH = 16;

    private OneHot() {}

    /**
     * The coefficients of the columns.
     *
     * @return {@value #WIDTH} coefficients in the order of the columns, then the intercept
     */
    static double[] coefficients() {
        double[] coefficients = new double[WIDTH + 1];
        int column = 0;
        for (Numeric signal : BenchmarkModel.NUMERICS) {
            coefficients[column++] = signal.slope();
        }
        for (Categorical signal : BenchmarkModel.CATEGORICALS) {
            for (double value : signal.values().subList(1, signal.values().size())) {
                coefficients[column++] = value;
            }
        }
        coefficients[column++] = BenchmarkModel.FLAG_VALUE;
        coefficients[column] = BenchmarkModel.interceptWithoutCentres();
        return coefficients;
    }

    /**
     * The columns of many users.
     *
     * @param users the users
     * @return by user, then by column
     */
    static double[][] rows(Columns users) {
        double[][] rows = new double[users.size()][];
        for (int row = 0; row < rows.length; row++) {
            rows[row] = row(users, row);
        }
        return rows;
    }

    private static double[] row(Columns users, int user) {
        double[] row = new double[WIDTH];
        int column = 0;
        for (double[] values : users.numerics()) {
            row[column++] = values[user];
        }
        for (int i = 0; i < users.levels().length; i++) {
            set(row, column, users.levels()[i][user]);
            column += BenchmarkModel.CATEGORICALS.get(i).levels().size() - 1;
        }
        row[column] = users.flags()[user] ? 1 : 0;
        return row;
    }

    private static void set(double[] row, int firstColumn, int level) {
        if (level > 0) {
            row[firstColumn + level - 1] = 1;
        }
    }
}
