package io.conversion.core;

import io.conversion.core.artifact.InvalidArtifactException;
import io.conversion.core.json.ArtifactText;
import io.conversion.core.json.AtomicFile;
import io.conversion.core.json.JsonDocument;
import io.conversion.core.json.JsonText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
    private final SignalSchema schema;
    private final double intercept;
    private final Map<String, Shape> shapes;
    private final @Nullable TrainingProvenance training;
    private final Scorer scorer;

    private ConversionModel(
            String name,
            String version,
            SignalSchema schema,
            double intercept,
            Map<String, Shape> shapes,
            @Nullable TrainingProvenance training) {
        this.schema = schema;
        this.intercept = intercept;
        this.shapes = Collections.unmodifiableMap(new LinkedHashMap<>(shapes));
        this.training = training;
        this.reference = new ModelReference(name, version, JsonText.digest(ModelFormat.content(name, version, this)));
        this.scorer = new Scorer(reference, schema, intercept, List.copyOf(this.shapes.values()));
    }

    /**
     * Makes a model by hand, as a test or a scorecard would.
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
        return of(name, version, schema, intercept, shapes, null);
    }

    /**
     * Makes a model that was trained.
     *
     * @param name the name of the model
     * @param version its version
     * @param schema the schema of its signals
     * @param intercept the intercept, in log-odds
     * @param shapes one shape for each signal of the schema, by name
     * @param training where the model comes from; null if it was not trained
     * @return the model
     * @throws IllegalArgumentException if the parts do not fit; the message lists every problem
     */
    public static ConversionModel of(
            String name,
            String version,
            SignalSchema schema,
            double intercept,
            Map<String, ? extends Shape> shapes,
            @Nullable TrainingProvenance training) {
        List<String> problems = new ArrayList<>();
        if (!ArtifactText.isName(name) || !ArtifactText.isName(version)) {
            problems.add("its name or version is not valid: " + ArtifactText.NAME);
        }
        if (!Double.isFinite(intercept)) {
            problems.add("the intercept is " + intercept + "; every number must be finite");
        }
        Map<String, Shape> ordered = ShapeCheck.inOrder(schema, shapes, problems);
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(
                    "model \"" + name + "\" " + version + ": " + String.join("\n  ", problems));
        }
        return new ConversionModel(name, version, schema, intercept, ordered, training);
    }

    /**
     * Loads a model from its artifact, which is checked completely first.
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
        return schema;
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
