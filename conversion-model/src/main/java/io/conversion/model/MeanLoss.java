package io.conversion.model;

import io.conversion.model.fit.LogLoss;

/**
 * The mean log loss of rows, and its standard error.
 *
 * @param value the mean log loss
 * @param standardError the standard deviation of the losses over the root of the number of rows; with weights, the one
 *     that holds for a ratio of two sums
 */
record MeanLoss(double value, double standardError) {

    /**
     * Measures the loss where the rows of an outcome stand for more users than those of the other one.
     *
     * @param logOdds the log-odds by row
     * @param converted the outcomes by row
     * @param positiveWeight how many users a row with a conversion stands for, against one without
     */
    static MeanLoss of(double[] logOdds, boolean[] converted, double positiveWeight) {
        double weights = 0;
        double sum = 0;
        for (int row = 0; row < logOdds.length; row++) {
            double weight = converted[row] ? positiveWeight : 1;
            weights += weight;
            sum += weight * LogLoss.ofRow(logOdds[row], converted[row]);
        }
        double mean = sum / weights;
        double squares = 0;
        for (int row = 0; row < logOdds.length; row++) {
            double deviation =
                    (converted[row] ? positiveWeight : 1) * (LogLoss.ofRow(logOdds[row], converted[row]) - mean);
            squares += deviation * deviation;
        }
        int n = logOdds.length;
        return new MeanLoss(mean, Math.sqrt(squares * n / (n - 1.0)) / weights);
    }

    /** By how many standard errors of the difference this mean lies above that of other rows. */
    double above(MeanLoss other) {
        return (value - other.value) / differenceStandardError(other);
    }

    /** The standard error of the difference to the mean of other rows. */
    double differenceStandardError(MeanLoss other) {
        return Math.hypot(standardError, other.standardError);
    }
}
