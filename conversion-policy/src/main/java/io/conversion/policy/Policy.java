package io.conversion.policy;

import io.conversion.core.artifact.InvalidArtifactException;
import io.conversion.core.json.AtomicFile;
import io.conversion.core.json.JsonDocument;
import io.conversion.core.json.JsonText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A named, versioned set of bands over the probability of conversion, and the action to fall back on.
 *
 * <p>Bands are listed by their lower bounds only, so gaps and overlaps cannot be written: every probability from 0 to 1
 * has exactly one band, and a bound belongs to the upper one. Immutable and safe to share between threads. The file
 * format is described in {@code docs/policy-format.md}.
 */
public final class Policy {

    private static final Logger LOG = LoggerFactory.getLogger(Policy.class);

    private final PolicyReference reference;
    private final ModelRequirement model;
    private final List<Band> bands;
    private final String fallbackAction;
    private final double[] from;

    private Policy(String name, String version, ModelRequirement model, List<Band> bands, String fallbackAction) {
        this.model = model;
        this.bands = List.copyOf(bands);
        this.fallbackAction = fallbackAction;
        this.from = bands.stream().mapToDouble(Band::from).toArray();
        this.reference = new PolicyReference(name, version, JsonText.digest(PolicyFormat.content(name, version, this)));
    }

    /**
     * Makes a policy.
     *
     * @param name the name of the policy
     * @param version its version
     * @param model the model that it was tuned for
     * @param bands the bands in ascending order, the first one from 0
     * @param fallbackAction what the host is to do where no decision can be made
     * @return the policy
     * @throws IllegalArgumentException if the parts do not make a policy; the message lists every problem
     */
    public static Policy of(
            String name, String version, ModelRequirement model, List<Band> bands, String fallbackAction) {
        List<String> problems = new ArrayList<>();
        PolicyCheck.check(
                name, version, model.name(), bands, fallbackAction, problem -> problems.add(problem.sentence()));
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(
                    "policy \"" + name + "\" " + version + ": " + String.join("\n  ", problems));
        }
        return new Policy(name, version, model, bands, fallbackAction);
    }

    /**
     * Loads a policy from its file, which is checked completely first. A file without a digest is a draft and is
     * accepted; one with a wrong digest is not.
     *
     * @param file the file
     * @return the policy
     * @throws IOException if the file cannot be read
     * @throws InvalidArtifactException if its content is refused
     */
    public static Policy load(Path file) throws IOException {
        Policy policy = JsonDocument.read(file, PolicyFormat::read);
        LOG.info("loaded policy {} from {}", policy.reference, file);
        return policy;
    }

    /**
     * Reads a policy from the text of its file.
     *
     * @param json the text
     * @return the policy
     * @throws InvalidArtifactException if the content is refused
     */
    public static Policy fromJson(String json) {
        return JsonDocument.read(json.getBytes(StandardCharsets.UTF_8), "policy", PolicyFormat::read);
    }

    /**
     * The text of the policy's file, sealed with its digest.
     *
     * @return JSON text
     */
    public String toJson() {
        return JsonText.pretty(PolicyFormat.file(this));
    }

    /**
     * Writes the policy's file, completely or not at all.
     *
     * @param file the file; an existing one is replaced
     * @throws IOException if the file cannot be written
     */
    public void save(Path file) throws IOException {
        AtomicFile.write(file, toJson());
    }

    /**
     * The band of a probability: the last one whose lower bound is not above it.
     *
     * @param probability the probability
     * @return the band; empty for NaN and for numbers outside 0 to 1
     */
    public Optional<Band> bandOf(double probability) {
        int band = bandIndex(probability);
        return band < 0 ? Optional.empty() : Optional.of(bands.get(band));
    }

    /** The index of the band of a probability; -1 for NaN and for numbers outside 0 to 1. */
    int bandIndex(double probability) {
        if (!(probability >= 0 && probability <= 1)) {
            return -1;
        }
        int band = from.length - 1;
        while (probability < from[band]) {
            band--;
        }
        return band;
    }

    /**
     * Name, version and digest.
     *
     * @return the reference
     */
    public PolicyReference reference() {
        return reference;
    }

    /**
     * The name of the policy.
     *
     * @return the name
     */
    public String name() {
        return reference.name();
    }

    /**
     * The version of the policy.
     *
     * @return the version
     */
    public String version() {
        return reference.version();
    }

    /**
     * The model that the policy was tuned for.
     *
     * @return the requirement that a score's model must meet
     */
    public ModelRequirement model() {
        return model;
    }

    /**
     * The bands in ascending order.
     *
     * @return the bands, at least one
     */
    public List<Band> bands() {
        return bands;
    }

    /**
     * What the host is to do where no decision can be made.
     *
     * @return the action
     */
    public String fallbackAction() {
        return fallbackAction;
    }

    /** The reference of the policy. */
    @Override
    public String toString() {
        return reference.toString();
    }
}
