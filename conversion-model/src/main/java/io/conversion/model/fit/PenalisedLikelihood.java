package io.conversion.model.fit;

import java.util.Arrays;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * The objective of the fit at one point: {@code sum(log loss) + sum(lambda_j / 2 * w_j^2)}, intercept free, with its
 * gradient and Hessian. The intercept is the last of the parameters.
 */
public final class PenalisedLikelihood {

    private final double[][] rows;
    private final boolean[] converted;
    private final double[] lambdas;
    private final double[] parameters;
    private final LogLoss loss;

    private final double[] gradient;
    private final double objective;
    private final double relativeGradient;

    public PenalisedLikelihood(double[][] rows, boolean[] converted, double[] lambdas, double[] parameters) {
        this(rows, converted, lambdas, parameters, LogLoss.of(rows, converted, parameters));
    }

    private PenalisedLikelihood(
            double[][] rows, boolean[] converted, double[] lambdas, double[] parameters, LogLoss loss) {
        this.rows = rows;
        this.converted = converted;
        this.lambdas = lambdas;
        this.parameters = parameters;
        this.loss = loss;
        this.gradient = loss.gradient().clone();
        double[] terms = loss.terms().clone();
        double sum = loss.value();
        for (int j = 0; j < lambdas.length; j++) {
            double pull = lambdas[j] * parameters[j];
            sum += pull * parameters[j] / 2;
            gradient[j] += pull;
            terms[j] += Math.abs(pull);
        }
        this.objective = sum;
        this.relativeGradient = relativeGradient(gradient, terms);
    }

    private static double relativeGradient(double[] gradient, double[] terms) {
        // A column of hardly any terms, such as one of zeros, is measured against the others.
        double least = 1e-6 * Arrays.stream(terms).max().orElse(0);
        double largest = 0;
        for (int j = 0; j < gradient.length; j++) {
            double scale = Math.max(terms[j], least);
            largest = Math.max(largest, scale == 0 ? 0 : Math.abs(gradient[j]) / scale);
        }
        return largest;
    }

    /** The Hessian, penalty included: a fresh matrix, of which the lower triangle is set; the intercept last. */
    public double[][] hessian() {
        double[][] hessian = loss.hessian();
        for (int j = 0; j < lambdas.length; j++) {
            hessian[j][j] += lambdas[j];
        }
        return hessian;
    }

    /** The factors of half the squared parameters, one for each column. */
    public double[] lambdas() {
        return lambdas.clone();
    }

    public static double logOdds(double[] row, double[] parameters) {
        double sum = parameters[row.length];
        for (int j = 0; j < row.length; j++) {
            sum += row[j] * parameters[j];
        }
        return sum;
    }

    public double[] parameters() {
        return parameters;
    }

    /** A fresh array, the intercept last. */
    double[] gradient() {
        return gradient.clone();
    }

    public double[][] rows() {
        return rows;
    }

    public double objective() {
        return objective;
    }

    /** The largest component of the gradient, in absolute value. */
    public double largestGradient() {
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
    public double relativeGradient() {
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
                parameters,
                loss);
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
