package io.conversion.core;

import io.conversion.core.json.ArtifactHeader;
import io.conversion.core.json.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
        TrainingProvenance training =
                json.optionalObject("training").flatMap(ModelFormat::training).orElse(null);
        Optional<String> digest = json.requiredDigest("digest");
        // Reads the schema last: it refuses the whole document if anything so far was wrong.
        SignalSchema schema = SchemaFormat.read(schemaJson);

        Map<String, Shape> byName = new LinkedHashMap<>();
        for (int i = 0; i < shapes.size(); i++) {
            byName.put(names.get(i), shapes.get(i));
            schema.find(names.get(i)).ifPresent(checkAgainst(shapes.get(i), shapesJson.get(i)));
        }
        List<String> expected = schema.declared().stream().map(Signal::name).toList();
        if (!names.equals(expected)) {
            json.problem(
                    "shapes", "for the signals " + names, "expected one for each signal of the schema, " + expected);
        }
        json.refuseIfInvalid();
        ConversionModel model = ConversionModel.of(name, version, schema, intercept, byName, training);
        ArtifactHeader.checkDigest(json, digest, model.reference().digest());
        return model;
    }

    private static Consumer<Signal> checkAgainst(Shape shape, JsonObject json) {
        return signal -> ShapeCheck.check(signal, shape, json::problemAt);
    }

    /** The provenance, empty if anything so far was wrong with the document. */
    private static Optional<TrainingProvenance> training(JsonObject json) {
        Instant published = json.instant("published");
        String label = json.name("label");
        String positive = json.name("positive");
        List<String> excluded = json.texts("excluded");
        long rows = json.count("rows");
        long positives = json.count("positives");
        String dataDigest = json.text("data_digest");
        double penalty = json.number("penalty");
        boolean standardised = json.flag("standardised", true);
        Map<String, String> software = json.textsByName("software");
        List<String> warnings = json.texts("warnings");
        if (!json.isValid()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new TrainingProvenance(
                    published,
                    label,
                    positive,
                    excluded,
                    rows,
                    positives,
                    dataDigest,
                    penalty,
                    standardised,
                    software,
                    warnings));
        } catch (IllegalArgumentException e) {
            json.problem("not valid", String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }

    static Map<String, Object> file(ConversionModel model) {
        Map<String, Object> json = content(model.name(), model.version(), model);
        json.put("digest", model.reference().digest());
        return json;
    }

    /** What the digest of a model is taken of. */
    static Map<String, Object> content(String name, String version, ConversionModel model) {
        List<Object> shapes = new ArrayList<>();
        model.shapes().forEach((signal, shape) -> shapes.add(ShapeFormat.json(signal, shape)));
        Map<String, Object> json = ArtifactHeader.of(FORMAT, VERSION);
        json.put("name", name);
        json.put("version", version);
        json.put("schema", SchemaFormat.withDigest(model.schema()));
        json.put("intercept", model.intercept());
        json.put("shapes", shapes);
        model.training().ifPresent(training -> json.put("training", json(training)));
        return json;
    }

    private static Map<String, Object> json(TrainingProvenance training) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("published", training.published().toString());
        json.put("label", training.label());
        json.put("positive", training.positive());
        json.put("excluded", training.excluded());
        json.put("rows", training.rows());
        json.put("positives", training.positives());
        json.put("data_digest", training.dataDigest());
        json.put("penalty", training.penalty());
        json.put("standardised", training.standardised());
        json.put("software", training.software());
        json.put("warnings", training.warnings());
        return json;
    }
}
