package io.conversion.core;

import io.conversion.core.json.ArtifactHeader;
import io.conversion.core.json.JsonObject;
import io.conversion.core.shapes.Calibration;
import io.conversion.core.signals.Signal;
import io.conversion.core.signals.Signals;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The JSON of a model artifact, as {@code docs/model-format.md} describes it. */
final class ModelFormat {

    static final String FORMAT = "conversion-model";
    static final int VERSION = 1;

    private ModelFormat() {}

    static ConversionModel read(JsonObject json) {
        ArtifactHeader.check(json, FORMAT, VERSION);
        return new ModelReader(json).model();
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
        json.put("schema", model.schema().toMap());
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
        model.training().ifPresent(training -> json.put("training", training.toMap()));
        model.referenceDistribution().ifPresent(given -> json.put("reference_distribution", given.toMap()));
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
        if (minimum.withinTraining()) {
            json.put("within_training", true);
        }
        return json;
    }
}
