package io.conversion.model.comparison;

import io.conversion.model.evaluation.Evaluation;
import io.conversion.model.evaluation.ModelDifference.Difference;
import java.util.List;

/**
 * One approach, measured on users whom it was not trained on. Immutable and safe to share between threads.
 *
 * @param approach the approach
 * @param choices what was chosen on the training rows, in words; one entry for each training, that is for each fold
 * @param evaluation its figures
 * @param rocAucGain its ROC AUC minus that of our model, with a paired bootstrap interval; positive if it ranks better, all
 *     zero for our model itself
 * @param logLossGain the mean log loss of our model minus its own, in nats, with a paired bootstrap interval; positive if it
 *     fits better, all zero for our model itself
 */
public record Contender(
        Approach approach, List<String> choices, Evaluation evaluation, Difference rocAucGain, Difference logLossGain) {

    /** Copies the choices. {@inheritDoc} */
    public Contender {
        choices = List.copyOf(choices);
    }
}
