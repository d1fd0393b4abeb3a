package io.conversion.core;

import io.conversion.core.json.ArtifactText;
import io.conversion.core.shapes.Shape;
import io.conversion.core.signals.CategoricalSignal;
import io.conversion.core.signals.FlagSignal;
import io.conversion.core.signals.NumericSignal;
import io.conversion.core.signals.Signal;
import io.conversion.core.signals.SignalSchema;
import io.conversion.core.signals.WhenUnseen;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

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
                problems.add("signal " + ArtifactText.quoted(signal.name()) + " has no shape");
            } else {
                ordered.put(signal.name(), inOrder(signal, shape));
                check(
                        signal,
                        shape,
                        (field, found, expected) -> problems.add("shape of signal " + ArtifactText.quoted(signal.name())
                                + ": " + field + " is " + found + "; " + expected));
            }
        }
        for (String name : shapes.keySet()) {
            if (schema.position(name) < 0) {
                problems.add("there is a shape of " + ArtifactText.quoted(name) + ", which is not in schema " + schema);
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
            number.match(new NumberChecks()).accept(report);
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

    /** What is to be checked of the numbers of each kind of shape. */
    private record NumberChecks() implements Shape.NumberCases<Consumer<Report>> {

        @Override
        public Consumer<Report> linear(Shape.Linear shape) {
            return report -> line(shape.slope(), shape.centre(), report);
        }

        @Override
        public Consumer<Report> log(Shape.Log shape) {
            return report -> line(shape.slope(), shape.centre(), report);
        }

        private static void line(double slope, double centre, Report report) {
            finite("slope", slope, report);
            finite("centre", centre, report);
        }

        @Override
        public Consumer<Report> piecewise(Shape.Piecewise shape) {
            return report -> {
                Ascending.check("knots", shape.knots(), 2, report);
                sameSize("values", shape.values(), shape.knots().size(), "one for each of the knots", report);
                Ascending.distances("values", shape.values(), report);
                scaled(shape, report);
            };
        }

        @Override
        public Consumer<Report> steps(Shape.Steps shape) {
            return report -> {
                Ascending.check("bounds", shape.bounds(), 1, report);
                sameSize("values", shape.values(), shape.bounds().size() + 1, "one more than there are bounds", report);
                for (int i = 0; i < shape.values().size(); i++) {
                    finite("values/" + i, shape.values().get(i), report);
                }
            };
        }

        @Override
        public Consumer<Report> pointMass(Shape.PointMass shape) {
            return report -> {
                finite("point_mass/at", shape.at(), report);
                finite("point_mass/value", shape.value(), report);
                if (shape.elsewhere() instanceof Shape.PointMass) {
                    report.problem("point_mass", "given twice", "a shape has one point mass at most");
                } else {
                    shape.elsewhere().match(this).accept(report);
                }
            };
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
                    "the schema scores unseen levels as " + ArtifactText.quoted(rule.level()) + ", which has "
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
