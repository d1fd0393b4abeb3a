package io.conversion.experiments.statistics;

import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.MatrixFeatures_DDRM;

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

    private final Moments control;
    private final Moments treatment;
    private final Value outcome;
    private final List<Value> covariates;
    private final double[] slopes;

    private Adjustment(Moments control, Moments treatment, Value outcome, List<Value> covariates, double[] slopes) {
        this.control = control;
        this.treatment = treatment;
        this.outcome = outcome;
        this.covariates = covariates;
        this.slopes = slopes;
    }

    /**
     * Adjusts the difference of two arms.
     *
     * @param control the moments of the control
     * @param treatment the moments of the other arm
     * @param outcome the outcome
     * @param covariates what was known of the users before, at least one
     * @return the adjustment; without slopes if the covariates are constant or depend on each other
     */
    public static Adjustment of(Moments control, Moments treatment, Value outcome, List<Value> covariates) {
        boolean pooled = !outcome.isRatio();
        int size = covariates.size();
        DMatrixRMaj spread = new DMatrixRMaj(size, size);
        DMatrixRMaj shared = new DMatrixRMaj(size, 1);
        for (int i = 0; i < size; i++) {
            shared.set(i, 0, covariance(control, treatment, covariates.get(i), outcome, pooled));
            for (int j = 0; j < size; j++) {
                spread.set(i, j, covariance(control, treatment, covariates.get(i), covariates.get(j), pooled));
            }
        }
        DMatrixRMaj slopes = new DMatrixRMaj(size, 1);
        boolean solved = CommonOps_DDRM.solve(spread, shared, slopes) && !MatrixFeatures_DDRM.hasUncountable(slopes);
        return new Adjustment(
                control, treatment, outcome, List.copyOf(covariates), solved ? slopes.data : new double[size]);
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
