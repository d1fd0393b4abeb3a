package io.conversion.core;

import io.conversion.core.json.JsonObject;
import io.conversion.core.signals.SignalReading;
import java.util.LinkedHashMap;
import java.util.Map;

/** The JSON of golden vectors, and the proof that a model computes their bits. */
final class GoldenFormat {

    private GoldenFormat() {}

    /** A vector as it stands; without raw log-odds of its own where nothing is done to them. */
    static GoldenVector read(JsonObject json, boolean calibrated) {
        Map<String, Object> signals = json.object("signals").values();
        double logOdds = json.hexNumber("log_odds");
        double raw = calibrated ? json.hexNumber("raw_log_odds") : logOdds;
        return new GoldenVector(signals, raw, logOdds, json.hexNumber("probability"));
    }

    static Map<String, Object> json(GoldenVector golden, boolean calibrated) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("signals", golden.signals());
        if (calibrated) {
            json.put("raw_log_odds", Double.toHexString(golden.rawLogOdds()));
        }
        json.put("log_odds", Double.toHexString(golden.logOdds()));
        json.put("probability", Double.toHexString(golden.probability()));
        return json;
    }

    static void check(GoldenVector golden, ConversionModel model, JsonObject json) {
        if (model.schema().read(golden.signals()) instanceof SignalReading.Refused refused) {
            refused.violations().forEach(violation -> json.problem("signals", "not valid", violation.message()));
            return;
        }
        Score score = model.scorer().score(model.schema().read(golden.signals()).orElseThrow());
        if (model.isCalibrated()) {
            checkBits("raw_log_odds", golden.rawLogOdds(), score.rawLogOdds(), json);
        }
        checkBits("log_odds", golden.logOdds(), score.logOdds(), json);
        checkBits("probability", golden.probability(), score.probability(), json);
    }

    private static void checkBits(String field, double expected, double computed, JsonObject json) {
        if (Double.doubleToLongBits(expected) != Double.doubleToLongBits(computed)) {
            json.problem(
                    field,
                    Double.toHexString(expected),
                    "this JVM computes " + Double.toHexString(computed)
                            + ", so it or the file is not to be trusted with a score");
        }
    }
}
