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
            case LINEAR -> new Shape.Linear(json.number("slope"), json.number("centre"), missing);
            case FLAG -> new Shape.Flag(json.number("true"), missing);
            case LEVELS -> new Shape.Levels(json.numbers("values"), json.number("unseen"), missing, notEstimated(json));
        };
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
        if (shape instanceof Shape.Linear linear) {
            json.put("slope", linear.slope());
            json.put("centre", linear.centre());
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

    static String kind(Shape shape) {
        Kind kind = shape instanceof Shape.Linear ? Kind.LINEAR : shape instanceof Shape.Flag ? Kind.FLAG : Kind.LEVELS;
        return kind.name().toLowerCase(Locale.ROOT);
    }
}
