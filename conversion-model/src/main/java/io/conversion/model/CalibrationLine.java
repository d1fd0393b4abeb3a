package io.conversion.model;

import io.conversion.model.CalibrationMeasure.CannotKnow;
import io.conversion.model.CalibrationMeasure.Known;
import io.conversion.model.CalibrationMeasure.Reason;
import io.conversion.model.data.InvalidDataException;
import io.conversion.model.fit.LogisticLine;
import io.conversion.model.fit.LogisticShift;
import java.util.Arrays;
import java.util.Optional;
import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * How the log-odds of a model relate to outcomes: the logistic regression of the outcome on the log-odds.
 *
 * <p>A calibrated model has slope 1 and shift 0. A slope below 1 means that the log-odds are spread too far, as those of
 * a fit to too few rows are; one above 1 that they are spread too little, as those of too large a penalty are. Newton's
 * method, until the gradient is rounding error, inside a bracket where the log-odds are far off; Wald intervals (Cox, Two Further Applications of a Model for Binary
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
        if (obstacle(logOdds, converted).isPresent()) {
            return Optional.empty();
        }
        LogisticLine line = LogisticLine.fit(logOdds, LogisticLine.targets(converted, 1, 0));
        return Optional.of(new CalibrationLine(
                Estimate.of(line.slope(), line.slopeStandardError(), z),
                Estimate.of(line.intercept(), line.interceptStandardError(), z),
                waldShift(logOdds, converted, z),
                level));
    }

    /**
     * The slope, or why there is none. {@link #of(double[], boolean[], double)} gives the whole line.
     *
     * @param logOdds the log-odds by row; infinite ones are those of a probability of 0 or 1
     * @param converted whether the user of each row converted
     * @param level the level of the Wald interval, between 0 and 1
     * @return the slope
     * @throws IllegalArgumentException if the arrays differ in length, a number is NaN, or the level is not between 0 and 1
     */
    public static CalibrationMeasure slope(double[] logOdds, boolean[] converted, double level) {
        checkLevel(level);
        Optional<Reason> reason = shiftObstacle(logOdds, converted).or(() -> obstacle(logOdds, converted));
        return reason.isPresent()
                ? new CannotKnow(reason.get())
                : new Known(of(logOdds, converted, level).orElseThrow().slope());
    }

    /**
     * The shift, or why there is none. There is one wherever there are both outcomes: also where they are separated, and
     * where the log-odds are all equal.
     *
     * @param logOdds the log-odds by row; infinite ones are those of a probability of 0 or 1
     * @param converted whether the user of each row converted
     * @param level the level of the Wald interval, between 0 and 1
     * @return the shift; its interval is infinite if the probabilities do not move around it
     * @throws IllegalArgumentException if the arrays differ in length, a number is NaN, or the level is not between 0 and 1
     */
    public static CalibrationMeasure shift(double[] logOdds, boolean[] converted, double level) {
        double z = quantile(level);
        Optional<Reason> reason = shiftObstacle(logOdds, converted);
        return reason.isPresent() ? new CannotKnow(reason.get()) : new Known(waldShift(logOdds, converted, z));
    }

    private static Estimate waldShift(double[] logOdds, boolean[] converted, double z) {
        double shift = LogisticShift.of(logOdds, LogisticLine.targets(converted, 1, 0));
        return Estimate.of(shift, LogisticShift.standardError(logOdds, shift), z);
    }

    private static Optional<Reason> shiftObstacle(double[] logOdds, boolean[] converted) {
        if (logOdds.length != converted.length || Arrays.stream(logOdds).anyMatch(Double::isNaN)) {
            throw new IllegalArgumentException("expected one number of log-odds for each of the " + converted.length
                    + " outcomes, got " + logOdds.length + (logOdds.length == converted.length ? " with NaN" : ""));
        }
        if (!Arrays.stream(logOdds).allMatch(Double::isFinite)) {
            return Optional.of(Reason.CERTAIN_PROBABILITY);
        }
        for (boolean outcome : converted) {
            if (outcome != converted[0]) {
                return Optional.empty();
            }
        }
        return Optional.of(Reason.ONE_OUTCOME);
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

    /** One outcome that has no log-odds beyond any of the other one's: then the best slope is infinite, or any. */
    private static Optional<Reason> obstacle(double[] logOdds, boolean[] converted) {
        double[] least = {Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY};
        double[] most = {Double.NEGATIVE_INFINITY, Double.NEGATIVE_INFINITY};
        for (int i = 0; i < logOdds.length; i++) {
            int outcome = converted[i] ? 1 : 0;
            least[outcome] = Math.min(least[outcome], logOdds[i]);
            most[outcome] = Math.max(most[outcome], logOdds[i]);
        }
        if (most[0] == least[0] && most[1] == least[1] && most[0] == most[1]) {
            return Optional.of(Reason.EQUAL_LOG_ODDS);
        }
        return most[0] <= least[1] || most[1] <= least[0] ? Optional.of(Reason.SEPARATED_OUTCOMES) : Optional.empty();
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
