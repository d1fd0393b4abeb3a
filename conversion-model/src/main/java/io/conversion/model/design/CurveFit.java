package io.conversion.model.design;

import io.conversion.model.data.Folds;
import io.conversion.model.fit.LogLoss;
import io.conversion.model.fit.Logistic;
import io.conversion.model.fit.MeanEstimate;
import io.conversion.model.fit.NewtonSystem;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The fit of a few columns beside a given part of the log-odds, and its cross-validated losses: how a candidate for the
 * curve of one signal is judged while all others stay as they are.
 *
 * <p>The columns are fitted to all rows by Newton's method, with an L2 penalty of 1 that keeps steps of a single outcome
 * finite. The first step is taken from the curve that the signal has so far, which is near. The fit without a fold is
 * one Newton step from the end with the fold's part of gradient and Hessian left out, which is exact to the second order
 * in the share of the fold.
 */
final class CurveFit {

    private static final double PENALTY = 1;
    private static final int MOST_STEPS = 25;

    /** A coefficient's step in log-odds after which one more ends within its square of the optimum. */
    private static final double CONVERGED = 1e-3;

    private final double[][] columns;
    private final Others others;
    private final int size;

    private CurveFit(double[][] columns, Others others) {
        this.columns = columns;
        this.others = others;
        this.size = columns.length + 1;
    }

    /**
     * Fits columns.
     *
     * @param columns the columns, each by row
     * @param others what they are fitted beside
     * @return the fit; null if it does not converge
     */
    static @Nullable Result fit(double[][] columns, Others others) {
        return new CurveFit(columns, others).fit();
    }

    /** What all candidates for one signal have in common. */
    static final class Others {

        private final double[] offset;
        private final boolean[] converted;
        private final Folds folds;
        private final double[] residuals;
        private final double[] weights;

        /**
         * Prepares the first step.
         *
         * @param offset the given part of the log-odds, by row
         * @param curve what the signal adds so far, by row
         * @param converted the outcomes, by row
         * @param folds the folds to cross-validate by
         */
        Others(double[] offset, double[] curve, boolean[] converted, Folds folds) {
            this.offset = offset;
            this.converted = converted;
            this.folds = folds;
            this.residuals = new double[offset.length];
            this.weights = new double[offset.length];
            for (int row = 0; row < offset.length; row++) {
                double f = offset[row] + curve[row];
                double e = StrictMath.exp(-Math.abs(f));
                weights[row] = e / ((1 + e) * (1 + e));
                // At coefficients of zero, by the tangent at the curve.
                residuals[row] = residual(f, e, converted[row]) - weights[row] * curve[row];
            }
        }
    }

    private static double residual(double logOdds, double e, boolean converted) {
        return Logistic.probability(logOdds, e) - (converted ? 1 : 0);
    }

    private @Nullable Result fit() {
        double[] parameters = new double[size];
        Sums[] sums = firstSums();
        for (int step = 0; step < MOST_STEPS; step++) {
            double[] move = step(parameters, sums, -1);
            if (move == null) {
                return null;
            }
            double largest = 0;
            double[] moved = parameters.clone();
            for (int j = 0; j < size; j++) {
                // Steps of more than 4 log-odds overshoot.
                moved[j] += Math.max(-4, Math.min(4, move[j]));
                largest = Math.max(largest, Math.abs(move[j]));
            }
            if (step > 0 && largest < CONVERGED) {
                return result(parameters, moved, sums);
            }
            parameters = moved;
            sums = sums(parameters);
        }
        return null;
    }

    /** From the sums at the last parameters but one, so that each fold's step is of the last ones, too. */
    private @Nullable Result result(double[] parameters, double[] last, Sums[] sums) {
        double[] offset = others.offset;
        Folds folds = others.folds;
        double[][] byFold = new double[folds.count()][];
        for (int fold = 0; fold < byFold.length; fold++) {
            double[] move = step(parameters, sums, fold);
            if (move == null) {
                return null;
            }
            byFold[fold] = parameters.clone();
            for (int j = 0; j < size; j++) {
                byFold[fold][j] += move[j];
            }
        }
        double[] losses = new double[offset.length];
        double[] curve = new double[offset.length];
        for (int row = 0; row < losses.length; row++) {
            double f = offset[row] + of(row, byFold[folds.of(row)]);
            losses[row] = LogLoss.ofRow(f, others.converted[row]);
            curve[row] = of(row, last);
        }
        return new Result(last, curve, losses);
    }

