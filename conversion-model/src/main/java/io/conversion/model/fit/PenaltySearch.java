package io.conversion.model.fit;

import io.conversion.model.data.Folds;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The cross-validation of L2 penalties: the mean log loss over held-out folds for each lambda, of which the smallest is
 * taken, and the log-odds that each row has by the fit of that lambda without the row's fold. Immutable.
 */
public final class PenaltySearch {

    private final double[] lambdas;
    private final double[] losses;
    private final double[] standardErrors;
    private final int best;
    private final double[] outOfFold;

    private PenaltySearch(double[] lambdas, double[][] logOdds, boolean[] converted) {
        this.lambdas = lambdas;
        this.losses = new double[lambdas.length];
        this.standardErrors = new double[lambdas.length];
        int smallest = 0;
        for (int k = 0; k < lambdas.length; k++) {
            measure(k, logOdds[k], converted);
            // Of equal ones the larger lambda, which comes first; no number is above all others.
            smallest = Double.compare(losses[k], losses[smallest]) < 0 ? k : smallest;
        }
        this.best = smallest;
        this.outOfFold = logOdds[smallest];
    }

    private void measure(int k, double[] logOdds, boolean[] converted) {
        double sum = 0;
        double squares = 0;
        int n = converted.length;
        for (int row = 0; row < n; row++) {
            double loss = LogLoss.ofRow(logOdds[row], converted[row]);
            sum += loss;
            squares += loss * loss;
        }
        double mean = sum / n;
        losses[k] = mean;
        standardErrors[k] = Math.sqrt(Math.max(0, squares / n - mean * mean) / n);
    }

    /**
     * Cross-validates penalties.
     *
     * @param rows the design
     * @param converted the outcomes
     * @param lambdas the penalties, falling
     * @param weights what each column's lambda is multiplied by
     * @param folds the folds of the rows
     * @return the search
     */
    public static PenaltySearch of(
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
        return new PenaltySearch(lambdas.clone(), logOdds, converted);
    }

    /** How many penalties there are. */
    public int size() {
        return lambdas.length;
    }

    /** One penalty, from the largest on. */
    public double lambda(int k) {
        return lambdas[k];
    }

    /** Its mean log loss over held-out folds. */
    public double logLoss(int k) {
        return losses[k];
    }

    /** The standard error of that mean, from the losses of the rows. */
    public double standardError(int k) {
        return standardErrors[k];
    }

    /** The penalty of the smallest loss. */
    public double chosen() {
        return lambdas[best];
    }

    /** The log-odds of each row by the fit of the chosen penalty without the row's fold; the live array. */
    public double[] outOfFold() {
        return outOfFold;
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
