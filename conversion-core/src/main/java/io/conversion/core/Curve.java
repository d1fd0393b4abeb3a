package io.conversion.core;

/**
 * A shape of a number other than a line, as it is computed with: arrays in place of lists, the knots on their scale
 * already. It gives the same bits as {@link Shape.OfNumber#at}. Records, since a JIT compiler takes the fields of a
 * constant record for constants. Immutable.
 */
sealed interface Curve {

    /** What the shape adds for a number that is not NaN. */
    double at(double x);

    static Curve of(Shape.OfNumber shape) {
        if (shape instanceof Shape.Linear line) {
            return new Line(line.slope(), line.centre());
        } else if (shape instanceof Shape.Log log) {
            return new Log(log.slope(), log.centre());
        } else if (shape instanceof Shape.Steps steps) {
            return new Steps(Segments.array(steps.bounds()), Segments.array(steps.values()));
        } else if (shape instanceof Shape.Piecewise lines) {
            double[] scaled =
                    lines.knots().stream().mapToDouble(lines.scale()::of).toArray();
            return new Lines(
                    lines.scale() == Shape.Scale.SIGNED_LOG,
                    Segments.array(lines.knots()),
                    scaled,
                    Segments.array(lines.values()));
        }
        Shape.PointMass mass = (Shape.PointMass) shape;
        return new Point(mass.at(), mass.value(), of(mass.elsewhere()));
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
            return slope * (Shape.Scale.signedLog(x) - centre);
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
                    signedLog ? Shape.Scale.signedLog(x) : x,
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
