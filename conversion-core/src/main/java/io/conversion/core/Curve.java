package io.conversion.core;

import io.conversion.core.internal.Segments;
import io.conversion.core.shapes.Shape;

/**
 * A shape of a number other than a line, as it is computed with: arrays in place of lists, the knots on their scale
 * already. It gives the same bits as {@link Shape.OfNumber#at}. Records, since a JIT compiler takes the fields of a
 * constant record for constants. Immutable.
 */
sealed interface Curve {

    /** What the shape adds for a number that is not NaN. */
    double at(double x);

    static Curve of(Shape.OfNumber shape) {
        return shape.match(new Compiler());
    }

    /** Makes the curve of each kind of shape. */
    record Compiler() implements Shape.NumberCases<Curve> {

        @Override
        public Curve linear(Shape.Linear shape) {
            return new Line(shape.slope(), shape.centre());
        }

        @Override
        public Curve log(Shape.Log shape) {
            return new Log(shape.slope(), shape.centre());
        }

        @Override
        public Curve piecewise(Shape.Piecewise shape) {
            return new Lines(
                    shape.scale() == Shape.Scale.SIGNED_LOG,
                    Segments.array(shape.knots()),
                    shape.knots().stream().mapToDouble(shape.scale()::of).toArray(),
                    Segments.array(shape.values()));
        }

        @Override
        public Curve steps(Shape.Steps shape) {
            return new Steps(Segments.array(shape.bounds()), Segments.array(shape.values()));
        }

        @Override
        public Curve pointMass(Shape.PointMass shape) {
            return new Point(shape.at(), shape.value(), of(shape.elsewhere()));
        }
    }

    /** A line, where it is no point mass. */
    record Line(double slope, double centre) implements Curve {

        @Override
        public double at(double x) {
            return slope * (x - centre);
        }
    }

    /** A line over the signed logarithm. */
    record Log(double slope, double centre) implements Curve {

        @Override
        public double at(double x) {
            return slope * (Shape.Scale.SIGNED_LOG.of(x) - centre);
        }
    }

    /** One value for each range. */
    // Nobody but this package sees the arrays, and nobody changes them.
    @SuppressWarnings("ArrayRecordComponent")
    record Steps(double[] bounds, double[] values) implements Curve {

        @Override
        public double at(double x) {
            return values[Segments.atOrBelow(bounds, x)];
        }
    }

    /** Straight lines between knots. */
    @SuppressWarnings("ArrayRecordComponent") // as above
    record Lines(boolean signedLog, double[] knots, double[] scaled, double[] values) implements Curve {

        @Override
        public double at(double x) {
            int next = Segments.atOrBelow(knots, x);
            if (next == 0 || next == knots.length) {
                return values[next == 0 ? 0 : next - 1];
            }
            return Segments.between(
                    signedLog ? Shape.Scale.SIGNED_LOG.of(x) : x,
                    scaled[next - 1],
                    scaled[next],
                    values[next - 1],
                    values[next]);
        }
    }

    /** A value of its own at one number. */
    record Point(double where, double value, Curve elsewhere) implements Curve {

        @Override
        public double at(double x) {
            return x == where ? value : elsewhere.at(x);
        }
    }
}
