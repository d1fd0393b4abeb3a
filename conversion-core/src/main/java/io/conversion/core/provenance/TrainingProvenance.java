package io.conversion.core.provenance;

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
 * @param seed the seed of everything that was drawn at random, such as folds; 0 if nothing was
 * @param shapes which shapes were to be had, such as {@code linear} or {@code auto}
 * @param penaltyChoice how the penalty came about, such as {@code given} or {@code cv}
 * @param gate the checks of the publish gate, with the refusals that were overridden and why
 * @param holdout the figures of the model on hold-out rows; none before an evaluation
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
        List<String> warnings,
        long seed,
        String shapes,
        String penaltyChoice,
        List<GateCheck> gate,
        List<Metric> holdout) {

    /** Shapes that were not chosen: each numeric signal is a line. */
    public static final String LINEAR = "linear";
    /** A penalty that was given, not chosen. */
    public static final String GIVEN = "given";

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
                        .allMatch(TrainingProvenance::isSentence),
                "an excluded column, a software version or a warning is blank, too long or malformed");
        require(ArtifactText.isName(shapes), "its shapes are not valid: " + ArtifactText.NAME);
        require(ArtifactText.isName(penaltyChoice), "its choice of the penalty is not valid: " + ArtifactText.NAME);
        gate.forEach(TrainingProvenance::require);
        holdout.forEach(metric ->
                require(ArtifactText.isName(metric.name()), "the name of a metric is not valid: " + ArtifactText.NAME));
        gate = List.copyOf(gate);
        holdout = List.copyOf(holdout);
        excluded = List.copyOf(excluded);
        software = Collections.unmodifiableMap(new TreeMap<>(software));
        warnings = List.copyOf(warnings);
    }

    /**
     * States what every training has. The rest is said by the methods that return a changed copy; without them nothing was
     * drawn at random, all shapes are linear, the penalty was given, nothing was checked and there is no evaluation.
     *
     * @param published the moment at which the model was published
     * @param label the column that held the outcome
     * @param positive the value of the label that counts as converted
     * @param excluded the columns of the training data that were declared not to be signals
     * @param rows the number of training rows
     * @param positives how many of them converted
     * @param dataDigest SHA-256 of the training rows
     * @param penalty the L2 penalty lambda
     * @param standardised whether numeric signals were standardised before the penalty was applied
     * @param software the versions of the software that trained the model, by name
     * @param warnings what the training warned of, in whole sentences
     * @throws IllegalArgumentException if a text is not one that an artifact can hold, or a number is impossible
     */
    public TrainingProvenance(
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
        this(
                published,
                label,
                positive,
                excluded,
                rows,
                positives,
                dataDigest,
                penalty,
                standardised,
                software,
                warnings,
                0,
                LINEAR,
                GIVEN,
                List.of(),
                List.of());
    }

    /**
     * States the seed.
     *
     * @param number the seed of everything that was drawn at random
     * @return the changed copy
     */
    public TrainingProvenance seed(long number) {
        return new TrainingProvenance(
                published,
                label,
                positive,
                excluded,
                rows,
                positives,
                dataDigest,
                penalty,
                standardised,
                software,
                warnings,
                number,
                shapes,
                penaltyChoice,
                gate,
                holdout);
    }

    /**
     * States which shapes were to be had.
     *
     * @param which such as {@code linear} or {@code auto}
     * @return the changed copy
     */
    public TrainingProvenance shapes(String which) {
        return new TrainingProvenance(
                published,
                label,
                positive,
                excluded,
                rows,
                positives,
                dataDigest,
                penalty,
                standardised,
                software,
                warnings,
                seed,
                which,
                penaltyChoice,
                gate,
                holdout);
    }

    /**
     * States how the penalty came about.
     *
     * @param how such as {@code given} or {@code cv}
     * @return the changed copy
     */
    public TrainingProvenance penaltyChoice(String how) {
        return new TrainingProvenance(
                published,
                label,
                positive,
                excluded,
                rows,
                positives,
                dataDigest,
                penalty,
                standardised,
                software,
                warnings,
                seed,
                shapes,
                how,
                gate,
                holdout);
    }

    /**
     * States what the publish gate found.
     *
     * @param checks the checks, with the refusals that were overridden and why
     * @return the changed copy
     */
    public TrainingProvenance gate(List<GateCheck> checks) {
        return new TrainingProvenance(
                published,
                label,
                positive,
                excluded,
                rows,
                positives,
                dataDigest,
                penalty,
                standardised,
                software,
                warnings,
                seed,
                shapes,
                penaltyChoice,
                checks,
                holdout);
    }

    /**
     * States the figures of the model on hold-out rows.
     *
     * @param metrics the figures
     * @return the changed copy
     */
    public TrainingProvenance holdout(List<Metric> metrics) {
        return new TrainingProvenance(
                published,
                label,
                positive,
                excluded,
                rows,
                positives,
                dataDigest,
                penalty,
                standardised,
                software,
                warnings,
                seed,
                shapes,
                penaltyChoice,
                gate,
                metrics);
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

    private static void require(GateCheck check) {
        String named = "check " + ArtifactText.quoted(check.name()) + " ";
        require(ArtifactText.isName(check.name()), named + "has no valid name: " + ArtifactText.NAME);
        require(ArtifactText.isText(check.subject()), named + "has a subject that is too long or malformed");
        require(isSentence(check.sentence()), named + "has a sentence that is blank, too long or malformed");
        require(
                check.override().map(TrainingProvenance::isSentence).orElse(true),
                named + "is overridden for a reason that is blank, too long or malformed");
        require(
                check.override().isEmpty() || check.verdict() == GateCheck.Verdict.REFUSED,
                named + "is overridden and was not refused");
    }

    private static boolean isSentence(String text) {
        return !text.isBlank() && ArtifactText.isText(text);
    }
}
