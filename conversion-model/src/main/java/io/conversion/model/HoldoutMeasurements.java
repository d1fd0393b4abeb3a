package io.conversion.model;

import io.conversion.model.design.RepeatedRows;
import io.conversion.model.evaluation.Evaluation;
import org.jspecify.annotations.Nullable;

/**
 * What the publish gate measures of a fit on rows that it was not trained on, before it is held against any limit.
 *
 * @param repeated the hold-out rows that repeat a training row
 * @param rarer the hold-out rows of the rarer outcome
 * @param comparison the hold-out against the training rows; null if an outcome has too few rows in either
 */
record HoldoutMeasurements(
        RepeatedRows repeated, int rarer, @Nullable Comparison comparison) {

    /** Rows of either outcome, in the hold-out and in training, below which nothing is compared. */
    static final int LEAST = 10;

    /**
     * Measures.
     *
     * @param repeated the hold-out rows that repeat a training row
     * @param holdout the hold-out rows as the published model scores them
     * @param training the training rows, each as the fit without its fold scores it; null if there is none
     * @param shift what a declared base rate adds to all log-odds of the published model
     */
    static HoldoutMeasurements of(
            RepeatedRows repeated, ScoredRows holdout, @Nullable ScoredRows training, double shift) {
        if (training == null || Math.min(holdout.rarer(), training.rarer()) < LEAST) {
            return new HoldoutMeasurements(repeated, holdout.rarer(), null);
        }
        // Training rows that were sampled by their outcome stand for as many users as the odds say.
        MeanLoss expected = training.shifted(shift).loss(StrictMath.exp(shift));
        return new HoldoutMeasurements(
                repeated,
                holdout.rarer(),
                new Comparison(
                        holdout.loss(1),
                        expected,
                        Evaluation.ofLogOdds(holdout.logOdds(), holdout.converted()),
                        holdout.calibration().orElse(null)));
    }

    /**
     * The hold-out against the training rows.
     *
     * @param loss the log loss on the hold-out
     * @param expected the log loss on the training rows, at the base rate where the model is used
     * @param evaluation the evaluation on the hold-out
     * @param line the calibration on the hold-out; null if it has none
     */
    record Comparison(
            MeanLoss loss,
            MeanLoss expected,
            Evaluation evaluation,
            @Nullable CalibrationLine line) {}
}