    private double of(int row, double[] parameters) {
        double sum = parameters[size - 1];
        for (int j = 0; j < columns.length; j++) {
            sum += parameters[j] * columns[j][row];
        }
        return sum;
    }

    /** By the common residuals and weights at the curve so far. */
    private Sums[] firstSums() {
        Sums[] sums = noSums();
        double[] values = new double[size];
        for (int row = 0; row < others.offset.length; row++) {
            fill(values, row);
            sums[others.folds.of(row)].add(values, others.residuals[row], others.weights[row]);
        }
        return sums;
    }

    private Sums[] sums(double[] parameters) {
        Sums[] sums = noSums();
        double[] values = new double[size];
        for (int row = 0; row < others.offset.length; row++) {
            double f = others.offset[row] + of(row, parameters);
            double e = StrictMath.exp(-Math.abs(f));
            fill(values, row);
            sums[others.folds.of(row)].add(values, residual(f, e, others.converted[row]), e / ((1 + e) * (1 + e)));
        }
        return sums;
    }

    private Sums[] noSums() {
        Sums[] sums = new Sums[others.folds.count()];
        Arrays.setAll(sums, fold -> new Sums(size));
        return sums;
    }

    private void fill(double[] values, int row) {
        for (int j = 0; j < columns.length; j++) {
            values[j] = columns[j][row];
        }
        values[columns.length] = 1;
    }

    /** The Newton step of all folds but one; null if it cannot be solved for. */
    private double @Nullable [] step(double[] parameters, Sums[] sums, int leftOut) {
        Sums total = new Sums(size);
        for (int fold = 0; fold < sums.length; fold++) {
            if (fold != leftOut) {
                total.add(sums[fold]);
            }
        }
        for (int j = 0; j < columns.length; j++) {
            total.gradient[j] += PENALTY * parameters[j];
            total.hessian[j][j] += PENALTY;
        }
        NewtonSystem system = NewtonSystem.of(total.hessian);
        if (system == null) {
            return null;
        }
        double[] step = system.solve(total.gradient);
        for (int j = 0; j < size; j++) {
            step[j] = -step[j];
            if (!Double.isFinite(step[j])) {
                return null;
            }
        }
        return step;
    }

    /** Gradient and lower triangle of the Hessian over some rows. */
    private static final class Sums {

        private final double[] gradient;
        private final double[][] hessian;

        private Sums(int size) {
            this.gradient = new double[size];
            this.hessian = new double[size][size];
        }

        private void add(double[] values, double residual, double weight) {
            for (int j = 0; j < values.length; j++) {
                if (values[j] != 0) {
                    gradient[j] += values[j] * residual;
                    double weighted = values[j] * weight;
                    for (int k = 0; k <= j; k++) {
                        hessian[j][k] += weighted * values[k];
                    }
                }
            }
        }

        private void add(Sums other) {
            for (int j = 0; j < gradient.length; j++) {
                gradient[j] += other.gradient[j];
                for (int k = 0; k <= j; k++) {
                    hessian[j][k] += other.hessian[j][k];
                }
            }
        }
    }

    /** A fit. */
    static final class Result {

        private final double[] parameters;
        private final double[] curve;
        private final double[] losses;

        private Result(double[] parameters, double[] curve, double[] losses) {
            this.parameters = parameters;
            this.curve = curve;
            this.losses = losses;
        }

        /** The coefficients, and a constant last. */
        double[] parameters() {
            return parameters;
        }

        /** What the columns and the constant add, by row. */
        double[] curve() {
            return curve;
        }

        /** The log loss of each row by the fit without its fold. */
        double[] losses() {
            return losses;
        }

        double meanLoss() {
            return MeanEstimate.mean(losses);
        }

        /** By how much the mean loss of another fit is above this one's, in standard errors of the paired differences. */
        double betterThan(Result other) {
            int n = losses.length;
            double mean = other.meanLoss() - meanLoss();
            double squares = 0;
            for (int row = 0; row < n; row++) {
                double deviation = other.losses[row] - losses[row] - mean;
                squares += deviation * deviation;
            }
            double standardError = Math.sqrt(squares / (n - 1.0) / n);
            return standardError == 0 ? 0 : mean / standardError;
        }
    }
}
