package io.conversion.core.provenance;

import io.conversion.core.artifact.InvalidArtifactException;
import io.conversion.core.json.ArtifactText;
import io.conversion.core.json.JsonDocument;
import io.conversion.core.json.JsonObject;
import io.conversion.core.json.JsonText;
import io.conversion.core.signals.CategoricalSignal;
import io.conversion.core.signals.FlagSignal;
import io.conversion.core.signals.Signal;
import io.conversion.core.signals.SignalSchema;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * How the signals and the probabilities of a model were distributed over its training rows, so that a service can notice
 * when those of its users drift away. It has no part in a score. Immutable and safe to share between threads.
 */
public final class ReferenceDistribution {

    private final Map<String, SignalDistribution> signals;
    private final SignalDistribution.Numbers probability;

    private ReferenceDistribution(Map<String, SignalDistribution> signals, SignalDistribution.Numbers probability) {
        this.signals = signals;
        this.probability = probability;
    }

    /**
     * Makes a reference distribution of counts.
     *
     * @param signals the distribution of each signal of the schema, by name: {@link SignalDistribution.Numbers} of a
     *     numeric signal as it is scored, {@link SignalDistribution.Levels} of a categorical one,
     *     {@link SignalDistribution.Flags} of a flag
     * @param probability the distribution of the calibrated probability, without a shift to a declared base rate, such
     *     as by its twentieths
     * @return the reference distribution; a model checks it against its schema
     */
    public static ReferenceDistribution of(
            Map<String, ? extends SignalDistribution> signals, SignalDistribution.Numbers probability) {
        return new ReferenceDistribution(Collections.unmodifiableMap(new LinkedHashMap<>(signals)), probability);
    }

    /**
     * Reads a distribution from JSON text.
     *
     * @param json the text, as {@link #toJson()} makes it
     * @return the distribution
     * @throws InvalidArtifactException if the content is refused
     */
    public static ReferenceDistribution fromJson(String json) {
        return JsonDocument.read(json, "reference distribution", ReferenceDistribution::read);
    }

    /**
     * Reads a distribution that is part of another document.
     *
     * @param json maps, lists, texts and numbers, as {@link #toMap()} makes them or a parser of JSON does
     * @return the distribution
     * @throws InvalidArtifactException if the content is refused
     */
    public static ReferenceDistribution ofMap(Map<String, ?> json) {
        return JsonDocument.read(json, "reference distribution", ReferenceDistribution::read);
    }

    private static ReferenceDistribution read(JsonObject root) {
        Optional<ReferenceDistribution> read = ReferenceDistributionFormat.read(root);
        root.refuseIfInvalid();
        return read.orElseThrow();
    }

    /**
     * The distribution as it stands in a model file.
     *
     * @return JSON text
     */
    public String toJson() {
        return JsonText.pretty(toMap());
    }

    /**
     * The distribution as a part of another document.
     *
     * @return maps, lists, texts and numbers
     */
    public Map<String, Object> toMap() {
        return ReferenceDistributionFormat.json(this);
    }

    /**
     * The distributions of the signals.
     *
     * @return the distributions by signal, in the order of the schema if they come from a model
     */
    public Map<String, SignalDistribution> signals() {
        return signals;
    }

    /**
     * The distribution of the calibrated probability over the training rows, without a shift to a declared base rate.
     *
     * @return the counts between edges from 0 to 1; missing are the rows without a probability
     */
    public SignalDistribution.Numbers probability() {
        return probability;
    }

    /**
     * The same with the signals and levels in the order of a schema.
     *
     * @param schema a schema that the distribution has no problem with
     * @return the distribution in its order
     */
    public ReferenceDistribution inOrder(SignalSchema schema) {
        Map<String, SignalDistribution> ordered = new LinkedHashMap<>();
        for (Signal signal : schema.declared()) {
            SignalDistribution distribution = Objects.requireNonNull(signals.get(signal.name()));
            if (signal instanceof CategoricalSignal categorical
                    && distribution instanceof SignalDistribution.Levels levels) {
                Map<String, Long> rows = new LinkedHashMap<>();
                categorical
                        .levels()
                        .forEach(level -> rows.put(level, levels.rows().getOrDefault(level, 0L)));
                distribution = new SignalDistribution.Levels(rows, levels.unseen(), levels.missing());
            }
            ordered.put(signal.name(), distribution);
        }
        return new ReferenceDistribution(ordered, probability);
    }

    /**
     * What does not fit a schema.
     *
     * @param schema the schema of a model
     * @return each problem in a sentence
     */
    public List<String> problems(SignalSchema schema) {
        List<String> problems = new ArrayList<>();
        for (Signal signal : schema.declared()) {
            SignalDistribution distribution = signals.get(signal.name());
            if (distribution == null) {
                problems.add("the reference distribution has no signal " + ArtifactText.quoted(signal.name()));
            } else if (!fits(signal, distribution)) {
                problems.add("the reference distribution of signal " + ArtifactText.quoted(signal.name())
                        + " is of another kind or has other levels than the schema");
            }
        }
        signals.keySet().stream()
                .filter(name -> schema.position(name) < 0)
                .forEach(name -> problems.add("the reference distribution has " + ArtifactText.quoted(name)
                        + ", which is not in schema " + schema));
        List<Double> edges = probability.edges();
        if (!(edges.get(0) >= 0 && edges.get(edges.size() - 1) <= 1)) {
            problems.add("the reference distribution of the probability has edges outside 0 to 1");
        }
        return problems;
    }

    private static boolean fits(Signal signal, SignalDistribution distribution) {
        return signal instanceof CategoricalSignal categorical
                ? distribution instanceof SignalDistribution.Levels levels
                        && categorical.levels().size() == levels.rows().size()
                        && levels.rows().keySet().containsAll(categorical.levels())
                : signal instanceof FlagSignal
                        ? distribution instanceof SignalDistribution.Flags
                        : distribution instanceof SignalDistribution.Numbers;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ReferenceDistribution given
                && signals.equals(given.signals)
                && probability.equals(given.probability);
    }

    @Override
    public int hashCode() {
        return 31 * signals.hashCode() + probability.hashCode();
    }
}
