package io.conversion.policy;

import io.conversion.core.json.AtomicFile;
import io.conversion.core.json.JsonDocument;
import io.conversion.core.json.JsonText;
import io.conversion.core.signals.SignalSchema;
import io.conversion.policy.ExperimentParts.ArmRange;
import io.conversion.policy.internal.Wording;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An experiment as it was fixed before it starts: who is in it, what each arm gets, what is measured and by what it is judged.
 * Its file is sealed with the digest of its content. Who is in which arm is a pure function of the salts and the caller's key
 * of the user. Immutable and safe to share between threads.
 *
 * <p>The draw of an arm is that of a {@link ControlGroup}: the first 53 bits of the SHA-256 of the experiment's salt, a zero
 * byte and the key in UTF-8, times 2^-53; the arms take the draws from 0 to 1 one after the other, each as much as its share, or
 * the ranges that the file gives them.
 */
public final class Experiment {

    /** Of a hash, what a pseudonym keeps. */
    private static final int UNIT_BYTES = 16;

    private final ExperimentParts parts;
    private final ExperimentReference reference;

    // The ends of consecutive ranges of draws, ascending, and whose they are.
    private final double[] ends;
    private final int[] owners;

    private Experiment(ExperimentParts parts) {
        this.parts = parts;
        this.reference = new ExperimentReference(
                parts.name(), parts.version(), JsonText.digest(ExperimentFormat.content(parts)));
        List<ArmRange> ranges = ArmRange.of(parts);
        this.ends = ranges.stream().mapToDouble(ArmRange::end).toArray();
        this.owners = ranges.stream()
                .mapToInt(range -> parts.arms().indexOf(arm(range.arm())))
                .toArray();
    }

