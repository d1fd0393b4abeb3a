package io.conversion.model.design;

import io.conversion.core.signals.Signal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Which columns of a fit follow exactly from columns of other signals, such as a level of one signal that is the point
 * mass of another. Without a penalty such a column is left out; with one the effect is divided by the penalty alone, and
 * the fit looks well conditioned.
 *
 * <p>Found in the information of the fit without its penalty, by a Cholesky decomposition that skips what depends on
 * earlier columns, and then checked in every row.
 */
public final class DependentColumns {

    /** Of the squared length of a column: what remains of a dependent one is rounding. */
    private static final double REMAINDER = 1e-9;

    /** Of a column in units of its length: lesser parts are rounding. */
    private static final double PART = 1e-4;

    /** By how much of its largest distance from zero a column may miss what it follows from. */
    private static final double TOLERANCE = 1e-6;

    private final FittedDesign fitted;
    private final double[] lengths;
    private final double[][] scaled;
    private final double[][] root;
    private final List<Integer> kept = new ArrayList<>();

    private DependentColumns(FittedDesign fitted, double[][] hessian) {
        this.fitted = fitted;
        int size = hessian.length;
        double[] lambdas = fitted.optimum().lambdas();
        this.lengths = IntStream.range(0, size)
                .mapToDouble(j -> Math.sqrt(hessian[j][j] - (j < lambdas.length ? lambdas[j] : 0)))
                .toArray();
        this.scaled = new double[size][size];
        for (int j = 0; j < size; j++) {
            for (int k = 0; k < j; k++) {
                scaled[j][k] = hessian[j][k] / lengths[j] / lengths[k];
                scaled[k][j] = scaled[j][k];
            }
            scaled[j][j] = 1;
        }
        this.root = new double[size][];
    }

    /**
     * Finds them.
     *
     * @param fitted the fit
     * @param hessian the Hessian of its optimum, penalty included, of which the lower triangle is set
     * @param repeated signals that are known to repeat another one as a whole, which are passed over
     */
    public static List<Dependence> of(FittedDesign fitted, double[][] hessian, Set<String> repeated) {
        return new DependentColumns(fitted, hessian).find(repeated);
    }

    private List<Dependence> find(Set<String> repeated) {
        int intercept = scaled.length - 1;
        keep(intercept);
        List<Dependence> found = new ArrayList<>();
        for (int j = 0; j < intercept; j++) {
            if (!(lengths[j] > 0) || !Double.isFinite(lengths[j])) {
                continue;
            }
            double[] parts = keep(j);
            if (parts.length > 0) {
                dependence(j, parts, repeated).ifPresent(found::add);
            }
        }
        return found;
    }

    /** Adds a column to the decomposition; or, if it depends on the others, its parts of them. */
    private double[] keep(int j) {
        double[] row = new double[kept.size() + 1];
        double rest = 1;
        for (int k = 0; k < kept.size(); k++) {
            double[] earlier = root[kept.get(k)];
            double value = scaled[j][kept.get(k)];
            for (int m = 0; m < k; m++) {
                value -= row[m] * earlier[m];
            }
            row[k] = value / earlier[k];
            rest -= row[k] * row[k];
        }
        if (rest > REMAINDER) {
            row[kept.size()] = Math.sqrt(rest);
            root[j] = row;
            kept.add(j);
            return new double[0];
        }
        double[] parts = new double[kept.size()];
        for (int k = kept.size() - 1; k >= 0; k--) {
            double value = row[k];
            for (int m = k + 1; m < kept.size(); m++) {
                value -= root[kept.get(m)][k] * parts[m];
            }
            parts[k] = value / root[kept.get(k)][k];
        }
        return parts;
    }

    private Optional<Dependence> dependence(int column, double[] parts, Set<String> repeated) {
        List<DesignColumn> columns = fitted.columns();
        List<Signal> declared = fitted.design().data().schema().declared();
        Set<String> signals = new LinkedHashSet<>();
        List<String> from = new ArrayList<>();
        signals.add(declared.get(columns.get(column).position()).name());
        for (int k = 0; k < parts.length; k++) {
            int other = kept.get(k);
            if (Math.abs(parts[k]) > PART && other < columns.size()) {
                from.add(columns.get(other).name());
                signals.add(declared.get(columns.get(other).position()).name());
            }
        }
        boolean known = signals.stream().anyMatch(repeated::contains);
        return signals.size() < 2 || known || !holds(column, parts)
                ? Optional.empty()
                : Optional.of(new Dependence(columns.get(column).name(), List.copyOf(from), List.copyOf(signals)));
    }

    private boolean holds(int column, double[] parts) {
        double[][] rows = fitted.optimum().rows();
        double largest = Arrays.stream(rows)
                .mapToDouble(row -> Math.abs(row[column]))
                .max()
                .orElse(0);
        for (double[] row : rows) {
            double rest = row[column];
            for (int k = 0; k < parts.length; k++) {
                int other = kept.get(k);
                rest -= parts[k] * lengths[column] / lengths[other] * (other < row.length ? row[other] : 1);
            }
            if (!(Math.abs(rest) <= TOLERANCE * largest)) {
                return false;
            }
        }
        return true;
    }

    /**
     * A column that follows exactly from others.
     *
     * @param column its name
     * @param from the columns that it follows from
     * @param signals the signals of all of them, two at least
     */
    public record Dependence(String column, List<String> from, List<String> signals) {}
}
