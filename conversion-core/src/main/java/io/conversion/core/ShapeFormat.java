package io.conversion.core;

import io.conversion.core.json.JsonObject;
import io.conversion.core.shapes.Shape;
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
        json.put("kind", "");
        json.put("kind", shape.match(new Fields(json)));
        json.put("missing", shape.missing());
        json.put("weight", weight);
        return json;
    }

    static String kind(Shape shape) {
        return shape.match(new Fields(new LinkedHashMap<>()));
    }

    /** Puts the fields of each kind of shape, and answers the kind. */
    private record Fields(Map<String, Object> json) implements Shape.Cases<String> {

        @Override
        public String linear(Shape.Linear shape) {
            json.put("slope", shape.slope());
            json.put("centre", shape.centre());
            return lower(Kind.LINEAR);
        }

        @Override
        public String log(Shape.Log shape) {
            json.put("slope", shape.slope());
            json.put("centre", shape.centre());
            return lower(Kind.LOG);
        }

        @Override
        public String piecewise(Shape.Piecewise shape) {
            json.put("scale", lower(shape.scale()));
            json.put("knots", shape.knots());
            json.put("values", shape.values());
            return lower(Kind.PIECEWISE);
        }

        @Override
        public String steps(Shape.Steps shape) {
            json.put("bounds", shape.bounds());
            json.put("values", shape.values());
            return lower(Kind.STEPS);
        }

        @Override
        public String pointMass(Shape.PointMass shape) {
            Map<String, Object> point = new LinkedHashMap<>();
            point.put("at", shape.at());
            point.put("value", shape.value());
            String kind = shape.elsewhere().match((Shape.Cases<String>) this);
            json.put("point_mass", point);
            return kind;
        }

        @Override
        public String flag(Shape.Flag shape) {
            json.put("true", shape.whenTrue());
            return lower(Kind.FLAG);
        }

        @Override
        public String levels(Shape.Levels shape) {
            json.put("values", shape.values());
            json.put("unseen", shape.unseen());
            if (!shape.notEstimated().isEmpty()) {
                json.put("not_estimated", List.copyOf(shape.notEstimated()));
            }
            return lower(Kind.LEVELS);
        }

        private static String lower(Enum<?> kind) {
            return kind.name().toLowerCase(Locale.ROOT);
        }
    }
}
