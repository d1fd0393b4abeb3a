package io.conversion.core;

import io.conversion.core.artifact.InvalidArtifactException;
import io.conversion.core.json.AtomicFile;
import io.conversion.core.json.JsonDocument;
import io.conversion.core.json.JsonText;
import io.conversion.core.provenance.Metric;
import io.conversion.core.provenance.ReferenceDistribution;
import io.conversion.core.provenance.TrainingProvenance;
import io.conversion.core.shapes.BaseRate;
import io.conversion.core.shapes.Calibration;
import io.conversion.core.shapes.Covariance;
import io.conversion.core.shapes.Shape;
import io.conversion.core.signals.SignalSchema;
import io.conversion.core.signals.Signals;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A model: its signal schema, an intercept, one shape for each signal, and a calibration. The raw log-odds of a user are
 * the intercept plus the sum of the shapes; the log-odds are the calibrated ones, shifted to a declared base rate.
 *
 * <p>Immutable and safe to share between threads. The file format is described in {@code docs/model-format.md}.
 */
public final class ConversionModel {

    private static final Logger LOG = LoggerFactory.getLogger(ConversionModel.class);

    private final ModelReference reference;
    private final ModelParts parts;
    private final LogOddsMap map;
    private final List<GoldenVector> golden;
    private final Scorer scorer;

    /** Made by the builder, which has checked the parts. */
    ConversionModel(String name, String version, ModelParts parts, @Nullable List<GoldenVector> golden) {
        this.parts = parts;
        this.map = LogOddsMap.of(parts.calibration(), parts.baseRate());
        CompiledShapes compiled =
                new CompiledShapes(parts.intercept(), List.copyOf(parts.shapes().values()), map);
        this.golden =
                golden != null ? List.copyOf(golden) : GoldenVector.of(parts.referenceUser(), parts.shapes(), compiled);
        this.reference = new ModelReference(name, version, JsonText.digest(ModelFormat.content(name, version, this)));
        this.scorer = new ShapeScorer(
                reference,
                parts.shapes(),
                compiled,
                new EvidenceCheck(
                        parts.referenceUser().schema(),
                        parts.shapes(),
                        parts.weights().values().stream()
                                .mapToDouble(Double::doubleValue)
                                .toArray(),
                        parts.minimumEvidence(),
                        parts.referenceDistribution()),
                parts.referenceUser(),
                knownBaseRate(),
                parts.covariance() == null ? null : new IntervalEstimate(parts.covariance(), parts.shapes(), compiled));
    }

    private OptionalDouble knownBaseRate() {
        if (parts.baseRate() != null) {
            return OptionalDouble.of(parts.baseRate().declared());
        }
        return parts.training() == null
                ? OptionalDouble.empty()
                : parts.training().data().baseRate();
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
        return copy().minimumEvidence(minimum).golden(golden).build();
    }

    /**
     * Declares that users convert at another rate than in training: every score adds {@code logit(p)} less the logit of
     * the training rate to its calibrated log-odds, which multiplies the odds of everyone by the same factor. A rate that
     * was declared before is replaced.
     *
     * <p>It assumes that the distribution of the signals within each outcome is unchanged, so that only how many users
     * convert differs (prior shift: Elkan 2001; Saerens, Latinne and Decaestecker 2002), and does not check it; see
     * {@link BaseRate}. The copy is another model: it has a digest of its own, which policies and replay must name, and
     * can be saved and loaded.
     *
     * @param p the share of converters among the users to be scored, above 0 and below 1
     * @return the changed copy
     * @throws IllegalArgumentException if {@code p} is not above 0 and below 1
     * @throws IllegalStateException if the training rate of the model is not known, or no rate above 0 and below 1
     */
    public ConversionModel withBaseRate(double p) {
        return copy().baseRate(trainingRate(), p).build();
    }

