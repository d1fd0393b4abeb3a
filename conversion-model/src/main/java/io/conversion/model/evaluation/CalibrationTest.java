package io.conversion.model.evaluation;

import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * Spiegelhalter's test of calibration: whether probabilities that are all right could have met these outcomes.
 *
 * <p>Under calibration {@code sum((y - p)(1 - 2p))} has mean 0 and variance {@code sum((1 - 2p)^2 p (1 - p))}, so that
 * their ratio z is standard normal for many users. It needs no bins, and finds nothing in users of a probability of one
 * half. (Spiegelhalter, Probabilistic Prediction in Patient Management and Clinical Trials, Statistics in Medicine 5,
 * 1986.)
 *
 * @param z how far the Brier score lies above the one that the probabilities expect, in standard errors; NaN if all
 *     probabilities are 0, 1/2 or 1
 * @param p the two-sided p-value, 0 to 1; small if the probabilities do not hold
 */
public record CalibrationTest(double z, double p) {

    static CalibrationTest of(double[] probabilities, boolean[] converted) {
        double sum = 0;
        double variance = 0;
        for (int i = 0; i < probabilities.length; i++) {
            double weight = 1 - 2 * probabilities[i];
            sum += ((converted[i] ? 1 : 0) - probabilities[i]) * weight;
            variance += weight * weight * probabilities[i] * (1 - probabilities[i]);
        }
        double z = variance > 0 ? sum / Math.sqrt(variance) : Double.NaN;
        return new CalibrationTest(
                z, Double.isNaN(z) ? 1 : 2 * NormalDistribution.of(0, 1).survivalProbability(Math.abs(z)));
    }
}
