package io.conversion.core;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Checks that shapes fit the signals of a schema. */
final class ShapeCheck {

    /** Takes one problem: the field of the shape, what it is, and what was expected. */
    @FunctionalInterface
    interface Report {
        void problem(String field, String found, String expected);
    }

    private ShapeCheck() {}

    /** The shapes in the order of the schema, as far as they fit. */
    static Map<String, Shape> inOrder(SignalSchema schema, Map<String, ? extends Shape> shapes, List<String> problems) {
        Map<String, Shape> ordered = new LinkedHashMap<>();
        for (Signal signal : schema.declared()) {
            Shape shape = shapes.get(signal.name());
            if (shape == null) {
                problems.add("signal \"" + signal.name() + "\" has no shape");
            } else {
                ordered.put(signal.name(), inOrder(signal, shape));
                check(
                        signal,
                        shape,
                        (field, found, expected) -> problems.add("shape of signal \"" + signal.name() + "\": " + field
                                + " is " + found + "; " + expected));
            }
        }
        for (String name : shapes.keySet()) {
            if (schema.position(name) < 0) {
                problems.add("there is a shape of \"" + name + "\", which is not in schema " + schema);
            }
        }
        return ordered;
    }

    /** A shape of levels with its values in the order of the schema, since a table of them is indexed by it. */
    private static Shape inOrder(Signal signal, Shape shape) {
        if (signal instanceof CategoricalSignal categorical
                && shape instanceof Shape.Levels levels
                && levels.values().keySet().containsAll(categorical.levels())) {
            Map<String, Double> values = new LinkedHashMap<>();
            categorical.levels().forEach(level -> values.put(level, value(levels, level)));
            return new Shape.Levels(values, levels.unseen(), levels.missing(), levels.notEstimated());
        }
        return shape;
    }

    static void check(Signal signal, Shape shape, Report report) {
        finite("missing", shape.missing(), report);
        if (signal instanceof NumericSignal && shape instanceof Shape.OfNumber number) {
            number(number, report);
        } else if (signal instanceof FlagSignal && shape instanceof Shape.Flag flag) {
            finite("true", flag.whenTrue(), report);
        } else if (signal instanceof CategoricalSignal categorical && shape instanceof Shape.Levels levels) {
            levels(categorical, levels, report);
        } else {
            report.problem(
                    "kind",
                    ShapeFormat.kind(shape),
                    "expected a shape for a " + (signal instanceof FlagSignal ? "flag" : kind(signal) + " signal"));
        }
    }

    private static void number(Shape.OfNumber shape, Report report) {
        if (shape instanceof Shape.PointMass mass) {
            finite("point_mass/at", mass.at(), report);
            finite("point_mass/value", mass.value(), report);
            if (mass.elsewhere() instanceof Shape.PointMass) {
                report.problem("point_mass", "given twice", "a shape has one point mass at most");
            } else {
                number(mass.elsewhere(), report);
            }
        } else if (shape instanceof Shape.Linear linear) {
            finite("slope", linear.slope(), report);
            finite("centre", linear.centre(), report);
        } else if (shape instanceof Shape.Log log) {
            finite("slope", log.slope(), report);
            finite("centre", log.centre(), report);
        } else if (shape instanceof Shape.Piecewise lines) {
            Ascending.check("knots", lines.knots(), 2, report);
            sameSize("values", lines.values(), lines.knots().size(), "one for each of the knots", report);
            Ascending.distances("values", lines.values(), report);
            scaled(lines, report);
        } else if (shape instanceof Shape.Steps steps) {
            Ascending.check("bounds", steps.bounds(), 1, report);
            sameSize("values", steps.values(), steps.bounds().size() + 1, "one more than there are bounds", report);
            for (int i = 0; i < steps.values().size(); i++) {
                finite("values/" + i, steps.values().get(i), report);
            }
        }
    }

    /** Knots that are neighbours of each other may be the same number on the scale, and no line lies between them. */
    private static void scaled(Shape.Piecewise lines, Report report) {
        for (int i = 1; i < lines.knots().size(); i++) {
            double knot = lines.knots().get(i);
            double before = lines.knots().get(i - 1);
            if (knot > before && lines.scale().of(knot) == lines.scale().of(before)) {
                report.problem(
                        "knots/" + i,
                        String.valueOf(knot),
                        "expected a knot that differs from " + before + " on the scale of the signed logarithm");
            }
        }
    }

    private static void sameSize(String field, List<Double> values, int size, String expected, Report report) {
        if (values.size() != size) {
            report.problem(field, values.size() + " numbers", "expected " + size + ", " + expected);
        }
    }

    private static void levels(CategoricalSignal signal, Shape.Levels shape, Report report) {
        finite("unseen", shape.unseen(), report);
        shape.values().forEach((level, value) -> finite("values/" + level, value, report));
        List<String> given = new ArrayList<>(shape.values().keySet());
        if (given.size() != signal.levels().size() || !given.containsAll(signal.levels())) {
            report.problem("values", "given for " + given, "expected the levels of the schema, " + signal.levels());
            return;
        }
        double first = value(shape, signal.levels().get(0));
        if (!shape.notEstimated().stream().allMatch(level -> given.contains(level) && value(shape, level) == first)) {
            report.problem(
                    "not_estimated",
                    shape.notEstimated().toString(),
                    "expected levels that have the value of the first one, " + first);
        }
        if (signal.whenUnseen() instanceof WhenUnseen.Level rule && shape.unseen() != value(shape, rule.level())) {
            report.problem(
                    "unseen",
                    String.valueOf(shape.unseen()),
                    "the schema scores unseen levels as \"" + rule.level() + "\", which has "
                            + value(shape, rule.level()));
        }
    }

    private static double value(Shape.Levels shape, String level) {
        return shape.values().getOrDefault(level, Double.NaN);
    }

    private static void finite(String field, double value, Report report) {
        if (!Double.isFinite(value)) {
            report.problem(field, String.valueOf(value), "every number must be finite");
        }
    }

    private static String kind(Signal signal) {
        return signal instanceof NumericSignal ? "numeric" : "categorical";
    }
}
