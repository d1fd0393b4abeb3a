package io.conversion.model.fit;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The sum of the rows' log losses at one point, without a penalty: its value, gradient and Hessian. The intercept is the
 * last of the parameters. Immutable; the Hessian is computed once, when it is first asked for.
 */
public final class LogLoss {

    /** Rows that are added to a Hessian at once, so that it is read and written less often. */
    private static final int BLOCK = 4;

    private final double[][] rows;
    private final double[] parameters;
    private final double[] weights;
    private final double[] gradient;
    private final double[] terms;
    private final double value;

    private volatile double @Nullable [][] hessian;

    private LogLoss(double[][] rows, boolean[] converted, double[] parameters) {
        this.rows = rows;
        this.parameters = parameters;
        this.weights = new double[rows.length];
        this.gradient = new double[parameters.length];
        this.terms = new double[parameters.length];
        double sum = 0;
        for (Part part : RowChunks.map(rows.length, (from, to) -> new Part(converted, from, to))) {
            sum += part.loss;
            for (int j = 0; j < gradient.length; j++) {
                gradient[j] += part.sums[j];
                terms[j] += part.terms[j];
            }
        }
        this.value = sum;
    }

    static LogLoss of(double[][] rows, boolean[] converted, double[] parameters) {
        return new LogLoss(rows, converted, parameters);
    }

    /** What some of the rows add to value and gradient. */
    private final class Part {

        private double loss;
        private final double[] sums = new double[parameters.length];
        private final double[] terms = new double[parameters.length];

        private Part(boolean[] converted, int from, int to) {
            int p = parameters.length - 1;
            for (int i = from; i < to; i++) {
                double[] row = rows[i];
                double f = PenalisedLikelihood.logOdds(row, parameters);
                double e = StrictMath.exp(-Math.abs(f));
                loss += StrictMath.log1p(e) + (converted[i] == f >= 0 ? 0 : Math.abs(f));
                weights[i] = e / ((1 + e) * (1 + e));
                double probability = Logistic.probability(f, e);
                // p - 1 written as -(1 - p), so that it keeps its digits where p is near 1.
                double residual = converted[i] ? -Logistic.probability(-f, e) : probability;
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

    double value() {
        return value;
    }

    double[] gradient() {
        return gradient;
    }

    /** The sums of the absolute values that the gradient was added up from. */
    double[] terms() {
        return terms;
    }

    /** A fresh matrix, of which the lower triangle is set. */
    double[][] hessian() {
        double[][] known = hessian;
        if (known == null) {
            known = new double[parameters.length][parameters.length];
            for (double[][] part : RowChunks.map(rows.length, this::hessian)) {
                for (int j = 0; j < part.length; j++) {
                    for (int k = 0; k <= j; k++) {
                        known[j][k] += part[j][k];
                    }
                }
            }
            hessian = known;
        }
        return Arrays.stream(known).map(double[]::clone).toArray(double[][]::new);
    }

    /** The log loss of one row, in nats. */
    public static double ofRow(double logOdds, boolean converted) {
        double against = converted ? -logOdds : logOdds;
        return StrictMath.log1p(StrictMath.exp(-Math.abs(against))) + Math.max(against, 0);
    }

    private double[][] hessian(int from, int to) {
        int p = parameters.length - 1;
        double[][] part = new double[p + 1][];
        Arrays.setAll(part, j -> new double[j + 1]);
        double[][] x = new double[BLOCK][];
        double[] w = new double[BLOCK];
        for (int i = from; i < to; i += BLOCK) {
            for (int b = 0; b < BLOCK; b++) {
                // The last block is filled up with rows of no weight.
                x[b] = rows[Math.min(i + b, to - 1)];
                w[b] = i + b < to ? weights[i + b] : 0;
            }
            add(part, x, w);
        }
        return part;
    }

    private static void add(double[][] part, double[][] x, double[] w) {
        int p = part.length - 1;
        double[] x0 = x[0];
        double[] x1 = x[1];
        double[] x2 = x[2];
        double[] x3 = x[3];
        double[] last = part[p];
        for (int j = 0; j < p; j++) {
            double v0 = x0[j] * w[0];
            double v1 = x1[j] * w[1];
            double v2 = x2[j] * w[2];
            double v3 = x3[j] * w[3];
            // Many columns are zero in most rows: levels, steps, kinks.
            if (v0 != 0 || v1 != 0 || v2 != 0 || v3 != 0) {
                double[] line = part[j];
                for (int k = 0; k <= j; k++) {
                    line[k] += (v0 * x0[k] + v1 * x1[k]) + (v2 * x2[k] + v3 * x3[k]);
                }
                last[j] += (v0 + v1) + (v2 + v3);
            }
        }
        last[p] += (w[0] + w[1]) + (w[2] + w[3]);
    }
}
