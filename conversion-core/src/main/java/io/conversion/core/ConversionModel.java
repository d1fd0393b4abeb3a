package io.conversion.core;

import io.conversion.core.artifact.InvalidArtifactException;
import io.conversion.core.json.AtomicFile;
import io.conversion.core.json.JsonDocument;
import io.conversion.core.json.JsonText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A model: its signal schema, an intercept and one shape for each signal. The log-odds of a user are the intercept plus
 * the sum of the shapes.
 *
 * <p>Immutable and safe to share between threads. The file format is described in {@code docs/model-format.md}.
 */
public final class ConversionModel {

    private static final Logger LOG = LoggerFactory.getLogger(ConversionModel.class);

    private final ModelReference reference;
    private final double intercept;
    private final Map<String, Shape> shapes;
    private final Map<String, Double> weights;
    private final Signals referenceUser;
    private final MinimumEvidence minimumEvidence;
    private final @Nullable TrainingProvenance training;
    private final List<GoldenVector> golden;
    private final Scorer scorer;

    /** Made by the builder, which has checked the parts. */
    ConversionModel(
            String name,
            String version,
            double intercept,
            Map<String, Shape> shapes,
            Map<String, Double> weights,
            Signals referenceUser,
            MinimumEvidence minimumEvidence,
            @Nullable TrainingProvenance training,
            @Nullable List<GoldenVector> golden) {
        this.intercept = intercept;
        this.shapes = Collections.unmodifiableMap(new LinkedHashMap<>(shapes));
        this.weights = Collections.unmodifiableMap(new LinkedHashMap<>(weights));
        this.referenceUser = referenceUser;
        this.minimumEvidence = minimumEvidence;
        this.training = training;
        CompiledShapes compiled = new CompiledShapes(intercept, List.copyOf(shapes.values()));
        this.golden = golden != null ? List.copyOf(golden) : GoldenVector.of(referenceUser, this.shapes, compiled);
        this.reference = new ModelReference(name, version, JsonText.digest(ModelFormat.content(name, version, this)));
        this.scorer = new Scorer(
                reference,
                this.shapes,
                compiled,
                new EvidenceCheck(
                        referenceUser.schema(),
                        shapes,
                        weights.values().stream()
                                .mapToDouble(Double::doubleValue)
                                .toArray(),
                        minimumEvidence),
                referenceUser,
                training == null ? OptionalDouble.empty() : training.baseRate());
    }

    /**
     * Makes a model by hand, as a test or a scorecard would, with the defaults of {@link ConversionModelBuilder}.
     *
     * @param name the name of the model
     * @param version its version
     * @param schema the schema of its signals
     * @param intercept the intercept, in log-odds
     * @param shapes one shape for each signal of the schema, by name
     * @return the model
     * @throws IllegalArgumentException if the parts do not fit; the message lists every problem
     */
    public static ConversionModel of(
            String name, String version, SignalSchema schema, double intercept, Map<String, ? extends Shape> shapes) {
        return builder(name, version, schema)
                .intercept(intercept)
                .shapes(shapes)
                .build();
    }

    /**
     * Starts a model.
     *
     * @param name the name of the model
     * @param version its version
     * @param schema the schema of its signals
     * @return a builder, for one thread
     */
    public static ConversionModelBuilder builder(String name, String version, SignalSchema schema) {
        return new ConversionModelBuilder(name, version, schema);
    }

    /**
     * Declares what a score must rest on to be decided on.
     *
     * @param minimum the minimum
     * @return the changed copy, with a digest of its own
     * @throws IllegalArgumentException if a required signal is not in the schema
     */
    public ConversionModel minimumEvidence(MinimumEvidence minimum) {
        return builder(name(), version(), schema())
                .intercept(intercept)
                .shapes(shapes)
                .weights(weights)
                .referenceUser(referenceUser)
                .minimumEvidence(minimum)
                .training(training)
                .golden(golden)
                .build();
    }

    /**
     * Loads a model from its artifact, which is checked completely first. Its golden vectors are scored, too, which
     * proves that this JVM computes the same bits as the one that wrote them.
     *
     * @param file the artifact
     * @return the model
     * @throws IOException if the file cannot be read
     * @throws InvalidArtifactException if its content is refused
     */
    public static ConversionModel load(Path file) throws IOException {
        ConversionModel model = JsonDocument.read(file, ModelFormat::read);
        LOG.info("loaded model {} from {}", model.reference, file);
        return model;
    }

    /**
     * Reads a model from the text of an artifact.
     *
     * @param json the text
     * @return the model
     * @throws InvalidArtifactException if the content is refused
     */
    public static ConversionModel fromJson(String json) {
        return JsonDocument.read(json.getBytes(StandardCharsets.UTF_8), "model", ModelFormat::read);
    }

    /**
     * The text of the artifact.
     *
     * @return JSON text
     */
    public String toJson() {
        return JsonText.pretty(ModelFormat.file(this));
    }

    /**
     * Writes the artifact, completely or not at all.
     *
     * @param file the file; an existing one is replaced
     * @throws IOException if the file cannot be written
     */
    public void save(Path file) throws IOException {
        AtomicFile.write(file, toJson());
    }

    /**
     * The scorer of this model.
     *
     * @return the scorer, always the same one
     */
    public Scorer scorer() {
        return scorer;
    }

    /**
     * Name, version and digest.
     *
     * @return the reference
     */
    public ModelReference reference() {
        return reference;
    }

    /**
     * The name of the model.
     *
     * @return the name
     */
    public String name() {
        return reference.name();
    }

    /**
     * The version of the model.
     *
     * @return the version
     */
    public String version() {
        return reference.version();
    }

    /**
     * The schema of the model's signals.
     *
     * @return the schema
     */
    public SignalSchema schema() {
        return referenceUser.schema();
    }

    /**
     * The intercept.
     *
     * @return the intercept, in log-odds
     */
    public double intercept() {
        return intercept;
    }

    /**
     * The shapes by signal, in the order of the schema.
     *
     * @return the shapes
     */
    public Map<String, Shape> shapes() {
        return shapes;
    }

    Shape shape(String signal) {
        return Objects.requireNonNull(shapes.get(signal));
    }

    /**
     * The weight of each signal: the mean absolute deviation of its shape over the training rows, in log-odds.
     *
     * @return the weights by signal, in the order of the schema, at least 0 each
     */
    public Map<String, Double> weights() {
        return weights;
    }

    /**
     * The user against whom scores are explained.
     *
     * @return the median of each numeric signal and the most frequent level of each other one over the training rows
     */
    public Signals referenceUser() {
        return referenceUser;
    }

    /**
     * What a score must rest on to be decided on.
     *
     * @return the minimum, {@link MinimumEvidence#NONE} if none is declared
     */
    public MinimumEvidence minimumEvidence() {
        return minimumEvidence;
    }

    List<GoldenVector> golden() {
        return golden;
    }

    /**
     * Where the model comes from.
     *
     * @return the provenance, empty for a model that was made by hand
     */
    public Optional<TrainingProvenance> training() {
        return Optional.ofNullable(training);
    }

    /** The reference of the model. */
    @Override
    public String toString() {
        return reference.toString();
    }
}
