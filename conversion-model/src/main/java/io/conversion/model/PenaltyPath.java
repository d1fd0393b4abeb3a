package io.conversion.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How the L2 penalty was chosen: the mean log loss over held-out folds for each lambda of a path, of which the smallest
 * was taken. Immutable and safe to share between threads.
 *
 * @param points the path, from the largest lambda to the smallest
 * @param chosen the lambda of the smallest cross-validated log loss
 */
public record PenaltyPath(List<Point> points, double chosen) {

    /** Copies the points. {@inheritDoc} */
    public PenaltyPath {
        points = List.copyOf(points);
    }

    /**
     * One lambda.
     *
     * @param lambda the L2 penalty
     * @param logLoss the mean log loss over held-out folds, in nats
     * @param standardError the standard error of that mean, from the losses of the rows
     */
    public record Point(double lambda, double logLoss, double standardError) {}

    /** The path, and the log-odds that each row has by the fit of the chosen lambda without the row's fold. */
    static final class CrossValidation {

        private final PenaltyPath path;
        private final double[] outOfFold;

        private CrossValidation(PenaltyPath path, double[] outOfFold) {
            this.path = path;
            this.outOfFold = outOfFold;
        }

        PenaltyPath path() {
            return path;
        }

        double[] outOfFold() {
            return outOfFold;
        }
    }

    /**
     * Cross-validates penalties.
     *
     * @param rows the design
     * @param converted the outcomes
     * @param lambdas the penalties, falling
     * @param weights what each column's lambda is multiplied by
     * @param folds the folds of the rows
     */
    static CrossValidation crossValidate(
            double[][] rows, boolean[] converted, double[] lambdas, double[] weights, Folds folds) {
        double[][] logOdds = new double[lambdas.length][rows.length];
        // Folds side by side; each one goes down the path from where it was.
        IntStream.range(0, folds.count()).parallel().forEach(fold -> {
            int[] kept =
                    IntStream.range(0, rows.length).filter(folds.training(fold)).toArray();
            double[][] training = Arrays.stream(kept).mapToObj(row -> rows[row]).toArray(double[][]::new);
            boolean[] outcomes = new boolean[kept.length];
            for (int i = 0; i < kept.length; i++) {
                outcomes[i] = converted[kept[i]];
            }
            WarmStart fit = new WarmStart(training, outcomes);
            for (int k = 0; k < lambdas.length; k++) {
                double lambda = lambdas[k];
                double[] parameters =
                        fit.at(Arrays.stream(weights).map(w -> w * lambda).toArray());
                for (int row = 0; row < rows.length; row++) {
                    if (folds.of(row) == fold) {
                        logOdds[k][row] = PenalisedLikelihood.logOdds(rows[row], parameters);
                    }
                }
            }
        });
        List<Point> points = new ArrayList<>();
        for (int k = 0; k < lambdas.length; k++) {
            points.add(point(lambdas[k], logOdds[k], converted));
        }
        // Of equal ones the larger lambda, which comes first.
        Point best =
                points.stream().min(Comparator.comparingDouble(Point::logLoss)).orElseThrow();
        return new CrossValidation(new PenaltyPath(points, best.lambda()), logOdds[points.indexOf(best)]);
    }

    private static Point point(double lambda, double[] logOdds, boolean[] converted) {
        double sum = 0;
        double squares = 0;
        int n = converted.length;
        for (int row = 0; row < n; row++) {
            double loss = CurveFit.loss(logOdds[row], converted[row]);
            sum += loss;
            squares += loss * loss;
        }
        double mean = sum / n;
        return new Point(lambda, mean, Math.sqrt(Math.max(0, squares / n - mean * mean) / n));
    }

    /** Newton's method from the last solution, to the precision that a comparison of losses needs. */
    private static final class WarmStart {

        private static final int MOST_STEPS = 30;

        private final double[][] rows;
        private final boolean[] converted;
        private double[] parameters;

        private WarmStart(double[][] rows, boolean[] converted) {
            this.rows = rows;
            this.converted = converted;
            this.parameters = LogisticFit.baseRate(rows, converted);
        }

        private double[] at(double[] lambdas) {
            PenalisedLikelihood at = new PenalisedLikelihood(rows, converted, lambdas, parameters);
            NewtonSystem system = null;
            for (int step = 0; step < MOST_STEPS && at.relativeGradient() > 1e-6; step++) {
                system = system == null ? NewtonSystem.of(at.hessian()) : system;
                double[] move = system == null ? null : at.newtonStep(system);
                if (move == null) {
                    break;
                }
                PenalisedLikelihood next = LogisticFit.improve(at, move);
                // A Hessian serves as long as steps with it gain.
                system = next.relativeGradient() < at.relativeGradient() / 4 ? system : null;
                at = next;
            }
            parameters = at.parameters();
            return parameters;
        }
    }
}