    /**
     * States how the model did on hold-out rows; figures that were stated before are replaced.
     *
     * @param metrics the figures, in the order in which they are to be read
     * @return the changed copy, with a digest of its own and the same scores
     * @throws IllegalStateException if the model was made by hand and so has no training to evaluate
     */
    public ConversionModel withHoldout(List<Metric> metrics) {
        TrainingProvenance training = parts.training();
        if (training == null) {
            throw new IllegalStateException("model " + reference
                    + " states no training, so there are no hold-out rows; give it a provenance first");
        }
        return copy().training(training.holdout(metrics)).golden(golden).build();
    }

    private double trainingRate() {
        if (parts.baseRate() != null) {
            return parts.baseRate().training();
        }
        OptionalDouble rate = knownBaseRate();
        if (rate.isEmpty() || !BaseRate.isRate(rate.getAsDouble())) {
            throw new IllegalStateException("model " + reference
                    + (rate.isEmpty()
                            ? " states no base rate of its training rows"
                            : " was trained on rows with the base rate " + rate.getAsDouble())
                    + ", so there is nothing to correct; build it with baseRate(training, declared)");
        }
        return rate.getAsDouble();
    }

    private ConversionModelBuilder copy() {
        return builder(name(), version(), schema())
                .intercept(parts.intercept())
                .shapes(parts.shapes())
                .weights(parts.weights())
                .calibration(parts.calibration())
                .baseRate(parts.baseRate())
                .covariance(parts.covariance())
                .referenceUser(parts.referenceUser())
                .minimumEvidence(parts.minimumEvidence())
                .training(parts.training())
                .referenceDistribution(parts.referenceDistribution());
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
        return JsonDocument.read(json, "model", ModelFormat::read);
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
        return parts.referenceUser().schema();
    }

    /**
     * The intercept.
     *
     * @return the intercept, in log-odds
     */
    public double intercept() {
        return parts.intercept();
    }

    /**
     * The shapes by signal, in the order of the schema.
     *
     * @return the shapes
     */
    public Map<String, Shape> shapes() {
        return parts.shapes();
    }

    Shape shape(String signal) {
        return Objects.requireNonNull(parts.shapes().get(signal));
    }

    /**
     * What one signal adds to the log-odds against the reference user, as a function of its value.
     *
     * @param signal the name of the signal
     * @return its effect
     * @throws IllegalArgumentException if the schema has no such signal
     */
    public SignalEffect effect(String signal) {
        return SignalEffect.of(this, signal);
    }

    /**
     * The weight of each signal: the mean absolute deviation of its shape over the training rows, in log-odds.
     *
     * @return the weights by signal, in the order of the schema, at least 0 each
     */
    public Map<String, Double> weights() {
        return parts.weights();
    }

    /**
     * The map from raw to calibrated log-odds.
     *
     * @return the calibration, {@link Calibration.None} if there is none
     */
    public Calibration calibration() {
        return parts.calibration();
    }

    /**
     * The declared base rate, to which scores are shifted after calibration.
     *
     * @return the base rate, empty if none is declared
     */
    public Optional<BaseRate> baseRate() {
        return Optional.ofNullable(parts.baseRate());
    }

    /**
     * The covariance of the estimated numbers.
     *
     * @return the covariance, empty if it is not known
     */
    public Optional<Covariance> covariance() {
        return Optional.ofNullable(parts.covariance());
    }

    /** Whether the log-odds of scores are not the raw ones. */
    boolean isCalibrated() {
        return !map.isIdentity();
    }

    /**
     * The user against whom scores are explained.
     *
     * @return the median of each numeric signal and the most frequent level of each other one over the training rows
     */
    public Signals referenceUser() {
        return parts.referenceUser();
    }

    /**
     * What a score must rest on to be decided on.
     *
     * @return the minimum, {@link MinimumEvidence#NONE} if none is declared
     */
    public MinimumEvidence minimumEvidence() {
        return parts.minimumEvidence();
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
        return Optional.ofNullable(parts.training());
    }

    /**
     * How the signals and the probabilities, without a shift to a declared base rate, were distributed over the training
     * rows.
     *
     * @return the distribution, empty if it is not known
     */
    public Optional<ReferenceDistribution> referenceDistribution() {
        return Optional.ofNullable(parts.referenceDistribution());
    }

    /** The reference of the model. */
    @Override
    public String toString() {
        return reference.toString();
    }
}
