package io.conversion.policy;

import io.conversion.core.artifact.InvalidArtifactException;
import io.conversion.core.json.AtomicFile;
import io.conversion.core.json.JsonDocument;
import io.conversion.core.json.JsonText;
import io.conversion.core.signals.SignalSchema;
import io.conversion.policy.internal.Wording;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A named, versioned set of bands over the probability of conversion, the guardrails that override them, and the action
 * to fall back on.
 *
 * <p>Bands are listed by their lower bounds only, so gaps and overlaps cannot be written: every probability from 0 to 1
 * has exactly one band, and a bound belongs to the upper one. Immutable and safe to share between threads. The file
 * format is described in {@code docs/policy-format.md}.
 */
public final class Policy {

    private static final Logger LOG = LoggerFactory.getLogger(Policy.class);

    private final PolicyReference reference;
    private final PolicyParts parts;
    private final double[] from;
    private final boolean sealed;

    private Policy(PolicyParts parts, boolean sealed) {
        this.parts = parts;
        this.sealed = sealed;
        this.from = parts.bands().stream().mapToDouble(Band::from).toArray();
        this.reference =
                new PolicyReference(parts.name(), parts.version(), JsonText.digest(PolicyFormat.content(parts)));
    }

    /**
     * Makes a policy of bands and a fallback.
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
        return builder(name, version, model)
                .bands(bands)
                .fallbackAction(fallbackAction)
                .build();
    }

    static Policy of(PolicyParts parts, boolean sealed) {
        List<String> problems = new ArrayList<>();
        PolicyCheck.check(parts, problem -> problems.add(problem.sentence()));
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException("policy " + Wording.quoted(parts.name()) + " " + parts.version() + ": "
                    + String.join("\n  ", problems));
        }
        return new Policy(parts, sealed);
    }

    /**
     * Starts a policy with guardrails or other options.
     *
     * @param name the name of the policy
     * @param version its version
     * @param model the model that it was tuned for
     * @return a builder, for one thread
     */
    public static PolicyBuilder builder(String name, String version, ModelRequirement model) {
        return new PolicyBuilder(name, version, model);
    }

    /**
     * Starts a changed copy.
     *
     * @param version the version of the copy
     * @return a builder with all parts of this policy, for one thread
     */
    public PolicyBuilder toBuilder(String version) {
        return new PolicyBuilder(version, parts);
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
        Policy policy = JsonDocument.read(file, PolicyFormat::readFile);
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
        return JsonDocument.read(json, "policy", PolicyFormat::readFile);
    }

    /**
     * Reads a policy that is part of another document.
     *
     * @param json maps, lists, texts, numbers and truth values, as a parser of JSON makes them
     * @return the policy
     * @throws InvalidArtifactException if the content is refused
     */
    public static Policy ofMap(Map<String, ?> json) {
        return JsonDocument.read(json, "policy", PolicyFormat::read);
    }

    /**
     * Tells whether the policy was read from a file that its digest seals.
     *
     * @return whether it was; false for a draft and for a policy that was not read
     */
    public boolean isSealed() {
        return sealed;
    }

    /**
     * The text of the policy's file, sealed with its digest.
     *
     * @return JSON text
     */
    public String toJson() {
        return JsonText.pretty(PolicyFormat.file(parts, reference.digest()));
    }

    /**
     * The text of a policy's file that people go on to edit: without the digest, which publishing seals it with.
     *
     * @return JSON text
     */
    public String toDraftJson() {
        return JsonText.pretty(PolicyFormat.content(parts));
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
        return band < 0 ? Optional.empty() : Optional.of(bands().get(band));
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
     * The index of the band to decide by: the previous one as long as the probability is below its upper bound plus the
     * margin and not below its lower bound minus the margin, else the plain one.
     */
    int bandIndex(double probability, int previous) {
        int plain = bandIndex(probability);
        if (plain < 0 || previous < 0 || plain == previous) {
            return plain;
        }
        boolean left = plain > previous
                ? probability >= from[previous + 1] + parts.margin()
                : probability < from[previous] - parts.margin();
        return left ? plain : previous;
    }

    /** The index of the band of a segment; -1 if there is none. With a margin there is one at most. */
    int indexOf(String segment) {
        List<Band> bands = bands();
        for (int i = 0; i < bands.size(); i++) {
            if (bands.get(i).segment().equals(segment)) {
                return i;
            }
        }
        return -1;
    }

    /**
     * What of the guardrails does not fit a schema: signals that it does not have, or has as another kind, and levels
     * that it does not list. A score of such a schema is answered by a fallback.
     *
     * @param schema the schema of a model
     * @return the misfits in the order of the guardrails; none if the policy fits
     */
    public List<Misfit> misfits(SignalSchema schema) {
        return new PolicyFit(schema).misfits(parts.guardrails());
    }

    PolicyParts parts() {
        return parts;
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
        return parts.model();
    }

    /**
     * The bands in ascending order.
     *
     * @return the bands, at least one
     */
    public List<Band> bands() {
        return parts.bands();
    }

    /**
     * The guardrails, each of which overrides the band where its condition holds.
     *
     * @return the guardrails in the order in which they are asked; may be empty
     */
    public List<Guardrail> guardrails() {
        return parts.guardrails();
    }

    /**
     * How far a probability must leave the band of the decision before, for another band to decide: the margin of the
     * hysteresis.
     *
     * @return a number from 0, which is no hysteresis, to below 1
     */
    public double margin() {
        return parts.margin();
    }

    /**
     * What the host is to do where no decision can be made.
     *
     * @return the action
     */
    public String fallbackAction() {
        return parts.fallbackAction();
    }

    /**
     * The users who get a control action in place of that of their band.
     *
     * @return the control group; empty if there is none
     */
    public Optional<ControlGroup> control() {
        return Optional.ofNullable(parts.control());
    }

    /**
     * The users whose action is drawn from alternatives of their band.
     *
     * @return the exploration; empty if there is none
     */
    public Optional<Exploration> exploration() {
        return Optional.ofNullable(parts.exploration());
    }

    /**
     * From when the policy is meant to apply. The engine has no clock and does not look at it.
     *
     * @return the moment; empty if it is not said
     */
    public Optional<Instant> effectiveFrom() {
        return Optional.ofNullable(parts.effectiveFrom());
    }

    /**
     * Who answers for the policy.
     *
     * @return any text; may be empty
     */
    public String owner() {
        return parts.owner();
    }

    /**
     * What is new in this version.
     *
     * @return any text; may be empty
     */
    public String changeNote() {
        return parts.changeNote();
    }

    /**
     * The ranks of actions, by which it can be checked whether a higher band has an action of no lower rank.
     *
     * @return the ranks by action, whole numbers of at least 0; an action may have none
     */
    public Map<String, Long> actionRanks() {
        return parts.actionRanks();
    }

    /**
     * How many users may get an action at most. Data for comparing policies; the engine does not count.
     *
     * @return the number of users by action, at least 0; an action may have none
     */
    public Map<String, Long> capacities() {
        return parts.capacities();
    }

    /**
     * All actions that the policy may answer with.
     *
     * @return the actions of bands, guardrails, control group, exploration and fallback, in this order, each once
     */
    public Set<String> actions() {
        return parts.actions();
    }

    /** The reference of the policy. */
    @Override
    public String toString() {
        return reference.toString();
    }
}
