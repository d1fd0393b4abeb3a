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
import java.util.stream.IntStream;

/**
 * Keeps chosen shapes to the direction that their signals declare: where a fitted shape goes the other way, its form loses
 * the knot, the bound or the point mass that lets it, and the fit is repeated. A straight line that goes the other way
 * has no slope in the end. Shapes that are given, and flags, are not mended; they are reported.
 */
public final class MonotoneForms {

    /**
     * What a shape adds from low values of its signal to high ones, a point mass apart; a line at two values, one unit
     * apart. Levels have no order.
     */
    private static final Shape.Cases<List<Double>> HEIGHTS = new Shape.Cases<>() {
        @Override
        public List<Double> linear(Shape.Linear shape) {
            return List.of(0.0, shape.slope());
        }

        @Override
        public List<Double> log(Shape.Log shape) {
            return List.of(0.0, shape.slope());
        }

        @Override
        public List<Double> piecewise(Shape.Piecewise shape) {
            return shape.values();
        }

        @Override
        public List<Double> steps(Shape.Steps shape) {
            return shape.values();
        }

        @Override
        public List<Double> pointMass(Shape.PointMass shape) {
            return shape.elsewhere().match(this);
        }

        @Override
        public List<Double> flag(Shape.Flag shape) {
            return List.of(0.0, shape.whenTrue());
        }

        @Override
        public List<Double> levels(Shape.Levels shape) {
            return List.of();
        }
    };

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

    /** The signals that were left without a curve, since it would go against their declared direction. */
    public static List<String> withoutCurve(Design design) {
        return IntStream.range(0, design.bases().size())
                .filter(i -> design.bases().get(i) instanceof NumericBasis numeric
                        && numeric.form().kind() == NumericForm.Kind.NONE)
                .mapToObj(i -> design.data().schema().declared().get(i).name())
                .toList();
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
        return worst(shape.match(HEIGHTS), sign) >= 0 || isOutOfLine(shape, sign);
    }

    private static NumericForm mend(NumericForm form, Shape.OfNumber curve, int sign) {
        if (isOutOfLine(curve, sign)) {
            return form.withPointMass(null);
        }
        int segment = worst(curve.match(HEIGHTS), sign);
        if (segment < 0) {
            return form;
        } else if (form.isLine()) {
            return NumericForm.NONE.withPointMass(form.pointMass());
        }
        // The bound between two steps; or an inner knot at one of the ends of a piece.
        return form.kind() == NumericForm.Kind.STEPS
                ? form.without(segment)
                : form.without(Math.max(1, Math.min(segment + 1, form.knots().size() - 2)));
    }

    /** Whether there is a point mass whose value does not lie between those of its neighbours. */
    private static boolean isOutOfLine(Shape shape, int sign) {
        if (!(shape instanceof Shape.PointMass mass)) {
            return false;
        }
        double below = mass.elsewhere().at(Math.nextDown(mass.at()));
        double above = mass.elsewhere().at(Math.nextUp(mass.at()));
        return sign * mass.value() < Math.min(sign * below, sign * above)
                || sign * mass.value() > Math.max(sign * below, sign * above);
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
