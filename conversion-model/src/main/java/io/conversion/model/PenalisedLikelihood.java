package io.conversion.model;

import java.util.Arrays;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * The objective of the fit at one point: {@code sum(log loss) + sum(lambda_j / 2 * w_j^2)}, intercept free, with its
 * gradient and Hessian. The intercept is the last of the parameters.
 */
final class PenalisedLikelihood {

    private final double[][] rows;
    private final boolean[] converted;
    private final double[] lambdas;
    private final double[] parameters;

    private double objective;
    private double relativeGradient;
    private final double[] gradient;

    PenalisedLikelihood(double[][] rows, boolean[] converted, double[] lambdas, double[] parameters) {
        this.rows = rows;
        this.converted = converted;
        this.lambdas = lambdas;
        this.parameters = parameters;
        this.gradient = new double[parameters.length];
        evaluate();
    }

    private void evaluate() {
        int p = parameters.length - 1;
        double[] terms = new double[p + 1];
        for (GradientPart part : RowChunks.map(rows.length, GradientPart::new)) {
            objective += part.objective;
            for (int j = 0; j <= p; j++) {
                gradient[j] += part.sums[j];
                terms[j] += part.terms[j];
            }
        }
        for (int j = 0; j < p; j++) {
            double pull = lambdas[j] * parameters[j];
            objective += pull * parameters[j] / 2;
            gradient[j] += pull;
            terms[j] += Math.abs(pull);
        }
        // A column of hardly any terms, such as one of zeros, is measured against the others.
        double least = 1e-6 * Arrays.stream(terms).max().orElse(0);
        for (int j = 0; j <= p; j++) {
            double scale = Math.max(terms[j], least);
            relativeGradient = Math.max(relativeGradient, scale == 0 ? 0 : Math.abs(gradient[j]) / scale);
        }
    }

    /** What some of the rows add to objective and gradient. */
    private final class GradientPart {

        private double objective;
        private final double[] sums = new double[parameters.length];
        private final double[] terms = new double[parameters.length];

        private GradientPart(int from, int to) {
            int p = parameters.length - 1;
            for (int i = from; i < to; i++) {
                double f = logOdds(rows[i], parameters);
                // exp is only ever taken of a non-positive number, so it cannot overflow.
                double e = StrictMath.exp(-Math.abs(f));
                objective += StrictMath.log1p(e) + (converted[i] == f >= 0 ? 0 : Math.abs(f));
                double probability = f >= 0 ? 1 / (1 + e) : e / (1 + e);
                // p - 1 written as -(1 - p), so that it keeps its digits where p is near 1.
                double residual = converted[i] ? -(f >= 0 ? e / (1 + e) : 1 / (1 + e)) : probability;
                double[] row = rows[i];
                for (int j = 0; j < p; j++) {
                    double term = row[j] * residual;
                    sums[j] += term;
                    terms[j] += Math.abs(term);
                }
                sums[p] += residual;
                terms[p] += Math.abs(residual);
            }
        }
    }

    /** The Hessian, penalty included: the lower triangle, the intercept last. */
    double[][] hessian() {
        int p = parameters.length - 1;
        double[][] hessian = new double[p + 1][p + 1];
        for (double[][] part : RowChunks.map(rows.length, this::hessianPart)) {
            for (int j = 0; j <= p; j++) {
                for (int k = 0; k <= j; k++) {
                    hessian[j][k] += part[j][k];
                }
            }
        }
        for (int j = 0; j < p; j++) {
            hessian[j][j] += lambdas[j];
        }
        return hessian;
    }

    private double[][] hessianPart(int from, int to) {
        int p = parameters.length - 1;
        double[][] part = new double[p + 1][];
        Arrays.setAll(part, j -> new double[j + 1]);
        for (int i = from; i < to; i++) {
            double[] row = rows[i];
            double e = StrictMath.exp(-Math.abs(logOdds(row, parameters)));
            double weight = e / ((1 + e) * (1 + e));
            double[] last = part[p];
            for (int j = 0; j < p; j++) {
                double weighted = row[j] * weight;
                // Many columns are zero in most rows: levels, steps, kinks.
                if (weighted != 0) {
                    double[] line = part[j];
                    for (int k = 0; k <= j; k++) {
                        line[k] += weighted * row[k];
                    }
                    last[j] += weighted;
                }
            }
            last[p] += weight;
        }
        return part;
    }

