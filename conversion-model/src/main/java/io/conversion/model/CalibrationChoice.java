package io.conversion.model;

import io.conversion.core.shapes.Calibration;
import io.conversion.model.data.InvalidDataException;
import io.conversion.model.fit.LogLoss;
import io.conversion.model.fit.MeanEstimate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Chooses and fits the calibration of a model from out-of-fold log-odds.
 *
 * <p>Each method is judged by the log loss of cross-fitted probabilities: the calibration of the rows of a fold is fitted
 * on the rows of the other folds. {@link CalibrationMethod#AUTO} starts from none; Platt replaces none, and isotonic
 * replaces what is in place, if the log loss falls by more than one standard error of the paired row differences. The
 * calibration itself is then fitted on all rows.
 *
 * <p>The cross-fitted log-odds are what the slope and the intercept of the calibration are to be measured on: no row has
 * been part of its own calibration. They do not show what the choice between the methods gains by luck.
 *
 * <p>Immutable and safe to share between threads.
 */
public final class CalibrationChoice {

    private final CalibrationMethod chosen;
    private final Calibration calibration;
    private final List<CalibrationCandidate> candidates;
    private final double[] crossFitted;

    private CalibrationChoice(Fitted chosen, List<CalibrationCandidate> candidates) {
        this.chosen = chosen.method;
        this.calibration = chosen.calibration;
        this.candidates = List.copyOf(candidates);
        this.crossFitted = chosen.crossFitted;
    }

    /**
     * Chooses and fits.
     *
     * @param method the method, or {@link CalibrationMethod#AUTO} for the best one
     * @param logOdds the out-of-fold raw log-odds by row
     * @param converted whether the user of each row converted
     * @param folds the fold of each row, from 0, at least two of them
     * @return the choice
     * @throws IllegalArgumentException if the arrays differ in length, a number is not finite, a fold is negative, or all
     *     rows are of one fold
     * @throws InvalidDataException if the named method cannot be fitted, or outside a fold all rows are of one outcome
     */
    public static CalibrationChoice of(CalibrationMethod method, double[] logOdds, boolean[] converted, int[] folds) {
        CalibrationData.of(logOdds, converted);
        checkFolds(folds, converted.length);
        Fitted none = new Fitted(CalibrationMethod.NONE, new Calibration.None(), logOdds.clone(), converted);
        Fitted chosen = none;
        List<CalibrationCandidate> candidates = new ArrayList<>(List.of(none.against(none)));
        for (CalibrationMethod candidate : List.of(CalibrationMethod.PLATT, CalibrationMethod.ISOTONIC)) {
            if (method != CalibrationMethod.AUTO && method != candidate) {
                continue;
            }
            Fitted fitted;
            try {
                fitted = fit(candidate, logOdds, converted, folds);
            } catch (InvalidDataException e) {
                if (method == candidate) {
                    throw e;
                }
                candidates.add(refused(candidate, e.getMessage()));
                continue;
            }
            candidates.add(fitted.against(none));
            CalibrationCandidate gain = fitted.against(chosen);
            chosen = method == candidate || gain.gain() > gain.gainStandardError() ? fitted : chosen;
        }
        return new CalibrationChoice(chosen, candidates);
    }

    private static void checkFolds(int[] folds, int rows) {
        if (folds.length != rows) {
            throw new IllegalArgumentException(folds.length + " folds do not match " + rows + " rows");
        }
        if (IntStream.of(folds).anyMatch(fold -> fold < 0)
                || IntStream.of(folds).distinct().count() < 2) {
            throw new IllegalArgumentException("folds are numbered from 0, and at least two are needed");
        }
    }

    private static CalibrationCandidate refused(CalibrationMethod method, @Nullable String reason) {
        return new CalibrationCandidate(method, Double.NaN, Double.NaN, Double.NaN, Double.NaN, reason);
    }

    private static Fitted fit(CalibrationMethod method, double[] logOdds, boolean[] converted, int[] folds) {
        double[] crossFitted = new double[logOdds.length];
        for (int fold : IntStream.of(folds).distinct().sorted().toArray()) {
            Calibration others = fit(method, logOdds, converted, folds, fold);
            for (int i = 0; i < folds.length; i++) {
                crossFitted[i] = folds[i] == fold ? others.of(logOdds[i]) : crossFitted[i];
            }
        }
        return new Fitted(method, fit(method, logOdds, converted, folds, -1), crossFitted, converted);
    }

    private static Calibration fit(
            CalibrationMethod method, double[] logOdds, boolean[] converted, int[] folds, int leftOut) {
        int[] rows = IntStream.range(0, folds.length)
                .filter(i -> folds[i] != leftOut)
                .toArray();
        double[] given = IntStream.of(rows).mapToDouble(i -> logOdds[i]).toArray();
        boolean[] outcomes = new boolean[rows.length];
        for (int i = 0; i < rows.length; i++) {
            outcomes[i] = converted[rows[i]];
        }
        return method == CalibrationMethod.PLATT
                ? PlattScaling.fit(given, outcomes)
                : IsotonicScaling.fit(given, outcomes);
    }

    /**
     * The method that was chosen.
     *
     * @return the method, not {@link CalibrationMethod#AUTO}
     */
    public CalibrationMethod chosen() {
        return chosen;
    }

    /**
     * The calibration, fitted on all rows.
     *
     * @return the map from raw to calibrated log-odds
     */
    public Calibration calibration() {
        return calibration;
    }

    /**
     * What each method reached: none, then those that were tried.
     *
     * @return the candidates
     */
    public List<CalibrationCandidate> candidates() {
        return candidates;
    }

    /**
     * Calibrated log-odds of each row by the calibration of the other folds.
     *
     * @return a fresh array, by row
     */
    public double[] crossFittedLogOdds() {
        return crossFitted.clone();
    }

    /** One method, fitted on all rows, with its cross-fitted log-odds and losses. */
    private static final class Fitted {

        private final CalibrationMethod method;
        private final Calibration calibration;
        private final double[] crossFitted;
        private final double[] losses;

        private Fitted(CalibrationMethod method, Calibration calibration, double[] crossFitted, boolean[] converted) {
            this.method = method;
            this.calibration = calibration;
            this.crossFitted = crossFitted;
            this.losses = new double[converted.length];
            for (int i = 0; i < losses.length; i++) {
                losses[i] = LogLoss.ofRow(crossFitted[i], converted[i]);
            }
        }

        private CalibrationCandidate against(Fitted other) {
            double[] saved = new double[losses.length];
            for (int i = 0; i < saved.length; i++) {
                saved[i] = other.losses[i] - losses[i];
            }
            MeanEstimate loss = MeanEstimate.of(losses);
            MeanEstimate gain = MeanEstimate.of(saved);
            return new CalibrationCandidate(
                    method, loss.value(), loss.standardError(), gain.value(), gain.standardError(), null);
        }
    }
}
