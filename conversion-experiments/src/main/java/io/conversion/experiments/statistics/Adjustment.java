package io.conversion.experiments.statistics;

import java.util.List;

/**
 * A difference between arms less what their users differed in before (CUPED; Deng, Xu, Kohavi and Walker, WSDM 2013): the
 * covariates were known before the assignment, so that their difference is chance, and taking away what it explains of the
 * outcome makes the error smaller without moving the effect.
 *
 * <p>With outcome y, covariates x and slopes theta, those of the regression of y on x over both arms together for a mean, and
 * within arms for a ratio (as GrowthBook does):
 *
 * <pre>
 * difference = (y1 - y0) - theta (x1 - x0)
 * variance of an arm = var(y) - 2 theta cov(y, x) + theta var(x) theta
 * </pre>
 *
 * Immutable and safe to share between threads.
 */
public final class Adjustment {

    /** A covariate of whose variance those before it leave less than this follows from them, but for rounding. */
    private static final double LEAST_OWN = 1e-10;

    private final Moments control;
    private final Moments treatment;
    private final Value outcome;
    private final List<Value> covariates;
    private final double[] slopes;
    private final boolean[] used;

    private Adjustment(
            Moments control,
            Moments treatment,
            Value outcome,
            List<Value> covariates,
            double[] slopes,
            boolean[] used) {
        this.control = control;
        this.treatment = treatment;
        this.outcome = outcome;
        this.covariates = covariates;
        this.slopes = slopes;
        this.used = used;
    }

    /**
     * Adjusts the difference of two arms.
     *
     * @param control the moments of the control
     * @param treatment the moments of the other arm
     * @param outcome the outcome
     * @param covariates what was known of the users before, at least one
     * @return the adjustment; a covariate that is constant, or follows from those before it, has the slope 0
     */
    public static Adjustment of(Moments control, Moments treatment, Value outcome, List<Value> covariates) {
        boolean pooled = !outcome.isRatio();
        int size = covariates.size();
        double[][] spread = new double[size][size];
        double[] shared = new double[size];
        for (int i = 0; i < size; i++) {
            shared[i] = covariance(control, treatment, covariates.get(i), outcome, pooled);
            for (int j = 0; j < size; j++) {
                spread[i][j] = covariance(control, treatment, covariates.get(i), covariates.get(j), pooled);
            }
        }
        boolean[] used = new boolean[size];
        double[] slopes = solve(spread, shared, used);
        return new Adjustment(control, treatment, outcome, List.copyOf(covariates), slopes, used);
    }

    /** Gauss's elimination of the normal equations, which are symmetric; what has no variance of its own left is no pivot. */
    private static double[] solve(double[][] spread, double[] shared, boolean[] used) {
        int size = shared.length;
        double[] variances = new double[size];
        for (int i = 0; i < size; i++) {
            variances[i] = spread[i][i];
        }
        double[] slopes = shared.clone();
        for (int pivot = 0; pivot < size; pivot++) {
            used[pivot] = spread[pivot][pivot] > LEAST_OWN * variances[pivot];
            for (int row = pivot + 1; used[pivot] && row < size; row++) {
                double factor = spread[row][pivot] / spread[pivot][pivot];
                slopes[row] -= factor * slopes[pivot];
                for (int column = pivot; column < size; column++) {
                    spread[row][column] -= factor * spread[pivot][column];
                }
            }
        }
        for (int row = size - 1; row >= 0; row--) {
            for (int column = row + 1; column < size; column++) {
                slopes[row] -= spread[row][column] * slopes[column];
            }
            slopes[row] = used[row] ? slopes[row] / spread[row][row] : 0;
        }
        return slopes;
    }

    private static double covariance(Moments control, Moments treatment, Value one, Value other, boolean pooled) {
        double a = control.covariance(one.weights(control), other.weights(control));
        double b = treatment.covariance(one.weights(treatment), other.weights(treatment));
        if (!pooled) {
            return a + b;
        }
        double n = control.count();
        double m = treatment.count();
        double between = (one.level(treatment) - one.level(control)) * (other.level(treatment) - other.level(control));
        return ((n - 1) * a + (m - 1) * b + n * m / (n + m) * between) / (n + m - 1);
    }

    /**
     * What the outcome rises by with each covariate.
     *
     * @return the slopes, in the order of the covariates
     */
    public double[] slopes() {
        return slopes.clone();
    }

    /**
     * Whether a covariate explains anything: it is not constant, and does not follow from those before it.
     *
     * @param covariate its place among the covariates, from 0
     * @return whether it has a slope
     */
    public boolean uses(int covariate) {
        return used[covariate];
    }

