package io.conversion.model.evaluation;

import io.conversion.model.CalibrationLine;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What a model is fit for, by users that it was not trained on: to rank users, to believe its probabilities, or for
 * neither. Whoever only picks the first so many users needs the ranking; whoever decides by a threshold needs the
 * probabilities, too.
 *
 * @param ranks whether users are ranked better than by chance: the interval of the ROC AUC lies above one half
 * @param predicts whether probabilities hold as well: they beat the base rate for everybody in log loss, and neither the
 *     interval of the calibration slope lies outside of {@value #LEAST_SLOPE} to {@value #MOST_SLOPE} nor that of the
 *     calibration shift outside of {@value #MOST_SHIFT} log-odds in either direction
 * @param isInDoubt whether it is fit, but an interval of slope or shift excludes that the calibration is perfect
 * @param reasons why it is unfit or in doubt, as sentences without a full stop
 */
public record Fitness(boolean ranks, boolean predicts, boolean isInDoubt, List<String> reasons) {

    /** The least slope at which probabilities are still of use. */
    public static final double LEAST_SLOPE = 0.8;

    /** The largest one. */
    public static final double MOST_SLOPE = 1.25;

    /** How far log-odds may be off on average. */
    public static final double MOST_SHIFT = 0.2;

    /** Copies the list. {@inheritDoc} */
    public Fitness {
        reasons = List.copyOf(reasons);
    }

    static Fitness of(Evaluation evaluation) {
        List<String> reasons = new ArrayList<>();
        boolean ranks = evaluation.rocAuc().lower() > 0.5;
        if (!ranks) {
            reasons.add(String.format(
                    Locale.ROOT,
                    "its ranking %s (ROC AUC %.3f, interval %.3f to %.3f)",
                    evaluation.rocAuc().upper() < 0.5 ? "is the wrong way round" : "cannot be told from chance",
                    evaluation.rocAuc().value(),
                    evaluation.rocAuc().lower(),
                    evaluation.rocAuc().upper()));
        }
        boolean beats = evaluation.logLoss() < evaluation.nullLogLoss();
        if (!beats) {
            reasons.add(String.format(
                    Locale.ROOT,
                    "its log loss is %.4f, and the base rate for everybody has %.4f",
                    evaluation.logLoss(),
                    evaluation.nullLogLoss()));
        }
        Off shift = shift(evaluation, reasons);
        Off slope = slope(evaluation, reasons);
        boolean predicts = ranks && beats && shift != Off.TOO_FAR && slope != Off.TOO_FAR;
        return new Fitness(ranks, predicts, predicts && (shift == Off.BY_LITTLE || slope == Off.BY_LITTLE), reasons);
    }

    private static Off shift(Evaluation evaluation, List<String> reasons) {
        Optional<CalibrationLine.Estimate> shift = evaluation.calibrationShift().known();
        Off off = shift.map(of -> Off.of(of, 0, -MOST_SHIFT, MOST_SHIFT)).orElse(Off.NOT);
        if (off != Off.NOT) {
            reasons.add(String.format(
                    Locale.ROOT,
                    "it says that %.3g %% convert, and %.3g %% did",
                    100 * evaluation.meanPredicted(),
                    100 * evaluation.baseRate()));
        }
        return off;
    }

    private static Off slope(Evaluation evaluation, List<String> reasons) {
        Optional<CalibrationLine.Estimate> slope = evaluation.calibrationSlope().known();
        Off off = slope.map(of -> Off.of(of, 1, LEAST_SLOPE, MOST_SLOPE)).orElse(Off.NOT);
        if (off != Off.NOT) {
            reasons.add(String.format(
                    Locale.ROOT,
                    "its probabilities are %s (calibration slope %.2f, interval %.2f to %.2f)",
                    slope.orElseThrow().value() < 0
                            ? "the wrong way round"
                            : slope.orElseThrow().value() < 1 ? "too extreme" : "too timid",
                    slope.orElseThrow().value(),
                    slope.orElseThrow().lower(),
                    slope.orElseThrow().upper()));
        }
        return off;
    }

    /**
     * The verdict in a few words.
     *
     * @return such as {@code fit for ranking, not for its probabilities}
     */
    public String verdict() {
        return predicts
                ? isInDoubt
                        ? "fit for ranking, and with care for its probabilities"
                        : "fit for ranking and for its probabilities"
                : ranks
                        ? "fit for ranking, not for its probabilities"
                        : "fit neither for ranking nor for its probabilities";
    }

    /** How far a measure of the calibration is off. */
    private enum Off {
        NOT,
        BY_LITTLE,
        TOO_FAR;

        static Off of(CalibrationLine.Estimate estimate, double perfect, double least, double most) {
            if (estimate.upper() < least || estimate.lower() > most) {
                return TOO_FAR;
            }
            return estimate.upper() < perfect || estimate.lower() > perfect ? BY_LITTLE : NOT;
        }
    }
}
