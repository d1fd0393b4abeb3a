package io.conversion.core.provenance;

import io.conversion.core.artifact.InvalidArtifactException;
import io.conversion.core.json.ArtifactText;
import io.conversion.core.json.JsonDocument;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;

/**
 * Where a trained model comes from, as its artifact states it.
 *
 * @param published the moment at which the model was published
 * @param data the rows that it was trained on
 * @param fit how it was trained on them
 * @param gate the checks of the publish gate, with the refusals that were overridden and why
 * @param holdout the figures of the model on hold-out rows; none before an evaluation
 */
public record TrainingProvenance(Instant published, Data data, Fit fit, List<GateCheck> gate, List<Metric> holdout) {

    /**
     * Copies the lists. {@inheritDoc}
     *
     * @throws IllegalArgumentException if a text is not one that an artifact can hold
     */
    public TrainingProvenance {
        gate.forEach(TrainingProvenance::require);
        holdout.forEach(metric ->
                require(ArtifactText.isName(metric.name()), "the name of a metric is not valid: " + ArtifactText.NAME));
        gate = List.copyOf(gate);
        holdout = List.copyOf(holdout);
    }

    /**
     * States a training of which nothing was checked or evaluated yet.
     *
     * @param published the moment at which the model was published
     * @param data the rows that it was trained on
     * @param fit how it was trained on them
     */
    public TrainingProvenance(Instant published, Data data, Fit fit) {
        this(published, data, fit, List.of(), List.of());
    }

    /**
     * Reads a provenance that is part of another document.
     *
     * @param json maps, lists, texts, numbers and truth values, as {@link #toMap()} makes them or a parser of JSON does
     * @return the provenance
     * @throws InvalidArtifactException if the content is refused
     */
    public static TrainingProvenance ofMap(Map<String, ?> json) {
        return JsonDocument.read(json, "training provenance", root -> {
            Optional<TrainingProvenance> read = TrainingFormat.read(root);
            root.refuseIfInvalid();
            return read.orElseThrow();
        });
    }

    /**
     * The provenance as a part of another document.
     *
     * @return maps, lists, texts, numbers and truth values
     */
    public Map<String, Object> toMap() {
        return TrainingFormat.json(this);
    }

    /**
     * States what the publish gate found.
     *
     * @param checks the checks, with the refusals that were overridden and why
     * @return the changed copy
     */
    public TrainingProvenance gate(List<GateCheck> checks) {
        return new TrainingProvenance(published, data, fit, checks, holdout);
    }

    /**
     * States the figures of the model on hold-out rows.
     *
     * @param metrics the figures
     * @return the changed copy
     */
    public TrainingProvenance holdout(List<Metric> metrics) {
        return new TrainingProvenance(published, data, fit, gate, metrics);
    }

    /**
     * The rows that a model was trained on.
     *
     * @param label the column that held the outcome
     * @param positive the value of the label that counts as converted
     * @param excluded the columns that were declared not to be signals
     * @param rows the number of rows
     * @param positives how many of them converted
     * @param digest SHA-256 of the rows
     */
    public record Data(String label, String positive, List<String> excluded, long rows, long positives, String digest) {

        /**
         * Copies the excluded columns. {@inheritDoc}
         *
         * @throws IllegalArgumentException if a text is not one that an artifact can hold, or a number is impossible
         */
        public Data {
            requireName("label", label);
            requireName("positive value", positive);
            require(ArtifactText.isDigest(digest), "its data digest is not sha256: and 64 hexadecimal digits");
            require(positives >= 0 && positives <= rows, "it has " + positives + " positives in " + rows + " rows");
            requireSentences(excluded);
            excluded = List.copyOf(excluded);
        }

        /**
         * The share of the rows that converted.
         *
         * @return the base rate, 0 to 1; empty if there were no rows
         */
        public OptionalDouble baseRate() {
            return rows == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) positives / rows);
        }
    }

    /**
     * How a model was trained.
     *
     * @param shapes which shapes were to be had, such as {@code linear} or {@code auto}
     * @param penalty the L2 penalty lambda of {@code sum(log loss) + lambda / 2 * |w|^2}; 0 for maximum likelihood
     * @param penaltyChoice how the penalty came about, such as {@code given} or {@code cv}
     * @param standardised whether numeric signals were standardised before the penalty was applied
     * @param seed the seed of everything that was drawn at random, such as folds; 0 if nothing was
     * @param software the versions of the software that trained the model, by name
     * @param warnings what the training warned of, in whole sentences
     */
    public record Fit(
            String shapes,
            double penalty,
            String penaltyChoice,
            boolean standardised,
            long seed,
            Map<String, String> software,
            List<String> warnings) {

        /** Shapes that were not chosen: each numeric signal is a line. */
        public static final String LINEAR = "linear";
        /** A penalty that was given, not chosen. */
        public static final String GIVEN = "given";

        /**
         * Copies the collections. {@inheritDoc}
         *
         * @throws IllegalArgumentException if a text is not one that an artifact can hold, or a number is impossible
         */
        public Fit {
            require(
                    penalty >= 0 && penalty < Double.POSITIVE_INFINITY,
                    "its penalty is " + penalty + "; it must be a finite number of at least 0");
            requireSentences(software.keySet());
            requireSentences(software.values());
            requireSentences(warnings);
            require(ArtifactText.isName(shapes), "its shapes are not valid: " + ArtifactText.NAME);
            requireName("choice of the penalty", penaltyChoice);
            software = Collections.unmodifiableMap(new TreeMap<>(software));
            warnings = List.copyOf(warnings);
        }
    }

    private static void require(boolean holds, String problem) {
        if (!holds) {
            throw new IllegalArgumentException("training provenance: " + problem);
        }
    }

    private static void requireName(String what, String text) {
        require(ArtifactText.isName(text), "its " + what + " is not valid: " + ArtifactText.NAME);
    }

    private static void requireSentences(Collection<String> texts) {
        require(
                texts.stream().allMatch(TrainingProvenance::isSentence),
                "an excluded column, a software version or a warning is blank, too long or malformed");
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
