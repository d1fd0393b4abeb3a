package io.conversion.core;

import io.conversion.core.json.ArtifactText;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.stream.Stream;

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

    /**
     * Copies the collections. {@inheritDoc}
     *
     * @throws IllegalArgumentException if a text is not one that an artifact can hold, or a number is impossible
     */
    public TrainingProvenance {
        require(ArtifactText.isName(label), "its label is not valid: " + ArtifactText.NAME);
        require(ArtifactText.isName(positive), "its positive value is not valid: " + ArtifactText.NAME);
        require(ArtifactText.isDigest(dataDigest), "its data digest is not sha256: and 64 hexadecimal digits");
        require(positives >= 0 && positives <= rows, "it has " + positives + " positives in " + rows + " rows");
        require(
                penalty >= 0 && penalty < Double.POSITIVE_INFINITY,
                "its penalty is " + penalty + "; it must be a finite number of at least 0");
        require(
                Stream.of(excluded, software.keySet(), software.values(), warnings)
                        .flatMap(Collection::stream)
                        .allMatch(text -> !text.isBlank() && ArtifactText.isText(text)),
                "an excluded column, a software version or a warning is blank, too long or malformed");
        excluded = List.copyOf(excluded);
        software = Collections.unmodifiableMap(new TreeMap<>(software));
        warnings = List.copyOf(warnings);
    }

    /**
     * The share of the training rows that converted.
     *
     * @return the base rate, 0 to 1; empty if there were no rows
     */
    public OptionalDouble baseRate() {
        return rows == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) positives / rows);
    }

    private static void require(boolean holds, String problem) {
        if (!holds) {
            throw new IllegalArgumentException("training provenance: " + problem);
        }
    }
}