    static Experiment of(ExperimentParts parts) {
        List<String> problems = new ArrayList<>();
        ExperimentCheck.check(parts, problem -> problems.add(problem.sentence()));
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException("experiment " + Wording.quoted(parts.name()) + " " + parts.version()
                    + ": " + String.join("\n  ", problems));
        }
        return new Experiment(parts);
    }

    /** Of parts that were checked. */
    static Experiment ofChecked(ExperimentParts parts) {
        return new Experiment(parts);
    }

    /**
     * Starts an experiment.
     *
     * @param name its name
     * @param version its version
     * @param salt what its draws are made of; another one draws other users
     * @return the builder
     */
    public static ExperimentBuilder builder(String name, String version, String salt) {
        return new ExperimentBuilder(name, version, salt);
    }

    /**
     * Reads the file of an experiment, strictly.
     *
     * @param file the file
     * @return the experiment
     * @throws IOException if the file cannot be read
     * @throws io.conversion.core.artifact.InvalidArtifactException with all that is wrong with it
     */
    public static Experiment load(Path file) throws IOException {
        return JsonDocument.read(file, ExperimentFormat::readFile);
    }

    /**
     * Reads the text of an experiment's file, strictly.
     *
     * @param json the text
     * @return the experiment
     * @throws io.conversion.core.artifact.InvalidArtifactException with all that is wrong with it
     */
    public static Experiment fromJson(String json) {
        return JsonDocument.read(json, "experiment", ExperimentFormat::readFile);
    }

    /**
     * The text of the file, sealed with its digest.
     *
     * @return JSON text
     */
    public String toJson() {
        return JsonText.pretty(ExperimentFormat.file(parts, reference.digest()));
    }

    /**
     * Writes the file, completely or not at all.
     *
     * @param file where to
     * @throws IOException if it cannot be written
     */
    public void write(Path file) throws IOException {
        AtomicFile.write(file, toJson());
    }

    /**
     * What names this experiment.
     *
     * @return its name, version and digest
     */
    public ExperimentReference reference() {
        return reference;
    }

    /**
     * What its draws are made of.
     *
     * @return the salt
     */
    public String salt() {
        return parts.salt();
    }

    /**
     * The name.
     *
     * @return the name
     */
    public String name() {
        return parts.name();
    }

    /**
     * What a key names, such as a user.
     *
     * @return the unit
     */
    public String unit() {
        return parts.unit();
    }

    /**
     * The part of all users that it takes.
     *
     * @return the layer
     */
    public Layer layer() {
        return parts.layer();
    }

    /**
     * The arms.
     *
     * @return the arms, in the order of the file, at least two
     */
    public List<Arm> arms() {
        return parts.arms();
    }

    /**
     * The arm that others are compared with.
     *
     * @return one of the arms
     */
    public Arm control() {
        return arm(parts.control());
    }

    /**
     * When it starts.
     *
     * @return the first moment
     */
    public Instant start() {
        return parts.start();
    }

    /**
     * When it ends.
     *
     * @return the first moment behind it
     */
    public Instant end() {
        return parts.end();
    }

    /**
     * Who may be in it.
     *
     * @return the condition; empty if everybody may
     */
    public Optional<Condition> eligibility() {
        return Optional.ofNullable(parts.eligibility());
    }

    /**
     * What of the eligibility condition does not fit a schema: with a signal that the model does not have, nobody would be
     * eligible.
     *
     * @param schema the schema of a model
     * @return a sentence for each misfit; none if it fits
     */
    public List<String> misfits(SignalSchema schema) {
        return eligibility()
                .map(condition -> new PolicyFit(schema).misfits("the eligibility of experiment " + this, condition))
                .orElse(List.of());
    }

    /**
     * The metric that the verdict is about.
     *
     * @return the metric
     */
    public ExperimentMetric primary() {
        return parts.primary();
    }

    /**
     * The metrics that must not be harmed.
     *
     * @return the metrics; may be empty
     */
    public List<ExperimentMetric> guardrails() {
        return parts.guardrails();
    }

    /**
     * By what it is judged.
     *
     * @return the criteria
     */
    public ExperimentCriteria criteria() {
        return parts.criteria();
    }

    /**
     * Keys whose arm is given, for tests.
     *
     * @return the name of the arm by key; may be empty
     */
    public Map<String, String> forced() {
        return parts.forced();
    }

    /**
     * The pseudonym of a user in this experiment: the same for a key, and another one in another experiment.
     *
     * @param key the caller's key of the user
     * @return 32 hexadecimal digits
     */
    public String unit(String key) {
        return HexFormat.of().formatHex(Draws.hash(parts.salt(), key), 0, UNIT_BYTES);
    }

    /**
     * The number by which a user gets an arm.
     *
     * @param key the caller's key of the user
     * @return from 0 to below 1
     */
    public double draw(String key) {
        return Draws.of(parts.salt(), key);
    }

    /**
     * The arm of a draw.
     *
     * @param draw from 0 to below 1
     * @return the arm whose range has it
     */
    public Arm arm(double draw) {
        return parts.arms().get(armIndex(draw));
    }

    /** The place of the arm of a draw. */
    int armIndex(double draw) {
        int i = 0;
        while (i < ends.length - 1 && !(draw < ends[i])) {
            i++;
        }
        return owners[i];
    }

    /**
     * An arm by its name.
     *
     * @param name the name
     * @return the arm
     * @throws IllegalArgumentException if there is none
     */
    public Arm arm(String name) {
        return parts.arms().stream()
                .filter(arm -> arm.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "experiment " + Wording.quoted(parts.name()) + " has no arm " + Wording.quoted(name)));
    }

    /**
     * The next version with other shares, which moves no more users than it must: an arm that shrinks gives up the ends of its
     * ranges, an arm that grows takes what is given up.
     *
     * @param version the next version
     * @param shares the share of each arm by name
     * @return the experiment
     * @throws IllegalArgumentException if the shares are not those of all arms, or do not sum to 1
     */
    public Experiment withShares(String version, Map<String, Double> shares) {
        return of(parts.next(version, shares));
    }

    ExperimentParts parts() {
        return parts;
    }

    /** The name and version. */
    @Override
    public String toString() {
        return Wording.quoted(parts.name()) + " " + parts.version();
    }
}
