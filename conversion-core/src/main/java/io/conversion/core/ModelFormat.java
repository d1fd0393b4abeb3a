package io.conversion.core;

import io.conversion.core.json.ArtifactHeader;
import io.conversion.core.json.ArtifactText;
import io.conversion.core.json.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

/** The JSON of a model artifact, as {@code docs/model-format.md} describes it. */
final class ModelFormat {

    static final String FORMAT = "conversion-model";
    static final int VERSION = 1;

    private ModelFormat() {}

    static ConversionModel read(JsonObject json) {
        ArtifactHeader.check(json, FORMAT, VERSION);
        String name = json.name("name");
        String version = json.name("version");
        JsonObject schemaJson = json.object("schema");
        double intercept = json.number("intercept");
        List<JsonObject> shapesJson = json.objects("shapes");
        List<String> names =
                shapesJson.stream().map(shape -> shape.text("signal")).toList();
        List<Shape> shapes = shapesJson.stream().map(ShapeFormat::read).toList();
        List<Double> weights =
                shapesJson.stream().map(shape -> shape.number("weight", 1)).toList();
        Calibration calibration = json.optionalObject("calibration")
                .<Calibration>map(CalibrationFormat::read)
                .orElse(new Calibration.None());
        Optional<JsonObject> baseRateJson = json.optionalObject("base_rate");
        BaseRate baseRate = baseRateJson.flatMap(CalibrationFormat::baseRate).orElse(null);
        Covariance covariance = json.has("covariance")
                ? CovarianceFormat.read(json.objects("covariance"), json).orElse(null)
                : null;
        JsonObject referenceJson = json.object("reference_user");
        Map<String, Object> referenceUser = referenceJson.values();
        MinimumEvidence minimum = json.optionalObject("minimum_evidence")
                .map(ModelFormat::minimum)
                .orElse(MinimumEvidence.NONE);
        List<JsonObject> goldenJson = json.objects("golden");
        boolean calibrated = baseRateJson.isPresent() || !(calibration instanceof Calibration.None);
        List<GoldenVector> golden = goldenJson.stream()
                .map(vector -> GoldenFormat.read(vector, calibrated))
                .toList();
        TrainingProvenance training =
                json.optionalObject("training").flatMap(TrainingFormat::read).orElse(null);
        ReferenceDistribution distribution = json.optionalObject("reference_distribution")
                .flatMap(ReferenceDistributionFormat::read)
                .orElse(null);
        Optional<String> digest = json.requiredDigest("digest");
        // Reads the schema last: it refuses the whole document if anything so far was wrong.
        SignalSchema schema = SchemaFormat.read(schemaJson);

        Map<String, Shape> byName = new LinkedHashMap<>();
        Map<String, Double> weightsByName = new LinkedHashMap<>();
        for (int i = 0; i < shapes.size(); i++) {
            byName.put(names.get(i), shapes.get(i));
            weightsByName.put(names.get(i), weights.get(i));
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
        checkRequired(minimum, schema, json);
        if (distribution != null) {
            distribution
                    .problems(schema)
                    .forEach(problem -> json.problem("reference_distribution", "not valid", problem));
        }
        if (covariance != null) {
            covariance.unknown(byName).forEach(problem -> json.problem("covariance", "not valid", problem));
        }
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
        return new MinimumEvidence(new LinkedHashSet<>(required), share);
    }

    private static void checkRequired(MinimumEvidence minimum, SignalSchema schema, JsonObject json) {
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

    static Map<String, Object> file(ConversionModel model) {
        Map<String, Object> json = content(model.name(), model.version(), model);
        json.put("digest", model.reference().digest());
        return json;
    }

    /** What the digest of a model is taken of. */
    static Map<String, Object> content(String name, String version, ConversionModel model) {
        List<Object> shapes = new ArrayList<>();
        model.weights().forEach((signal, weight) -> shapes.add(ShapeFormat.json(signal, model.shape(signal), weight)));
        Map<String, Object> json = ArtifactHeader.of(FORMAT, VERSION);
        json.put("name", name);
        json.put("version", version);
        json.put("schema", SchemaFormat.withDigest(model.schema()));
        json.put("intercept", model.intercept());
        json.put("shapes", shapes);
        if (!(model.calibration() instanceof Calibration.None)) {
            json.put("calibration", CalibrationFormat.json(model.calibration()));
        }
        model.baseRate().ifPresent(rate -> json.put("base_rate", CalibrationFormat.json(rate)));
        model.covariance().ifPresent(covariance -> json.put("covariance", CovarianceFormat.json(covariance)));
        json.put("reference_user", values(model.referenceUser()));
        if (!model.minimumEvidence().equals(MinimumEvidence.NONE)) {
            json.put("minimum_evidence", json(model.minimumEvidence()));
        }
        json.put(
                "golden",
                model.golden().stream()
                        .map(golden -> GoldenFormat.json(golden, model.isCalibrated()))
                        .toList());
        model.training().ifPresent(training -> json.put("training", TrainingFormat.json(training)));
        model.referenceDistribution()
                .ifPresent(given -> json.put("reference_distribution", ReferenceDistributionFormat.json(given)));
        return json;
    }

    private static Map<String, Object> values(Signals user) {
        Map<String, Object> values = new LinkedHashMap<>();
        List<Signal> declared = user.schema().declared();
        for (int i = 0; i < declared.size(); i++) {
            values.put(declared.get(i).name(), Objects.requireNonNull(user.value(i)));
        }
        return values;
    }

    private static Map<String, Object> json(MinimumEvidence minimum) {
        Map<String, Object> json = new LinkedHashMap<>();
        if (!minimum.required().isEmpty()) {
            json.put("required", List.copyOf(minimum.required()));
        }
        json.put("observed_share", minimum.observedShare());
        return json;
    }
}
