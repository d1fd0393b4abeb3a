package io.conversion.core;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Where a trained model comes from, as its artifact states it.
 *
 * @param published the moment at which the model was published
 * @param label the column that held the outcome
 * @param positive the value of the label that counts as converted
 * @param excluded the columns of the training data that were declared not to be signals
 * @param rows the number of training rows
 * @param positives how many of them converted
 * @param dataDigest SHA-256 of the training rows
 * @param penalty the L2 penalty lambda of {@code sum(log loss) + lambda / 2 * |w|^2}; 0 for maximum likelihood
 * @param standardised whether numeric signals were standardised before the penalty was applied
 * @param software the versions of the software that trained the model, by name
 * @param warnings what the training warned of, in whole sentences
 */
public record TrainingProvenance(
        Instant published,
        String label,
        String positive,
        List<String> excluded,
        long rows,
        long positives,
        String dataDigest,
        double penalty,
        boolean standardised,
        Map<String, String> software,
        List<String> warnings) {

    /** Copies the collections. {@inheritDoc} */
    public TrainingProvenance {
        excluded = List.copyOf(excluded);
        software = Collections.unmodifiableMap(new TreeMap<>(software));
        warnings = List.copyOf(warnings);
    }
}
