package io.conversion.model.signals;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.dense.row.factory.LinearSolverFactory_DDRM;
import org.ejml.interfaces.decomposition.CholeskyDecomposition_F64;
import org.ejml.interfaces.linsol.LinearSolverDense;

/** The generalised variance inflation factors of all signals, from the correlations of their columns. */
final class VarianceInflation {

    /** What remains of the variance of a column that depends linearly on others is below this, which is rounding. */
    private static final double TOLERANCE = 1e-10;

    private static final double COEFFICIENT = 1e-6;

    private final List<IndicatorColumns> signals;
    private final double[][] correlations;
    private final int[] signalOf;

    /** With fewer columns it takes no time to say which depend on which. */
    private static final int MANY = 200;

    /** Minutes of work. */
    private static final double MOST_PRODUCTS = 1e12;

    private VarianceInflation(List<IndicatorColumns> signals, double[][] correlations, int[] signalOf) {
        this.signals = signals;
        this.correlations = correlations;
        this.signalOf = signalOf;
    }

    /**
     * By signal; a signal without variation has none, and no signal has where there are too many columns to tell, which is
     * noted.
     */
    static Map<String, Collinearity> of(List<SignalColumn> columns, Consumer<String> notes) {
        List<IndicatorColumns> signals = new ArrayList<>();
        int width = 0;
        for (SignalColumn column : columns) {
            IndicatorColumns indicators = IndicatorColumns.of(column, width);
            width += indicators.columns();
            if (indicators.columns() > 0) {
                signals.add(indicators);
            }
        }
        if (width == 0) {
            return Map.of();
        }
        int rows = columns.get(0).rows();
        boolean tooFewRows = width >= MANY && width >= rows - 1;
        if (tooFewRows || (double) rows * width * width > MOST_PRODUCTS) {
            notes.accept("which signals repeat each other was not assessed: they have " + Text.count(width, "column")
                    + " in "
                    + Text.count(rows, "row") + ", "
                    + (tooFewRows ? "where each depends on the others" : "which takes hours")
                    + "; exclude those that are weak by themselves first");
            return Map.of();
        }
        int[] signalOf = new int[width];
        for (int i = 0; i < signals.size(); i++) {
            for (int j = 0; j < signals.get(i).columns(); j++) {
                signalOf[signals.get(i).first() + j] = i;
            }
        }
        double[][] correlations = correlations(signals, rows, width);
        return new VarianceInflation(signals, correlations, signalOf).factors();
    }

    private static double[][] correlations(List<IndicatorColumns> signals, int rows, int width) {
        double[] sums = new double[width];
        double[][] products = new double[width][width];
        int[] places = new int[signals.size()];
        double[] values = new double[signals.size()];
        for (int row = 0; row < rows; row++) {
            int filled = 0;
            for (IndicatorColumns signal : signals) {
                int place = signal.place(row);
                if (place >= 0) {
                    places[filled] = place;
                    values[filled++] = signal.value(row);
                }
            }
            for (int i = 0; i < filled; i++) {
                sums[places[i]] += values[i];
                for (int j = 0; j <= i; j++) {
                    products[places[i]][places[j]] += values[i] * values[j];
                }
            }
        }
        double[][] correlations = new double[width][width];
        for (int i = 0; i < width; i++) {
            for (int j = 0; j <= i; j++) {
                correlations[i][j] = (products[i][j] - sums[i] * sums[j] / rows) / rows;
            }
        }
        for (int i = 0; i < width; i++) {
            for (int j = 0; j < i; j++) {
                correlations[i][j] /= Math.sqrt(correlations[i][i] * correlations[j][j]);
                correlations[j][i] = correlations[i][j];
            }
        }
        for (int i = 0; i < width; i++) {
            correlations[i][i] = 1;
        }
        return correlations;
    }

    private Map<String, Collinearity> factors() {
        List<Integer> kept = new ArrayList<>();
        Map<Integer, Set<Integer>> dependent = dependent(kept);
        DMatrixRMaj inverse = inverse(kept);
        Map<String, Collinearity> factors = new LinkedHashMap<>();
        for (int i = 0; i < signals.size(); i++) {
            IndicatorColumns signal = signals.get(i);
            Set<Integer> others = dependent.get(i);
            factors.put(
                    signal.signal(),
                    others == null
                            ? new Collinearity(factor(i, kept, inverse), signal.columns(), nearest(i))
                            : new Collinearity(Double.POSITIVE_INFINITY, signal.columns(), names(others)));
        }
        return factors;
    }

