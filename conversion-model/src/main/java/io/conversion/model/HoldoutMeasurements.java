package io.conversion.model;

import io.conversion.model.design.RepeatedRows;
import io.conversion.model.fit.LogLoss;
import io.conversion.model.fit.Logistic;
import io.conversion.model.fit.MeanEstimate;
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
                        Skill.of(holdout),
                        holdout.calibration().orElse(null)));
    }

    /**
     * The hold-out against the training rows.
     *
     * @param loss the log loss on the hold-out
     * @param expected the log loss on the training rows, at the base rate where the model is used
     * @param skill the hold-out against its base rate
     * @param line the calibration on the hold-out; null if it has none
     */
    record Comparison(
            MeanLoss loss,
            MeanLoss expected,
            Skill skill,
            @Nullable CalibrationLine line) {}

    /**
     * Probabilities against the base rate for everybody.
     *
     * @param none the log loss of the base rate for everybody
     * @param baseRate the share of the rows that converted
     * @param predicted the mean probability
     * @param saved the mean log loss that the probabilities save, and its standard error
     */
    record Skill(double none, double baseRate, double predicted, MeanEstimate saved) {

        static Skill of(ScoredRows rows) {
            double[] logOdds = rows.logOdds();
            boolean[] converted = rows.converted();
            int positives = 0;
            for (boolean outcome : converted) {
                positives += outcome ? 1 : 0;
            }
            double baseRate = (double) positives / converted.length;
            double ofBaseRate = Logistic.logOdds(baseRate);
            double[] saved = new double[converted.length];
            double[] none = new double[converted.length];
            for (int i = 0; i < saved.length; i++) {
                none[i] = LogLoss.ofRow(ofBaseRate, converted[i]);
                saved[i] = none[i] - LogLoss.ofRow(logOdds[i], converted[i]);
            }
            return new Skill(
                    MeanEstimate.mean(none), baseRate, MeanEstimate.mean(rows.probabilities()), MeanEstimate.of(saved));
        }

        /** Whether the probabilities lose against the base rate, beyond noise. */
        boolean isBelowNone() {
            return saved.value() < -MeanEstimate.BEYOND_NOISE * saved.standardError();
        }
    }
}
