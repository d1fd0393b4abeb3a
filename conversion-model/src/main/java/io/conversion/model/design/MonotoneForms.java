package io.conversion.model.design;

import io.conversion.core.shapes.Shape;
import io.conversion.core.signals.ExpectedDirection;
import io.conversion.core.signals.Signal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * Keeps shapes to the direction that their signals declare: where a fitted shape goes the other way, its form loses the
 * knot, the bound or the point mass that lets it, and the fit is repeated. A straight line cannot be mended like that;
 * it is reported.
 */
public final class MonotoneForms {

    private MonotoneForms() {}

    /** The forms to fit next; the same ones if every shape keeps to its direction as far as its form can mend it. */
    public static Map<Integer, NumericForm> of(Design design, Map<Integer, NumericForm> forms, double[] coefficients) {
        Map<Integer, NumericForm> mended = new TreeMap<>(forms);
        Map<String, Shape> shapes = shapes(design, coefficients);
        forms.forEach((position, form) -> {
            Signal signal = design.data().schema().declared().get(position);
            Shape shape = Objects.requireNonNull(shapes.get(signal.name()));
            if (shape instanceof Shape.OfNumber curve && signal.expected() != ExpectedDirection.ANY) {
                mended.put(position, mend(form, curve, sign(signal)));
            }
        });
        return mended;
    }

    /** The signals whose shapes go against their declared direction. */
    public static List<String> violations(Design design, double[] coefficients) {
        List<String> violations = new ArrayList<>();
        Map<String, Shape> shapes = shapes(design, coefficients);
        for (Signal signal : design.data().schema().declared()) {
            Shape shape = Objects.requireNonNull(shapes.get(signal.name()));
            if (signal.expected() != ExpectedDirection.ANY && goesAgainst(shape, sign(signal))) {
                violations.add(signal.name());
            }
        }
        return violations;
    }

    /** Whether a curve goes against the direction that its signal declares. */
    static boolean goesAgainst(Signal signal, SignalBasis basis, double[] coefficients) {
        boolean[] estimated = new boolean[basis.columns().size()];
        Arrays.fill(estimated, true);
        return signal.expected() != ExpectedDirection.ANY
                && goesAgainst(basis.fold(Arrays.copyOf(coefficients, estimated.length), estimated), sign(signal));
    }

    private static Map<String, Shape> shapes(Design design, double[] coefficients) {
        boolean[] estimated = new boolean[coefficients.length];
        Arrays.fill(estimated, true);
        return new LinkedHashMap<>(design.fold(coefficients, estimated));
    }

    private static int sign(Signal signal) {
        return signal.expected() == ExpectedDirection.INCREASING ? 1 : -1;
    }

    private static boolean goesAgainst(Shape shape, int sign) {
        if (shape instanceof Shape.Flag flag) {
            return sign * flag.whenTrue() < 0;
        } else if (shape instanceof Shape.Linear line) {
            return sign * line.slope() < 0;
        } else if (shape instanceof Shape.Log line) {
            return sign * line.slope() < 0;
        } else if (shape instanceof Shape.PointMass mass) {
            return goesAgainst(mass.elsewhere(), sign) || isOutOfLine(mass, sign);
        }
        return worst(values(shape), sign) >= 0;
    }

    private static NumericForm mend(NumericForm form, Shape.OfNumber curve, int sign) {
        if (curve instanceof Shape.PointMass mass) {
            return isOutOfLine(mass, sign) ? form.withPointMass(null) : mend(form, mass.elsewhere(), sign);
        }
        List<Double> values = values(curve);
        int segment = worst(values, sign);
        if (segment < 0) {
            return form;
        }
        // The bound between two steps; or an inner knot at one of the ends of a piece.
        return form.kind() == NumericForm.Kind.STEPS
                ? form.without(segment)
                : form.without(Math.max(1, Math.min(segment + 1, form.knots().size() - 2)));
    }

    /** Whether the value at a point mass does not lie between those of its neighbours. */
    private static boolean isOutOfLine(Shape.PointMass mass, int sign) {
        double below = mass.elsewhere().at(Math.nextDown(mass.at()));
        double above = mass.elsewhere().at(Math.nextUp(mass.at()));
        return sign * mass.value() < Math.min(sign * below, sign * above)
                || sign * mass.value() > Math.max(sign * below, sign * above);
    }

    private static List<Double> values(Shape shape) {
        return shape instanceof Shape.Piecewise piecewise
                ? piecewise.values()
                : shape instanceof Shape.Steps steps ? steps.values() : List.of();
    }

    /** The piece that goes furthest against the direction; -1 if none does. */
    private static int worst(List<Double> values, int sign) {
        int worst = -1;
        double most = 0;
        for (int i = 0; i + 1 < values.size(); i++) {
            double against = -sign * (values.get(i + 1) - values.get(i));
            if (against > most) {
                most = against;
                worst = i;
            }
        }
        return worst;
    }
}
