package io.conversion.model.comparison;

import io.conversion.model.evaluation.Evaluation;
import io.conversion.model.evaluation.ModelDifference.Difference;
import java.util.List;
import java.util.Locale;

/**
 * What a black box would gain over our model, and what simpler approaches would lose. Made by {@link ModelComparison}.
 * Immutable and safe to share between threads.
 *
 * @param contenders all approaches, in the order of {@link Approach}
 * @param blackBox the black box that stands for what is given up: the one with the lower log loss of training rows that
 *     were held out while it was tuned. It is not chosen by the users that are measured on, so that its gain is not
 *     flattered
 * @param notes what to know of how it was measured, such as a sample; mostly empty
 */
public record InterpretabilityCost(List<Contender> contenders, Approach blackBox, List<String> notes) {

    /**
     * Copies the lists. {@inheritDoc}
     *
     * @throws IllegalArgumentException if the contenders are not one of each approach in their order, or the black box is
     *     none
     */
    public InterpretabilityCost {
        contenders = List.copyOf(contenders);
        notes = List.copyOf(notes);
        if (!contenders.stream().map(Contender::approach).toList().equals(List.of(Approach.values()))) {
            throw new IllegalArgumentException(
                    "the contenders must be one of each approach, in the order of " + List.of(Approach.values()));
        }
        if (!blackBox.isBlackBox()) {
            throw new IllegalArgumentException("the " + blackBox + " is not a black box");
        }
    }

    /**
     * The contender of an approach.
     *
     * @param approach the approach
     * @return its figures and differences
     */
    public Contender contender(Approach approach) {
        return contenders.stream()
                .filter(contender -> contender.approach() == approach)
                .findFirst()
                .orElseThrow();
    }

    /**
     * Whether the log loss that the black box saves is more than noise.
     *
     * @return whether the whole interval of its gain is positive
     */
    public boolean isBeyondNoise() {
        return contender(blackBox).logLossGain().interval().lower() > 0;
    }

    /**
     * The answer in a sentence: what the black box gains over our model, with intervals, and whether that is beyond noise.
     * Log loss decides, since it counts both ranking and calibration.
     *
     * @return the sentence
     */
    public String sentence() {
        Contender best = contender(blackBox);
        Difference logLoss = best.logLossGain();
        String figures = String.format(
                Locale.ROOT,
                "%.4f of log loss (%.0f %% interval %s) and %.4f of ROC AUC (%s)",
                logLoss.value(),
                100 * Evaluation.LEVEL,
                ends(logLoss),
                best.rocAucGain().value(),
                ends(best.rocAucGain()));
        if (isBeyondNoise()) {
            return "Being readable has a cost here: " + blackBox + " gains " + figures + " over our model.";
        }
        return logLoss.isBeyondNoise()
                ? "Being readable costs nothing here: " + blackBox + " does worse than our model; its gain is "
                        + figures + "."
                : "Being readable shows no cost here: what " + blackBox + " gains over our model, " + figures
                        + ", is within noise.";
    }

    private static String ends(Difference difference) {
        return String.format(
                Locale.ROOT,
                "%.4f to %.4f",
                difference.interval().lower(),
                difference.interval().upper());
    }
}