    /**
     * Goes through the columns by Cholesky's decomposition and keeps those that do not depend on the kept ones before.
     * Each dependence is solved for its columns: all signals among them are dependent on each other.
     */
    private Map<Integer, Set<Integer>> dependent(List<Integer> kept) {
        Map<Integer, Set<Integer>> dependent = new HashMap<>();
        List<double[]> factor = new ArrayList<>();
        for (int column = 0; column < signalOf.length; column++) {
            int size = kept.size();
            double[] row = new double[size + 1];
            double rest = 1;
            for (int i = 0; i < size; i++) {
                double sum = correlations[column][kept.get(i)];
                for (int j = 0; j < i; j++) {
                    sum -= row[j] * factor.get(i)[j];
                }
                row[i] = sum / factor.get(i)[i];
                rest -= row[i] * row[i];
            }
            if (rest > TOLERANCE) {
                row[size] = Math.sqrt(rest);
                factor.add(row);
                kept.add(column);
            } else {
                relate(involved(column, row, factor, kept), dependent);
            }
        }
        return dependent;
    }

    private Set<Integer> involved(int column, double[] row, List<double[]> factor, List<Integer> kept) {
        Set<Integer> involved = new TreeSet<>(Set.of(signalOf[column]));
        double[] coefficients = new double[kept.size()];
        for (int i = kept.size() - 1; i >= 0; i--) {
            double sum = row[i];
            for (int j = i + 1; j < kept.size(); j++) {
                sum -= factor.get(j)[i] * coefficients[j];
            }
            coefficients[i] = sum / factor.get(i)[i];
            if (Math.abs(coefficients[i]) > COEFFICIENT) {
                involved.add(signalOf[kept.get(i)]);
            }
        }
        return involved;
    }

    private static void relate(Set<Integer> involved, Map<Integer, Set<Integer>> dependent) {
        for (int signal : involved) {
            Set<Integer> others = dependent.computeIfAbsent(signal, key -> new TreeSet<>());
            others.addAll(involved);
            others.remove(signal);
        }
    }

    private DMatrixRMaj inverse(List<Integer> kept) {
        DMatrixRMaj matrix = block(kept);
        DMatrixRMaj inverse = new DMatrixRMaj(kept.size(), kept.size());
        LinearSolverDense<DMatrixRMaj> solver = LinearSolverFactory_DDRM.symmPosDef(kept.size());
        if (!solver.setA(matrix)) {
            throw new IllegalStateException("correlations of independent columns have no Cholesky decomposition");
        }
        solver.invert(inverse);
        return inverse;
    }

    private DMatrixRMaj block(List<Integer> columns) {
        DMatrixRMaj matrix = new DMatrixRMaj(columns.size(), columns.size());
        for (int i = 0; i < columns.size(); i++) {
            for (int j = 0; j < columns.size(); j++) {
                matrix.set(i, j, correlations[columns.get(i)][columns.get(j)]);
            }
        }
        return matrix;
    }

    /** det(R) = det(R22) / det(block of the inverse), so that det(R11) det(R22) / det(R) needs no large determinant. */
    private double factor(int signal, List<Integer> kept, DMatrixRMaj inverse) {
        int[] places = IntStream.range(0, kept.size())
                .filter(i -> signalOf[kept.get(i)] == signal)
                .toArray();
        DMatrixRMaj ofInverse = new DMatrixRMaj(places.length, places.length);
        CommonOps_DDRM.extract(inverse, places, places.length, places, places.length, ofInverse);
        DMatrixRMaj own = block(IntStream.of(places).mapToObj(kept::get).toList());
        return Math.max(1, StrictMath.exp(logDeterminant(own) + logDeterminant(ofInverse)));
    }

    private static double logDeterminant(DMatrixRMaj matrix) {
        CholeskyDecomposition_F64<DMatrixRMaj> cholesky = DecompositionFactory_DDRM.chol(matrix.numRows, true);
        if (!cholesky.decompose(matrix)) {
            throw new IllegalStateException("a block of independent columns has no Cholesky decomposition");
        }
        DMatrixRMaj triangle = cholesky.getT(null);
        double sum = 0;
        for (int i = 0; i < triangle.numRows; i++) {
            sum += 2 * StrictMath.log(triangle.get(i, i));
        }
        return sum;
    }

    /** The signal that has the column with the largest correlation to one of this signal. */
    private List<String> nearest(int signal) {
        double largest = 0;
        int nearest = -1;
        for (int i = 0; i < signalOf.length; i++) {
            for (int j = 0; j < signalOf.length; j++) {
                if (signalOf[i] == signal && signalOf[j] != signal && Math.abs(correlations[i][j]) > largest) {
                    largest = Math.abs(correlations[i][j]);
                    nearest = signalOf[j];
                }
            }
        }
        return nearest < 0 ? List.of() : names(Set.of(nearest));
    }

    private List<String> names(Set<Integer> some) {
        return some.stream().map(i -> signals.get(i).signal()).toList();
    }
}
