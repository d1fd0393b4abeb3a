package io.conversion.core;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * The estimated numbers of a shape, and what the shape gains by one unit more of each: since a shape is linear in its
 * numbers, that is the derivative of the log-odds. Pure.
 */
final class ShapeNumbers {

    private static final String MISSING = "missing";
    private static final String UNSEEN = "unseen";
    private static final String SLOPE = "slope";
    private static final String TRUE = "true";
    private static final String POINT_MASS = "point_mass";
    private static final String VALUES = "values/";

    private ShapeNumbers() {}

    /** The names of the numbers, as {@link ShapeNumber#number} has them. */
    static Set<String> of(Shape shape) {
        Set<String> numbers = new LinkedHashSet<>();
        add(shape, numbers);
        numbers.add(MISSING);
        return numbers;
    }

    private static void add(Shape shape, Set<String> numbers) {
        if (shape instanceof Shape.Flag) {
            numbers.add(TRUE);
        } else if (shape instanceof Shape.Levels levels) {
            levels.values().keySet().forEach(level -> numbers.add(VALUES + level));
            numbers.add(UNSEEN);
        } else if (shape instanceof Shape.PointMass mass) {
            numbers.add(POINT_MASS);
            add(mass.elsewhere(), numbers);
        } else if (shape instanceof Shape.Piecewise lines) {
            addValues(lines.values().size(), numbers);
        } else if (shape instanceof Shape.Steps steps) {
            addValues(steps.values().size(), numbers);
        } else {
            numbers.add(SLOPE);
        }
    }

    private static void addValues(int count, Set<String> numbers) {
        IntStream.range(0, count).forEach(i -> numbers.add(VALUES + i));
    }

    /**
     * The derivative of what the shape adds with respect to one of its numbers, at a number, NaN if it is missing, or at
     * the code of a level or a flag.
     */
    static double derivative(Shape shape, String number, double value) {
        if (shape instanceof Shape.OfNumber numeric) {
            if (Double.isNaN(value) || number.equals(MISSING)) {
                return Double.isNaN(value) && number.equals(MISSING) ? 1 : 0;
            }
            return ofNumber(numeric, number, value);
        } else if (value == Signals.MISSING || number.equals(MISSING)) {
            return value == Signals.MISSING && number.equals(MISSING) ? 1 : 0;
        } else if (shape instanceof Shape.Levels levels) {
            return level(levels, value).equals(number) ? 1 : 0;
        }
        return value == Signals.TRUE ? 1 : 0;
    }

    private static String level(Shape.Levels shape, double code) {
        return code == Signals.UNSEEN
                ? UNSEEN
                : VALUES
                        + shape.values().keySet().stream()
                                .skip((long) code - Signals.FIRST_LEVEL)
                                .findFirst()
                                .orElseThrow();
    }

    private static double ofNumber(Shape.OfNumber shape, String number, double x) {
        if (shape instanceof Shape.PointMass mass) {
            boolean there = x == mass.at();
            if (there || number.equals(POINT_MASS)) {
                return there && number.equals(POINT_MASS) ? 1 : 0;
            }
            return ofNumber(mass.elsewhere(), number, x);
        } else if (shape instanceof Shape.Linear line) {
            return x - line.centre();
        } else if (shape instanceof Shape.Log log) {
            return Shape.Scale.signedLog(x) - log.centre();
        }
        int position = Integer.parseInt(number.substring(VALUES.length()));
        return shape instanceof Shape.Steps steps
                ? Segments.atOrBelow(steps.bounds(), x) == position ? 1 : 0
                : hat((Shape.Piecewise) shape, position, x);
    }

    /** How much of the value at one knot the line through {@code x} takes: 1 at the knot, 0 at its neighbours. */
    private static double hat(Shape.Piecewise shape, int position, double x) {
        int next = Segments.atOrBelow(shape.knots(), x);
        int last = shape.knots().size() - 1;
        if (next == 0 || next > last) {
            return position == (next == 0 ? 0 : last) ? 1 : 0;
        } else if (position != next && position != next - 1) {
            return 0;
        }
        double from = shape.scale().of(shape.knots().get(next - 1));
        double to = shape.scale().of(shape.knots().get(next));
        double share = Segments.between(shape.scale().of(x), from, to, 0, 1);
        return position == next ? share : 1 - share;
    }
}
