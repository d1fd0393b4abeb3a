package io.conversion.core;

import io.conversion.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The JSON of one shape. */
final class ShapeFormat {

    private enum Kind {
        LINEAR,
        LOG,
        PIECEWISE,
        STEPS,
        FLAG,
        LEVELS
    }

    private ShapeFormat() {}

    static Shape read(JsonObject json) {
        Optional<Kind> kind = json.choice("kind", Kind.class);
        double missing = json.number("missing");
        if (kind.isEmpty()) {
            json.skipOtherFields();
            return new Shape.Flag(0, missing);
        }
        return switch (kind.get()) {
            case LINEAR -> withPointMass(json, new Shape.Linear(json.number("slope"), json.number("centre"), missing));
            case LOG -> withPointMass(json, new Shape.Log(json.number("slope"), json.number("centre"), missing));
            case PIECEWISE ->
                withPointMass(
                        json,
                        new Shape.Piecewise(
                                json.choice("scale", Shape.Scale.class).orElse(Shape.Scale.PLAIN),
                                json.numberList("knots"),
                                json.numberList("values"),
                                missing));
            case STEPS ->
                withPointMass(json, new Shape.Steps(json.numberList("bounds"), json.numberList("values"), missing));
            case FLAG -> new Shape.Flag(json.number("true"), missing);
            case LEVELS -> new Shape.Levels(json.numbers("values"), json.number("unseen"), missing, notEstimated(json));
        };
    }

    private static Shape withPointMass(JsonObject json, Shape.OfNumber elsewhere) {
        return json.optionalObject("point_mass")
                .<Shape>map(mass -> new Shape.PointMass(mass.number("at"), mass.number("value"), elsewhere))
                .orElse(elsewhere);
    }

    private static Set<String> notEstimated(JsonObject json) {
        List<String> levels = json.texts("not_estimated");
        Set<String> distinct = new TreeSet<>(levels);
        if (distinct.size() < levels.size()) {
            json.problem("not_estimated", levels.toString(), "each level may be listed once");
        }
        return distinct;
    }

    static Map<String, Object> json(String signal, Shape shape, double weight) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("signal", signal);
        json.put("kind", kind(shape));
        if (shape instanceof Shape.OfNumber number) {
            number(number, json);
        } else if (shape instanceof Shape.Flag flag) {
            json.put("true", flag.whenTrue());
        } else if (shape instanceof Shape.Levels levels) {
            json.put("values", levels.values());
            json.put("unseen", levels.unseen());
            if (!levels.notEstimated().isEmpty()) {
                json.put("not_estimated", List.copyOf(levels.notEstimated()));
            }
        }
        json.put("missing", shape.missing());
        json.put("weight", weight);
        return json;
    }

    private static void number(Shape.OfNumber shape, Map<String, Object> json) {
        if (shape instanceof Shape.PointMass mass) {
            Map<String, Object> point = new LinkedHashMap<>();
            point.put("at", mass.at());
            point.put("value", mass.value());
            number(mass.elsewhere(), json);
            json.put("point_mass", point);
        } else if (shape instanceof Shape.Linear linear) {
            json.put("slope", linear.slope());
            json.put("centre", linear.centre());
        } else if (shape instanceof Shape.Log log) {
            json.put("slope", log.slope());
            json.put("centre", log.centre());
        } else if (shape instanceof Shape.Piecewise lines) {
            json.put("scale", lines.scale().name().toLowerCase(Locale.ROOT));
            json.put("knots", lines.knots());
            json.put("values", lines.values());
        } else if (shape instanceof Shape.Steps steps) {
            json.put("bounds", steps.bounds());
            json.put("values", steps.values());
        }
    }

    static String kind(Shape shape) {
        if (shape instanceof Shape.PointMass mass) {
            return kind(mass.elsewhere());
        }
        Kind kind = shape instanceof Shape.Linear
                ? Kind.LINEAR
                : shape instanceof Shape.Log
                        ? Kind.LOG
                        : shape instanceof Shape.Piecewise
                                ? Kind.PIECEWISE
                                : shape instanceof Shape.Steps
                                        ? Kind.STEPS
                                        : shape instanceof Shape.Flag ? Kind.FLAG : Kind.LEVELS;
        return kind.name().toLowerCase(Locale.ROOT);
    }
}