    static double logOdds(double[] row, double[] parameters) {
        double sum = parameters[row.length];
        for (int j = 0; j < row.length; j++) {
            sum += row[j] * parameters[j];
        }
        return sum;
    }

    double[] parameters() {
        return parameters;
    }

    /** A fresh array, the intercept last. */
    double[] gradient() {
        return gradient.clone();
    }

    double[][] rows() {
        return rows;
    }

    double objective() {
        return objective;
    }

    /** The largest component of the gradient, in absolute value. */
    double largestGradient() {
        double largest = 0;
        for (double component : gradient) {
            largest = Math.max(largest, Math.abs(component));
        }
        return largest;
    }

    /**
     * The largest component of the gradient against the sum of the absolute values that it was added up from: 1 where
     * nothing cancels, of the order of the rounding error at the optimum.
     */
    double relativeGradient() {
        return relativeGradient;
    }

    /** The Newton step, or null if the Hessian is not positive definite to working precision. */
    double @Nullable [] newtonStep() {
        NewtonSystem system = NewtonSystem.of(hessian());
        return system == null ? null : newtonStep(system);
    }

    /** The step with a Hessian of another point, which is as good a one near the optimum; null if it is not finite. */
    double @Nullable [] newtonStep(NewtonSystem system) {
        double[] step = system.solve(gradient);
        for (int j = 0; j < step.length; j++) {
            step[j] = -step[j];
            if (!Double.isFinite(step[j])) {
                return null;
            }
        }
        return step;
    }

    /** The objective at {@code parameters + fraction * step}. */
    PenalisedLikelihood after(double[] step, double fraction) {
        double[] moved = parameters.clone();
        for (int j = 0; j < moved.length; j++) {
            moved[j] += fraction * step[j];
        }
        return new PenalisedLikelihood(rows, converted, lambdas, moved);
    }

    /** The objective at the same point with all penalties multiplied. */
    PenalisedLikelihood withPenaltyTimes(double factor) {
        return new PenalisedLikelihood(
                rows,
                converted,
                Arrays.stream(lambdas).map(lambda -> factor * lambda).toArray(),
                parameters);
    }

    /** The largest change of a row's log-odds along a step. */
    double largestChange(double[] step) {
        return largest(row -> Math.abs(logOdds(row, step)));
    }

    private double largest(ToDoubleFunction<double[]> of) {
        return RowChunks.map(rows.length, (from, to) -> {
                    double largest = 0;
                    for (int i = from; i < to; i++) {
                        largest = Math.max(largest, of.applyAsDouble(rows[i]));
                    }
                    return largest;
                })
                .stream()
                .mapToDouble(Double::doubleValue)
                .max()
                .orElse(0);
    }

    /** The largest log-odds of a row, in absolute value. */
    double largestLogOdds() {
        return largestChange(parameters);
    }

    /**
     * Whether a direction separates the outcomes: no row goes against it and some go along with it, so that the
     * likelihood rises without end along it and no finite estimate exists (Albert and Anderson, Biometrika 71, 1984).
     */
    boolean isSeparatedBy(double[] direction) {
        double largest = largest(row -> sumOfTerms(row, direction));
        boolean along = false;
        for (int i = 0; i < rows.length; i++) {
            double change = logOdds(rows[i], direction) * (converted[i] ? 1 : -1);
            // Against the terms of the row itself, so that one far from all others does not hide what these do.
            double scale = sumOfTerms(rows[i], direction);
            if (change < -(1e-7 * scale + 1e-9 * largest)) {
                return false;
            }
            along |= change > 1e-3 * scale && change > 1e-6 * largest;
        }
        return along;
    }

    private static double sumOfTerms(double[] row, double[] direction) {
        double sum = Math.abs(direction[row.length]);
        for (int j = 0; j < row.length; j++) {
            sum += Math.abs(row[j] * direction[j]);
        }
        return sum;
    }
}
