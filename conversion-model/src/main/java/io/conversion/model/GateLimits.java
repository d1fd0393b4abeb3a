package io.conversion.model;

/**
 * What the publish gate holds a fit against. The defaults are a start, not a law: a caller sets others by the methods
 * that return a changed copy.
 *
 * @param gradientPerRow the largest component of the gradient at the solution, over the number of rows, at most
 * @param conditionRefused condition number of the Hessian scaled to a unit diagonal from which a fit is refused
 * @param conditionWarned the same from which it is warned of
 * @param slopeFrom the lower end of acceptable out-of-fold calibration slopes; refused if the whole 95 % Wald interval
 *     lies outside
 * @param slopeTo the upper end
 * @param rowsPerCoefficientRefused rows of the rarer outcome for each coefficient below which a fit is refused
 * @param rowsPerCoefficientWarned the same below which it is warned of
 * @param leakageRefused ROC AUC of a signal alone above which a fit is refused
 * @param leakageWarned the same above which it is warned of
 */
public record GateLimits(
        double gradientPerRow,
        double conditionRefused,
        double conditionWarned,
        double slopeFrom,
        double slopeTo,
        double rowsPerCoefficientRefused,
        double rowsPerCoefficientWarned,
        double leakageRefused,
        double leakageWarned) {

    private static final GateLimits DEFAULTS = new GateLimits(1e-8, 1e8, 1e6, 0.8, 1.25, 5, 10, 0.95, 0.85);

    /**
     * The default limits: gradient 1e-8 a row; condition 1e8 refuses and 1e6 warns; calibration slope 0.8 to 1.25; under
     * 5 rows of the rarer outcome a coefficient refuse and under 10 warn; AUC of a single signal above 0.95 refuses and
     * above 0.85 warns.
     *
     * @return the limits
     */
    public static GateLimits defaults() {
        return DEFAULTS;
    }

    /**
     * Sets the condition numbers.
     *
     * @param refused from which a fit is refused
     * @param warned from which it is warned of
     * @return the changed copy
     */
    public GateLimits condition(double refused, double warned) {
        return new GateLimits(
                gradientPerRow,
                refused,
                warned,
                slopeFrom,
                slopeTo,
                rowsPerCoefficientRefused,
                rowsPerCoefficientWarned,
                leakageRefused,
                leakageWarned);
    }

    /**
     * Sets the acceptable calibration slopes.
     *
     * @param from the lower end
     * @param to the upper end
     * @return the changed copy
     */
    public GateLimits calibrationSlope(double from, double to) {
        return new GateLimits(
                gradientPerRow,
                conditionRefused,
                conditionWarned,
                from,
                to,
                rowsPerCoefficientRefused,
                rowsPerCoefficientWarned,
                leakageRefused,
                leakageWarned);
    }

    /**
     * Sets how many rows of the rarer outcome each coefficient needs.
     *
     * @param refused below which a fit is refused
     * @param warned below which it is warned of
     * @return the changed copy
     */
    public GateLimits rowsPerCoefficient(double refused, double warned) {
        return new GateLimits(
                gradientPerRow,
                conditionRefused,
                conditionWarned,
                slopeFrom,
                slopeTo,
                refused,
                warned,
                leakageRefused,
                leakageWarned);
    }

    /**
     * Sets when a signal is suspected to hold the outcome.
     *
     * @param refused ROC AUC of the signal alone above which a fit is refused
     * @param warned the same above which it is warned of
     * @return the changed copy
     */
    public GateLimits leakage(double refused, double warned) {
        return new GateLimits(
                gradientPerRow,
                conditionRefused,
                conditionWarned,
                slopeFrom,
                slopeTo,
                rowsPerCoefficientRefused,
                rowsPerCoefficientWarned,
                refused,
                warned);
    }
}