    /**
     * By how much the covariates move the difference, and how much chance moves it. With D the plain and A the adjusted
     * difference,
     *
     * <pre>
     * A - D = - theta (x1 - x0)
     * variance of A - D = theta (var(x1) / n1 + var(x0) / n0) theta
     * </pre>
     *
     * Where chance assigned the users and the covariates were known before, its expectation is 0, whatever the treatment does:
     * the outcome is in it through the slopes alone, which many users determine much better than x1 - x0. (That A and A - D are
     * not correlated makes the variance of D that of A and this one together, and a covariate that explains the share r2 of the
     * outcome moves the difference by about sqrt(r2) of its errors.) With one covariate the slope cancels in estimate over
     * error, which is then that of the balance of the covariate; with several it is the balance of what they foretell.
     *
     * @return A - D with its error, and the degrees of freedom of Welch
     */
    public Difference movement() {
        return Difference.ofWelch(foretold(control), foretold(treatment));
    }

    /** The part of the outcome that the covariates foretell, with the sign by which it is taken off. */
    private Sample foretold(Moments arm) {
        double mean = 0;
        double[] weights = less(arm, new double[arm.values()]);
        for (int i = 0; i < slopes.length; i++) {
            mean -= slopes[i] * covariates.get(i).level(arm);
        }
        return new Sample(arm.count(), mean, Math.max(0, arm.covariance(weights, weights)));
    }

    /**
     * What each value of a user counts in the linear value whose mean has the error of the {@linkplain #movement() movement}.
     *
     * @param arm the moments of the arm
     * @return a weight for each value
     */
    public double[] movementWeights(Moments arm) {
        return less(arm, new double[arm.values()]);
    }

    /**
     * The arm of the control, with the mean that it would have if its users were as those of both arms together.
     *
     * @return the adjusted sample
     */
    public Sample control() {
        return adjusted(control, treatment);
    }

    /**
     * The other arm, with the mean that it would have if its users were as those of both arms together.
     *
     * @return the adjusted sample
     */
    public Sample treatment() {
        return adjusted(treatment, control);
    }

    /**
     * The adjusted difference, with a normal error.
     *
     * @return the difference of the adjusted means
     */
    public Difference difference() {
        return Difference.of(control(), treatment());
    }

    /**
     * The adjusted difference relative to the mean of the control as it is, not adjusted.
     *
     * @return the lift, with the error of the delta method and a normal error
     */
    public Difference relative() {
        double before = outcome.level(control);
        double ratio = outcome.level(treatment) / before;
        double[] linear = outcome.weights(control);
        for (int i = 0; i < linear.length; i++) {
            linear[i] *= ratio;
        }
        double[] weights = less(control, linear);
        double variance = control.covariance(weights, weights) / control.count()
                + treatment().errorVariance();
        return new Difference(
                difference().estimate() / before, Math.sqrt(variance) / Math.abs(before), Double.POSITIVE_INFINITY);
    }

    /**
     * How much smaller the variance of the difference is: that many users fewer give the same interval.
     *
     * @return 1 less the variance of the adjusted difference over that of the plain one; below 0 if it got larger
     */
    public double varianceReduction() {
        double plain = Difference.of(Sample.of(control, outcome), Sample.of(treatment, outcome))
                .standardError();
        double adjusted = difference().standardError();
        return 1 - adjusted * adjusted / (plain * plain);
    }

    private Sample adjusted(Moments arm, Moments other) {
        double mean = outcome.level(arm);
        double otherShare = (double) other.count() / (arm.count() + other.count());
        for (int i = 0; i < slopes.length; i++) {
            Value covariate = covariates.get(i);
            mean -= slopes[i] * otherShare * (covariate.level(arm) - covariate.level(other));
        }
        double[] weights = weights(arm);
        return new Sample(arm.count(), mean, Math.max(0, arm.covariance(weights, weights)));
    }

    /**
     * What each value of a user counts in the linear value whose mean has the error of the adjusted mean of an arm.
     *
     * @param arm the moments of the arm
     * @return a weight for each value
     */
    public double[] weights(Moments arm) {
        return less(arm, outcome.weights(arm));
    }

    private double[] less(Moments arm, double[] weights) {
        for (int i = 0; i < slopes.length; i++) {
            double[] covariate = covariates.get(i).weights(arm);
            for (int k = 0; k < weights.length; k++) {
                weights[k] -= slopes[i] * covariate[k];
            }
        }
        return weights;
    }
}
