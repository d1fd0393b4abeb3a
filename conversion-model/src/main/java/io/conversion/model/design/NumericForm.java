package io.conversion.model.design;

import io.conversion.core.shapes.Shape;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What kind of curve a numeric signal gets: a family of shapes that are linear in their coefficients.
 *
 * @param kind the kind of curve
 * @param scale the scale of a piecewise one
 * @param knots the knots of a piecewise one, both ends included, or the bounds of steps; in the signal's unit
 * @param pointMass the number that has a value of its own; null for none
 */
public record NumericForm(
        Kind kind,
        Shape.Scale scale,
        List<Double> knots,
        @Nullable Double pointMass) {

    /** No effect but that of a point mass and of missing. */
    static final NumericForm NONE = new NumericForm(Kind.NONE, Shape.Scale.PLAIN, List.of(), null);

    static final NumericForm LINEAR = new NumericForm(Kind.LINEAR, Shape.Scale.PLAIN, List.of(), null);
    static final NumericForm LOG = new NumericForm(Kind.LOG, Shape.Scale.SIGNED_LOG, List.of(), null);

    /** The kinds of curve, from simple to rich. */
    public enum Kind {
        NONE,
        LINEAR,
        LOG,
        PIECEWISE,
        STEPS
    }

    static NumericForm piecewise(Shape.Scale scale, List<Double> knots) {
        return new NumericForm(Kind.PIECEWISE, scale, knots, null);
    }

    static NumericForm steps(List<Double> bounds) {
        return new NumericForm(Kind.STEPS, Shape.Scale.PLAIN, bounds, null);
    }

    NumericForm withPointMass(@Nullable Double at) {
        return new NumericForm(kind, scale, knots, at);
    }

    /** The same with one knot or bound less, down to a straight line between two knots, or to no step. */
    NumericForm without(int knot) {
        List<Double> fewer = new ArrayList<>(knots);
        fewer.remove(knot);
        return fewer.isEmpty() ? NONE.withPointMass(pointMass) : new NumericForm(kind, scale, fewer, pointMass);
    }

    /** Whether it is a straight line on its scale, which goes one way or not at all. */
    boolean isLine() {
        return kind == Kind.LINEAR || kind == Kind.LOG || (kind == Kind.PIECEWISE && knots.size() == 2);
    }

    /** The number of functions of a number, the one of the point mass not counted. */
    int parts() {
        return switch (kind) {
            case NONE -> 0;
            case LINEAR, LOG -> 1;
            // A line and a change of slope at each inner knot.
            case PIECEWISE -> knots.size() - 1;
            case STEPS -> knots.size();
        };
    }

    /** The number of coefficients. */
    int coefficients() {
        return parts() + (pointMass == null ? 0 : 1);
    }

    /** Where a number lies on the scale of the curve; a piecewise one is flat beyond its ends. */
    double position(double x) {
        return switch (kind) {
            case NONE, LINEAR, STEPS -> x;
            case LOG -> Shape.Scale.SIGNED_LOG.of(x);
            case PIECEWISE -> scale.of(Math.min(Math.max(x, knots.get(0)), knots.get(knots.size() - 1)));
        };
    }

    /** The knots or bounds on that scale. */
    double[] positions() {
        return knots.stream().mapToDouble(this::position).toArray();
    }

    /**
     * One function of a number that is not the point mass.
     *
     * @param k which one
     * @param t the position of the number
     * @param positions those of the knots
     */
    double part(int k, double t, double[] positions) {
        return switch (kind) {
            case NONE -> 0;
            case LINEAR, LOG -> t;
            case PIECEWISE -> k == 0 ? t : Math.max(0, t - positions[k]);
            case STEPS -> t >= positions[k] ? 1 : 0;
        };
    }

    /** How a column is named beside the signal. */
    String suffix(int k) {
        return switch (kind) {
            case NONE, LINEAR -> "";
            case LOG -> " log";
            case PIECEWISE -> (scale == Shape.Scale.PLAIN ? "" : " log") + (k == 0 ? "" : " from " + knots.get(k));
            case STEPS -> " >= " + knots.get(k);
        };
    }

    /** The form in words. */
    public String describe() {
        String curve = switch (kind) {
            case NONE -> "none";
            case LINEAR -> "linear";
            case LOG -> "signed log";
            case PIECEWISE ->
                knots.size() == 2
                        ? (scale == Shape.Scale.PLAIN ? "linear" : "signed log") + " with flat tails"
                        : "piecewise linear" + (scale == Shape.Scale.PLAIN ? "" : " on the signed log") + ", "
                                + (knots.size() - 2) + (knots.size() == 3 ? " kink" : " kinks");
            case STEPS -> (knots.size() + 1) + " steps";
        };
        return pointMass == null ? curve : curve + ", apart from " + number(pointMass);
    }

    private static String number(double value) {
        return value == StrictMath.rint(value) && Math.abs(value) < 1e15
                ? Long.toString((long) value)
                : Double.toString(value);
    }
}
