package io.conversion.core;

import java.util.List;
import java.util.TreeSet;

/** Where a shape of numbers changes from one piece to the next: knots, bounds and the point mass. */
final class Cuts {

    private Cuts() {}

    /** The cuts in ascending order; between two of them the shape is monotone. */
    static double[] of(Shape.OfNumber shape) {
        TreeSet<Double> cuts = new TreeSet<>(inside(shape));
        if (shape instanceof Shape.PointMass mass) {
            // Adding zero keeps -0.0 and 0.0 from being two.
            cuts.add(mass.at() + 0.0);
            inside(mass.elsewhere()).forEach(cut -> cuts.add(cut + 0.0));
        }
        return cuts.stream().mapToDouble(Double::doubleValue).toArray();
    }

    private static List<Double> inside(Shape.OfNumber shape) {
        return shape instanceof Shape.Piecewise lines
                ? lines.knots()
                : shape instanceof Shape.Steps steps ? steps.bounds() : List.of();
    }
}
