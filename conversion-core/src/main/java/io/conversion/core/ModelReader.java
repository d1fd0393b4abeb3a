package io.conversion.core;

import io.conversion.core.json.ArtifactHeader;
import io.conversion.core.json.ArtifactText;
import io.conversion.core.json.JsonObject;
import io.conversion.core.provenance.ReferenceDistribution;
import io.conversion.core.provenance.TrainingProvenance;
import io.conversion.core.shapes.BaseRate;
import io.conversion.core.shapes.Calibration;
import io.conversion.core.shapes.Covariance;
import io.conversion.core.shapes.Shape;
import io.conversion.core.signals.Signal;
import io.conversion.core.signals.SignalReading;
import io.conversion.core.signals.SignalSchema;
import io.conversion.core.signals.Signals;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads the JSON of a model artifact: first every field by itself, then what they must be together. For one thread. */
final class ModelReader {

    private final JsonObject json;
    private final String name;
    private final String version;
    private final double intercept;
    private final List<JsonObject> shapesJson;
    private final List<String> names;
    private final List<Shape> shapes;
    private final List<Double> weights;
    private final Calibration calibration;
    private final @Nullable BaseRate baseRate;
    private final @Nullable Covariance covariance;
    private final JsonObject referenceJson;
    private final Map<String, Object> referenceUser;
    private final MinimumEvidence minimum;
    private final List<JsonObject> goldenJson;
    private final List<GoldenVector> golden;
    private final @Nullable TrainingProvenance training;
    private final @Nullable ReferenceDistribution distribution;
    private final Optional<String> digest;
    private final SignalSchema schema;

    ModelReader(JsonObject json) {
        this.json = json;
        name = json.name("name");
        version = json.name("version");
        Optional<SignalSchema> schemaPart = json.embedded("schema", SignalSchema::ofMap);
        intercept = json.number("intercept");
        shapesJson = json.objects("shapes");
        names = shapesJson.stream().map(shape -> shape.text("signal")).toList();
        shapes = shapesJson.stream().map(ShapeFormat::read).toList();
        weights = shapesJson.stream().map(shape -> shape.number("weight", 1)).toList();
        calibration = json.optionalObject("calibration")
                .<Calibration>map(CalibrationFormat::read)
                .orElse(new Calibration.None());
        Optional<JsonObject> baseRateJson = json.optionalObject("base_rate");
        baseRate = baseRateJson.flatMap(CalibrationFormat::baseRate).orElse(null);
        covariance = json.has("covariance")
                ? CovarianceFormat.read(json.objects("covariance"), json).orElse(null)
                : null;
        referenceJson = json.object("reference_user");
        referenceUser = referenceJson.values();
        minimum = json.optionalObject("minimum_evidence")
                .map(ModelReader::minimum)
                .orElse(MinimumEvidence.NONE);
        goldenJson = json.objects("golden");
        boolean calibrated = baseRateJson.isPresent() || !(calibration instanceof Calibration.None);
        golden = goldenJson.stream()
                .map(vector -> GoldenFormat.read(vector, calibrated))
                .toList();
        training = json.has("training")
                ? json.embedded("training", TrainingProvenance::ofMap).orElse(null)
                : null;
        distribution = json.has("reference_distribution")
                ? json.embedded("reference_distribution", ReferenceDistribution::ofMap)
                        .orElse(null)
                : null;
        digest = json.requiredDigest("digest");
        json.refuseIfInvalid();
        schema = schemaPart.orElseThrow();
    }

    ConversionModel model() {
        Map<String, Shape> byName = new LinkedHashMap<>();
        Map<String, Double> weightsByName = new LinkedHashMap<>();
        for (int i = 0; i < shapes.size(); i++) {
            byName.put(names.get(i), shapes.get(i));
            weightsByName.put(names.get(i), weights.get(i));
        }
        checkShapes();
        checkRequired();
        checkNumbers(byName);
        Optional<Signals> reference = referenceUser(schema.read(referenceUser), referenceJson);
        json.refuseIfInvalid();
        ConversionModel model = ConversionModel.builder(name, version, schema)
                .intercept(intercept)
                .shapes(byName)
                .weights(weightsByName)
                .calibration(calibration)
                .baseRate(baseRate)
                .covariance(covariance)
                .referenceUser(reference.orElseThrow())
                .minimumEvidence(minimum)
                .training(training)
                .referenceDistribution(distribution)
                .golden(golden)
                .build();
        ArtifactHeader.checkDigest(json, digest, model.reference().digest());
        json.refuseIfInvalid();
        for (int i = 0; i < golden.size(); i++) {
            GoldenFormat.check(golden.get(i), model, goldenJson.get(i));
        }
        json.refuseIfInvalid();
        return model;
    }

    private void checkShapes() {
        for (int i = 0; i < shapes.size(); i++) {
            if (!(weights.get(i) >= 0)) {
                shapesJson.get(i).problem("weight", weights.get(i).toString(), "expected a number of at least 0");
            }
            schema.find(names.get(i)).ifPresent(checkAgainst(shapes.get(i), shapesJson.get(i)));
        }
        List<String> expected = schema.declared().stream().map(Signal::name).toList();
        if (!names.equals(expected)) {
            json.problem(
                    "shapes", "for the signals " + names, "expected one for each signal of the schema, " + expected);
        }
    }

    /** What a covariance and a distribution are of must be in the model. */
    private void checkNumbers(Map<String, Shape> byName) {
        if (distribution != null) {
            distribution
                    .problems(schema)
                    .forEach(problem -> json.problem("reference_distribution", "not valid", problem));
        }
        if (covariance != null) {
            covariance.unknown(byName).forEach(problem -> json.problem("covariance", "not valid", problem));
        }
    }

    private static MinimumEvidence minimum(JsonObject json) {
        List<String> required = json.texts("required");
        if (required.stream().distinct().count() < required.size()) {
            json.problem("required", required.toString(), "each signal may be listed once");
        }
        double share = json.number("observed_share", 0);
        if (!(share >= 0 && share <= 1)) {
            json.problem("observed_share", Double.toString(share), "expected a number from 0 to 1");
            share = 0;
        }
        return new MinimumEvidence(new LinkedHashSet<>(required), share, json.flag("within_training", false));
    }

    private void checkRequired() {
        for (String signal : minimum.required()) {
            if (schema.position(signal) < 0) {
                json.problemAt(
                        "minimum_evidence/required", ArtifactText.quoted(signal), "expected signals of the schema");
            }
        }
    }

    /** The reference user; empty, with the problems reported, unless the schema takes it as observed. */
    private static Optional<Signals> referenceUser(SignalReading reading, JsonObject json) {
        if (reading instanceof SignalReading.Refused refused) {
            refused.violations().forEach(violation -> json.problem("not valid", violation.message()));
            return Optional.empty();
        }
        Signals signals = reading.orElseThrow();
        signals.substitutions()
                .forEach(given ->
                        json.problem(given.signal(), "not observed", "each signal must have a value of its own"));
        return Optional.of(signals);
    }

    private static Consumer<Signal> checkAgainst(Shape shape, JsonObject json) {
        return signal -> ShapeCheck.check(signal, shape, json::problemAt);
    }
}
