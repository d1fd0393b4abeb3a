package io.conversion.model;

import io.conversion.core.shapes.Calibration;
import io.conversion.model.data.InvalidDataException;
import io.conversion.model.fit.LogisticLine;

/**
 * Maps raw log-odds to calibrated ones by the straight line that fits outcomes best.
 *
 * <p>The probability is {@code 1 / (1 + exp(-(slope * f + intercept)))} for the log-odds f. Slope and intercept maximise
 * the likelihood of Platt's targets, which are {@code (N1 + 1) / (N1 + 2)} for the N1 rows that converted and
 * {@code 1 / (N0 + 2)} for the N0 others: these keep the line finite where the log-odds separate the outcomes (Platt,
 * Probabilistic Outputs for Support Vector Machines, 1999). Newton's method, until the gradient is rounding error.
 *
 * <p>Fit on log-odds of rows that the model was not trained on, such as out-of-fold ones. No state; safe to share between
 * threads.
 */
public final class PlattScaling {

    private PlattScaling() {}

    /**
     * Fits the line.
     *
     * @param logOdds the raw log-odds by row, finite
     * @param converted whether the user of each row converted
     * @return the line, of a slope above 0
     * @throws IllegalArgumentException if the arrays differ in length, or a number is not finite
     * @throws InvalidDataException if the rows are all of one outcome or all of the same log-odds, or if the line does
     *     not rise
     */
    public static Calibration.Platt fit(double[] logOdds, boolean[] converted) {
        CalibrationData data = CalibrationData.of(logOdds, converted);
        if (CalibrationData.isConstant(logOdds)) {
            throw new InvalidDataException("all " + data.rows() + " calibration rows have the log-odds " + logOdds[0]
                    + "; a line needs at least two different ones, so publish without calibration");
        }
        LogisticLine line = line(logOdds, converted, data);
        if (!(line.slope() > 0)) {
            throw new InvalidDataException("the calibration line has the slope " + line.slope()
                    + ", so that higher log-odds would mean a lower probability; the model does not rank these rows:"
                    + " train it anew with other signals, or publish without calibration");
        }
        return new Calibration.Platt(line.slope(), line.intercept());
    }

    /** The line before it is looked at. */
    static LogisticLine line(double[] logOdds, boolean[] converted, CalibrationData data) {
        int negatives = data.rows() - data.positives();
        double positive = (data.positives() + 1.0) / (data.positives() + 2.0);
        return LogisticLine.fit(logOdds, LogisticLine.targets(converted, positive, 1.0 / (negatives + 2.0)));
    }
}
