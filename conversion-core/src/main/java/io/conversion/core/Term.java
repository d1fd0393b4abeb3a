package io.conversion.core;

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
        if (shape instanceof Shape.Linear line) {
            return new Term(position, line.slope(), line.centre(), line.missing(), NO_ENTRIES, null);
        } else if (shape instanceof Shape.OfNumber number) {
            return new Term(position, 0, 0, number.missing(), NO_ENTRIES, Curve.of(number));
        } else if (shape instanceof Shape.Flag flag) {
            return new Term(position, 0, 0, 0, new double[] {flag.missing(), 0, 0, flag.whenTrue()}, null);
        }
        Shape.Levels levels = (Shape.Levels) shape;
        double[] entries = new double[Signals.FIRST_LEVEL + levels.values().size()];
        entries[Signals.MISSING] = levels.missing();
        entries[Signals.UNSEEN] = levels.unseen();
        int code = Signals.FIRST_LEVEL;
        for (double value : levels.values().values()) {
            entries[code++] = value;
        }
        return new Term(position, 0, 0, 0, entries, null);
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
