package io.conversion.experiments.threshold;

import java.util.Objects;

/**
 * What is asked about a bound. Immutable and safe to share between threads.
 *
 * @param bound where the upper action begins, in the units of the running variable; the bound itself belongs to it
 * @param action what begins at the bound, as sentences name it; empty for the upper action
 * @param alpha the error rate of intervals, between 0 and 1
 * @param boundKnown whether users can know the bound and what to do to get past it
 * @param error how the error of independent users is estimated
 * @param limits what is refused
 */
public record ThresholdPlan(
        double bound, String action, double alpha, boolean boundKnown, ErrorKind error, ThresholdLimits limits) {

    /** Checks the ranges. {@inheritDoc} */
    public ThresholdPlan {
        if (!(Math.abs(bound) <= Double.MAX_VALUE)) {
            throw new IllegalArgumentException("the bound is " + bound + "; it must be finite");
        }
        if (!(alpha > 0 && alpha < 1)) {
            throw new IllegalArgumentException("alpha is " + alpha + "; it must be between 0 and 1");
        }
        Objects.requireNonNull(action, "action");
        Objects.requireNonNull(error, "error");
        Objects.requireNonNull(limits, "limits");
    }

    /**
     * Asks about a bound that users do not know, at an error rate of 0.05, with errors from nearest neighbours and the
     * default limits.
     *
     * @param bound where the upper action begins
     * @return the plan
     */
    public static ThresholdPlan at(double bound) {
        return new ThresholdPlan(bound, "", 0.05, false, ErrorKind.NEAREST_NEIGHBOURS, ThresholdLimits.DEFAULT);
    }

    /**
     * Says what begins at the bound.
     *
     * @param name the action
     * @return the changed copy
     */
    public ThresholdPlan withAction(String name) {
        return new ThresholdPlan(bound, name, alpha, boundKnown, error, limits);
    }

    /**
     * Asks the same about another bound.
     *
     * @param place where the upper action begins
     * @return the changed copy
     */
    public ThresholdPlan withBound(double place) {
        return new ThresholdPlan(place, action, alpha, boundKnown, error, limits);
    }

    /**
     * Sets the error rate.
     *
     * @param rate the error rate of intervals, between 0 and 1
     * @return the changed copy
     */
    public ThresholdPlan withAlpha(double rate) {
        return new ThresholdPlan(bound, action, rate, boundKnown, error, limits);
    }

    /**
     * Says that users can know the bound: the effect is refused then.
     *
     * @return the changed copy
     */
    public ThresholdPlan withBoundKnown() {
        return new ThresholdPlan(bound, action, alpha, true, error, limits);
    }

    /**
     * Sets how the error of independent users is estimated.
     *
     * @param kind the kind of error
     * @return the changed copy
     */
    public ThresholdPlan withError(ErrorKind kind) {
        return new ThresholdPlan(bound, action, alpha, boundKnown, kind, limits);
    }

    /**
     * Sets what is refused.
     *
     * @param changed the limits
     * @return the changed copy
     */
    public ThresholdPlan withLimits(ThresholdLimits changed) {
        return new ThresholdPlan(bound, action, alpha, boundKnown, error, changed);
    }
}
