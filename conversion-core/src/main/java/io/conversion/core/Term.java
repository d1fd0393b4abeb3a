package io.conversion.core;

import io.conversion.core.shapes.Shape;
import io.conversion.core.signals.Signals;
import org.jspecify.annotations.Nullable;

/**
 * One shape as it is computed with: a line or another curve over numbers, or an entry for each code. A record, since a JIT compiler takes
 * the fields of a constant record for constants.
 *
 * @param position the position of the signal
 * @param slope log-odds per unit; of a line
 * @param centre where the line is zero; of a line
 * @param missing the value for missing; of a line or a curve
 * @param entries what each code adds: missing, unseen, then the levels, or false and true; empty for numbers
 * @param curve what a number adds; null for a line, and for codes
 */
// Nobody but this package sees the array, and nobody changes it.
@SuppressWarnings("ArrayRecordComponent")
record Term(
        int position,
        double slope,
        double centre,
        double missing,
        double[] entries,
        @Nullable Curve curve) {

    private static final double[] NO_ENTRIES = {};

    static Term of(int position, Shape shape) {
        return shape.match(new Compiler(position));
    }

    /** Makes the term of each kind of shape. */
    record Compiler(int position) implements Shape.Cases<Term> {

        @Override
        public Term linear(Shape.Linear shape) {
            return new Term(position, shape.slope(), shape.centre(), shape.missing(), NO_ENTRIES, null);
        }

        @Override
        public Term log(Shape.Log shape) {
            return curve(shape);
        }

        @Override
        public Term piecewise(Shape.Piecewise shape) {
            return curve(shape);
        }

        @Override
        public Term steps(Shape.Steps shape) {
            return curve(shape);
        }

        @Override
        public Term pointMass(Shape.PointMass shape) {
            return curve(shape);
        }

        private Term curve(Shape.OfNumber shape) {
            return new Term(position, 0, 0, shape.missing(), NO_ENTRIES, Curve.of(shape));
        }

        @Override
        public Term flag(Shape.Flag shape) {
            return new Term(position, 0, 0, 0, new double[] {shape.missing(), 0, 0, shape.whenTrue()}, null);
        }

        @Override
        public Term levels(Shape.Levels shape) {
            double[] entries = new double[Signals.FIRST_LEVEL + shape.values().size()];
            entries[Signals.MISSING] = shape.missing();
            entries[Signals.UNSEEN] = shape.unseen();
            int code = Signals.FIRST_LEVEL;
            for (double value : shape.values().values()) {
                entries[code++] = value;
            }
            return new Term(position, 0, 0, 0, entries, null);
        }
    }

    boolean isLine() {
        return entries.length == 0 && curve == null;
    }

    /** What a number, NaN if it is missing, or a code adds to the log-odds. */
    double of(double value) {
        if (isLine()) {
            return Double.isNaN(value) ? missing : slope * (value - centre);
        } else if (curve != null) {
            return Double.isNaN(value) ? missing : curve.at(value);
        }
        return entries[(int) value];
    }
}
