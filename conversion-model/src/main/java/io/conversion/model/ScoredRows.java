package io.conversion.model;

import io.conversion.model.fit.Logistic;
import java.util.Arrays;
import java.util.Optional;

/**
 * Log-odds of rows by a fit that has not seen them, beside what became of them. Immutable and safe to share between
 * threads.
 */
public final class ScoredRows {

    private final double[] logOdds;
    private final boolean[] converted;

    ScoredRows(double[] logOdds, boolean[] converted) {
        this.logOdds = logOdds;
        this.converted = converted;
    }

    /**
     * The probabilities that the log-odds are.
     *
     * @return a fresh array, by row
     */
    public double[] probabilities() {
        return Arrays.stream(logOdds).map(Logistic::probability).toArray();
    }

    /**
     * The log-odds.
     *
     * @return a fresh array, by row
     */
    public double[] logOdds() {
        return logOdds.clone();
    }

    /**
     * Whether the user of each row converted.
     *
     * @return a fresh array, by row
     */
    public boolean[] converted() {
        return converted.clone();
    }

    /** The rows of the outcome that fewer of them have. */
    int rarer() {
        int positives = 0;
        for (boolean outcome : converted) {
            positives += outcome ? 1 : 0;
        }
        return Math.min(positives, converted.length - positives);
    }

    /** The same rows with a number added to their log-odds. */
    ScoredRows shifted(double shift) {
        return new ScoredRows(Arrays.stream(logOdds).map(f -> f + shift).toArray(), converted);
    }

    /** The log loss, if a row with a conversion stands for so many users against one without. */
    MeanLoss loss(double positiveWeight) {
        return MeanLoss.of(logOdds, converted, positiveWeight);
    }

    /** The calibration; empty if an outcome has no rows, or the outcomes lie apart. */
    Optional<CalibrationLine> calibration() {
        return rarer() == 0 ? Optional.empty() : CalibrationLine.of(logOdds, converted);
    }
}
