package io.conversion.model.fit;

import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import smile.classification.LogisticRegression;

/**
 * Fits a logistic regression: Smile's solution first, then Newton steps from there until the gradient is rounding error.
 *
 * <p>Smile stops early on badly scaled columns and says nothing of separation, so its solution is a starting point only:
 * the optimum is verified here, by our own gradient.
 */
public final class LogisticFit {

    private static final Logger LOG = LoggerFactory.getLogger(LogisticFit.class);

    /** Below this relative gradient Newton's method converges quadratically; steps go on while they gain anything. */
    private static final double CONVERGED = 1e-9;

    /** A step that changes no row's log-odds by more comes to rest soon; along a separation each changes some by one. */
    private static final double MOVING = 0.3;

    /** Log-odds beyond which a row that has its outcome hardly moves the likelihood any more. */
    private static final double CERTAIN = 12;

    /** Newton's method needs under ten steps where an optimum exists, and does not end where none does. */
    private static final int MOST_STEPS = 60;

    private final double[][] rows;
    private final boolean[] converted;
    private final double[] lambdas;
    private final boolean penalised;

    private LogisticFit(double[][] rows, boolean[] converted, double[] lambdas) {
        this.rows = rows;
        this.converted = converted;
        this.lambdas = lambdas;
        this.penalised = Arrays.stream(lambdas).anyMatch(lambda -> lambda > 0);
    }

    /**
     * Fits.
     *
     * @return the optimum, or the separating direction along which there is none
     */
    public static Outcome fit(double[][] rows, boolean[] converted, double[] lambdas) {
        LogisticFit fit = new LogisticFit(rows, converted, lambdas);
        double[] smile = fit.smile().orElse(null);
        if (smile != null) {
            Outcome outcome = fit.newton(smile);
            PenalisedLikelihood optimum = outcome.optimum();
            if (optimum != null && (fit.penalised || optimum.largestLogOdds() < CERTAIN)) {
                return outcome;
            }
        }
        // Far out on the likelihood of separated rows all is rounding error, and looks like an optimum. From the base
        // rate the way there leads through steps that point along the separating direction.
        return fit.newton(baseRate(rows, converted));
    }

    private Optional<double[]> smile() {
        int[] labels = new int[converted.length];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = converted[i] ? 1 : 0;
        }
        if (rows[0].length == 0) {
            return Optional.empty();
        }
        // Smile has one penalty for all columns, which is the right one if they are standardised.
        double lambda = Arrays.stream(lambdas).average().orElse(0);
        try {
            double[] parameters = LogisticRegression.binomial(rows, labels, lambda, 1e-5, 500)
                    .coefficients()
                    .clone();
            return Optional.of(parameters)
                    .filter(solution -> Arrays.stream(solution).allMatch(Double::isFinite));
        } catch (RuntimeException e) {
            LOG.debug("Smile did not fit; Newton's method starts from the base rate", e);
            return Optional.empty();
        }
    }

    /** No effect of any column, and the base rate as the intercept. */
    public static double[] baseRate(double[][] rows, boolean[] converted) {
        double positives = 0;
        for (boolean outcome : converted) {
            positives += outcome ? 1 : 0;
        }
        double[] parameters = new double[rows[0].length + 1];
        parameters[parameters.length - 1] = StrictMath.log(positives / (converted.length - positives));
        return parameters;
    }

    private Outcome newton(double[] start) {
        PenalisedLikelihood at = new PenalisedLikelihood(rows, converted, lambdas, start);
        NewtonSystem system = null;
        for (int steps = 0; steps < MOST_STEPS; steps++) {
            system = system == null ? NewtonSystem.of(at.hessian()) : system;
            double[] step = system == null ? null : at.newtonStep(system);
            if (step == null) {
                // So near to certainty that nothing can be solved for; then the way here is the direction.
                boolean separated = !penalised && at.isSeparatedBy(at.parameters());
                return new Outcome(null, separated ? at.parameters() : null, steps);
            }
            boolean moving = at.largestChange(step) > MOVING;
            if (!penalised && moving && at.isSeparatedBy(step)) {
                return new Outcome(null, step, steps);
            }
            PenalisedLikelihood next = improve(at, step);
            // Below one rounding there is nothing left to gain, though a coefficient of zero may come ever nearer to
            // it.
            boolean gained = next.relativeGradient() < at.relativeGradient() / 2 && at.relativeGradient() > 0x1p-53;
            if (at.relativeGradient() <= CONVERGED && !moving && !gained) {
                PenalisedLikelihood best = next.relativeGradient() < at.relativeGradient() ? next : at;
                return new Outcome(best, null, steps + 1);
            }
            // A Hessian serves as long as steps with it gain a digit each.
            system = next.relativeGradient() < at.relativeGradient() / 10 ? system : null;
            at = next;
        }
        return new Outcome(null, null, MOST_STEPS);
    }

    /**
     * Looks for a direction that separates the outcomes, from the optimum of a penalised fit: with hardly any penalty
     * the log-odds of separated rows grow by about one with each Newton step, while those of others come to rest.
     *
     * @return the direction; null if there is none
     */
    public static double @Nullable [] separatingDirection(PenalisedLikelihood optimum) {
        PenalisedLikelihood at = optimum.withPenaltyTimes(1e-12);
        for (int steps = 0; steps < MOST_STEPS / 2; steps++) {
            double[] step = at.newtonStep();
            if (step == null || at.largestChange(step) < MOVING) {
                return null;
            } else if (at.isSeparatedBy(step)) {
                return step;
            }
            at = improve(at, step);
        }
        return null;
    }

    /** A full Newton step, halved as long as it makes the objective worse. */
    static PenalisedLikelihood improve(PenalisedLikelihood at, double[] step) {
        double fraction = 1;
        PenalisedLikelihood next = at.after(step, fraction);
        double worst = at.objective() + 1e-12 * Math.abs(at.objective());
        while (!(next.objective() <= worst) && fraction > 1e-9) {
            fraction /= 2;
            next = at.after(step, fraction);
        }
        return next;
    }

    /** How a fit ended: at an optimum, in a separating direction, or in neither. */
    public static final class Outcome {

        private final @Nullable PenalisedLikelihood optimum;
        private final double @Nullable [] separatingDirection;
        private final int steps;

        private Outcome(@Nullable PenalisedLikelihood optimum, double @Nullable [] separatingDirection, int steps) {
            this.optimum = optimum;
            this.separatingDirection = separatingDirection;
            this.steps = steps;
        }

        /** The optimum; null if there is none, or none was found. */
        @Nullable
        public PenalisedLikelihood optimum() {
            return optimum;
        }

        /** A direction that separates the outcomes; null if none was found. */
        public double @Nullable [] separatingDirection() {
            return separatingDirection;
        }

        /** The number of Newton steps. */
        public int steps() {
            return steps;
        }
    }
}
