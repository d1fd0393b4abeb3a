package io.conversion.core;

import io.conversion.core.json.JsonObject;
import io.conversion.core.shapes.BaseRate;
import io.conversion.core.shapes.Calibration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The JSON of a calibration and of a base rate, and what is wrong with a calibration. */
final class CalibrationFormat {

    private enum Kind {
        PLATT,
        ISOTONIC
    }

    private CalibrationFormat() {}

    static Calibration read(JsonObject json) {
        Optional<Kind> kind = json.choice("kind", Kind.class);
        if (kind.isEmpty()) {
            json.skipOtherFields();
            return new Calibration.None();
        }
        Calibration calibration = switch (kind.get()) {
            case PLATT -> new Calibration.Platt(json.number("slope"), json.number("intercept"));
            case ISOTONIC -> new Calibration.Isotonic(json.numberList("raw"), json.numberList("calibrated"));
        };
        if (json.isValid()) {
            check(calibration, json::problemAt);
        }
        return calibration;
    }

    static Map<String, Object> json(Calibration calibration) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("kind", kind(calibration));
        if (calibration instanceof Calibration.Platt line) {
            json.put("slope", line.slope());
            json.put("intercept", line.intercept());
        } else if (calibration instanceof Calibration.Isotonic points) {
            json.put("raw", points.raw());
            json.put("calibrated", points.calibrated());
        }
        return json;
    }

    static String kind(Calibration calibration) {
        return calibration instanceof Calibration.Platt
                ? "platt"
                : calibration instanceof Calibration.Isotonic ? "isotonic" : "none";
    }

    static void check(Calibration calibration, ShapeCheck.Report report) {
        if (calibration instanceof Calibration.Platt line) {
            if (!(line.slope() > 0 && line.slope() < Double.POSITIVE_INFINITY)) {
                report.problem("slope", String.valueOf(line.slope()), "a calibration increases, so it must be above 0");
            }
            if (!Double.isFinite(line.intercept())) {
                report.problem("intercept", String.valueOf(line.intercept()), "every number must be finite");
            }
        } else if (calibration instanceof Calibration.Isotonic points) {
            Ascending.check("raw", points.raw(), 1, report);
            Ascending.check("calibrated", points.calibrated(), 1, report);
            if (points.raw().size() != points.calibrated().size()) {
                report.problem(
                        "calibrated",
                        points.calibrated().size() + " numbers",
                        "expected " + points.raw().size() + ", one for each of the raw ones");
            } else {
                slopes(points, report);
            }
        }
    }

    private static void slopes(Calibration.Isotonic points, ShapeCheck.Report report) {
        for (int i = 1; i < points.raw().size(); i++) {
            double run = points.raw().get(i) - points.raw().get(i - 1);
            double rise = points.calibrated().get(i) - points.calibrated().get(i - 1);
            if (run > 0 && rise < Double.POSITIVE_INFINITY && rise / run == Double.POSITIVE_INFINITY) {
                report.problem(
                        "raw/" + i,
                        String.valueOf(points.raw().get(i)),
                        "it is too near to the one before, " + points.raw().get(i - 1)
                                + ", for a double to hold the slope");
            }
        }
    }

    static Optional<BaseRate> baseRate(JsonObject json) {
        double training = json.number("training");
        double declared = json.number("declared");
        rate("training", training, json);
        rate("declared", declared, json);
        return json.isValid() ? Optional.of(new BaseRate(training, declared)) : Optional.empty();
    }

    private static void rate(String field, double rate, JsonObject json) {
        if (json.isValid() && !BaseRate.isRate(rate)) {
            json.problem(field, String.valueOf(rate), "expected a number above 0 and below 1");
        }
    }

    static Map<String, Object> json(BaseRate rate) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("training", rate.training());
        json.put("declared", rate.declared());
        return json;
    }
}
