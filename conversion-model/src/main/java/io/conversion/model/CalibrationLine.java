package io.conversion.model;

import io.conversion.model.data.InvalidDataException;
import io.conversion.model.fit.LogisticLine;
import java.util.Optional;
import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * How the log-odds of a model relate to outcomes: the logistic regression of the outcome on the log-odds.
 *
 * <p>A calibrated model has slope 1 and shift 0. A slope below 1 means that the log-odds are spread too far, as those of
 * a fit to too few rows are; one above 1 that they are spread too little, as those of too large a penalty are. Newton's
 * method, until the gradient is rounding error; Wald intervals (Cox, Two Further Applications of a Model for Binary
 * Regression, Biometrika 45, 1958; Van Calster et al., A Calibration Hierarchy for Risk Models, J. Clin. Epidemiol. 74,
 * 2016).
 *
 * <p>Measure it on log-odds of rows that the model was not trained on. Immutable and safe to share between threads.
 *
 * @param slope log-odds of conversion per log-odds of the model, with the intercept free
 * @param intercept log-odds of conversion where those of the model are 0, with the slope free
 * @param shift what to add to the log-odds for the mean probability to be the base rate, with slope 1: calibration in the
 *     large
 * @param level the level of the Wald intervals, such as 0.95
 */
public record CalibrationLine(Estimate slope, Estimate intercept, Estimate shift, double level) {

    /**
     * Measures the line at level 0.95.
     *
     * @param logOdds the log-odds by row, finite
     * @param converted whether the user of each row converted
     * @return the line; empty if none is finite, because the log-odds are all equal or separate the outcomes
     * @throws IllegalArgumentException if the arrays differ in length, or a number is not finite
     * @throws InvalidDataException if the rows are all of one outcome
     */
    public static Optional<CalibrationLine> of(double[] logOdds, boolean[] converted) {
        return of(logOdds, converted, 0.95);
    }

    /**
     * Measures the line.
     *
     * @param logOdds the log-odds by row, finite
     * @param converted whether the user of each row converted
     * @param level the level of the Wald intervals, between 0 and 1
     * @return the line; empty if none is finite, because the log-odds are all equal or separate the outcomes
     * @throws IllegalArgumentException if the arrays differ in length, a number is not finite, or the level is not between
     *     0 and 1
     * @throws InvalidDataException if the rows are all of one outcome
     */
    public static Optional<CalibrationLine> of(double[] logOdds, boolean[] converted, double level) {
        double z = quantile(level);
        CalibrationData.of(logOdds, converted);
        if (isSeparated(logOdds, converted)) {
            return Optional.empty();
        }
        double[] outcomes = LogisticLine.targets(converted, 1, 0);
        LogisticLine line = LogisticLine.fit(logOdds, outcomes);
        LogisticLine shift = LogisticLine.shift(logOdds, outcomes);
        return Optional.of(new CalibrationLine(
                Estimate.of(line.slope(), line.slopeStandardError(), z),
                Estimate.of(line.intercept(), line.interceptStandardError(), z),
                Estimate.of(shift.intercept(), shift.interceptStandardError(), z),
                level));
    }

    /** How many standard errors a Wald interval reaches to either side. */
    static double quantile(double level) {
        checkLevel(level);
        return NormalDistribution.of(0, 1).inverseSurvivalProbability((1 - level) / 2);
    }

    static void checkLevel(double level) {
        if (!(level > 0 && level < 1)) {
            throw new IllegalArgumentException("the level of an interval is " + level + "; it must be between 0 and 1");
        }
    }

    /** Whether one outcome has no log-odds beyond any of the other one's; then the best slope is infinite, or any. */
    private static boolean isSeparated(double[] logOdds, boolean[] converted) {
        double[] least = {Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY};
        double[] most = {Double.NEGATIVE_INFINITY, Double.NEGATIVE_INFINITY};
        for (int i = 0; i < logOdds.length; i++) {
            int outcome = converted[i] ? 1 : 0;
            least[outcome] = Math.min(least[outcome], logOdds[i]);
            most[outcome] = Math.max(most[outcome], logOdds[i]);
        }
        return most[0] <= least[1] || most[1] <= least[0];
    }

    /**
     * One number of the line.
     *
     * @param value the estimate
     * @param standardError its Wald standard error
     * @param lower the lower end of its Wald interval
     * @param upper the upper end of its Wald interval
     */
    public record Estimate(double value, double standardError, double lower, double upper) {

        static Estimate of(double value, double standardError, double z) {
            return new Estimate(value, standardError, value - z * standardError, value + z * standardError);
        }
    }
}
