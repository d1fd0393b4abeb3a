package io.conversion.model.fit;

import io.conversion.model.data.Folds;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The log-odds of each row by the fit without its fold, to one Newton step from the fit of all rows. The step is exact
 * for a quadratic objective; what it neglects is of the second order in the share of a fold.
 */
public final class LeaveFoldOut {

    private LeaveFoldOut() {}

    /** Computes, or gives null if some fold leaves too little to be solved for. */
    public static double[] logOdds(double[][] rows, boolean[] converted, PenalisedLikelihood optimum, Folds folds) {
        double[][] hessian = optimum.hessian();
        double[] logOdds = new double[rows.length];
        IntStream.range(0, folds.count()).parallel().forEach(fold -> {
            int[] held =
                    IntStream.range(0, rows.length).filter(folds.holdout(fold)).toArray();
            double[][] some = Arrays.stream(held).mapToObj(row -> rows[row]).toArray(double[][]::new);
            boolean[] outcomes = new boolean[held.length];
            for (int i = 0; i < held.length; i++) {
                outcomes[i] = converted[held[i]];
            }
            double[] parameters = without(some, outcomes, optimum, hessian);
            for (int i = 0; i < held.length; i++) {
                logOdds[held[i]] = PenalisedLikelihood.logOdds(some[i], parameters);
            }
        });
        return logOdds;
    }

    private static double[] without(
            double[][] rows, boolean[] converted, PenalisedLikelihood optimum, double[][] hessian) {
        double[] parameters = optimum.parameters().clone();
        LogLoss part = LogLoss.of(rows, converted, optimum.parameters());
        double[][] rest = part.hessian();
        for (int j = 0; j < rest.length; j++) {
            for (int k = 0; k <= j; k++) {
                rest[j][k] = hessian[j][k] - rest[j][k];
            }
        }
        NewtonSystem system = NewtonSystem.of(rest);
        if (system == null) {
            return parameters;
        }
        double[] step = system.solve(part.gradient());
        for (int j = 0; j < step.length; j++) {
            parameters[j] += Double.isFinite(step[j]) ? step[j] : 0;
        }
        return parameters;
    }
}
