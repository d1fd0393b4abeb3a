package io.conversion.core;

/**
 * One shape as it is computed with: a line over numbers, or an entry for each code. A record, since a JIT compiler takes
 * the fields of a constant record for constants.
 *
 * @param position the position of the signal
 * @param slope log-odds per unit; of a line
 * @param centre where the line is zero; of a line
 * @param missing the value for missing; of a line
 * @param entries what each code adds: missing, unseen, then the levels, or false and true; empty for a line
 */
// Nobody but this package sees the array, and nobody changes it.
@SuppressWarnings("ArrayRecordComponent")
record Term(int position, double slope, double centre, double missing, double[] entries) {

    static Term of(int position, Shape shape) {
        if (shape instanceof Shape.Linear line) {
            return new Term(position, line.slope(), line.centre(), line.missing(), new double[0]);
        } else if (shape instanceof Shape.Flag flag) {
            return new Term(position, 0, 0, 0, new double[] {flag.missing(), 0, 0, flag.whenTrue()});
        }
        Shape.Levels levels = (Shape.Levels) shape;
        double[] entries = new double[Signals.FIRST_LEVEL + levels.values().size()];
        entries[Signals.MISSING] = levels.missing();
        entries[Signals.UNSEEN] = levels.unseen();
        int code = Signals.FIRST_LEVEL;
        for (double value : levels.values().values()) {
            entries[code++] = value;
        }
        return new Term(position, 0, 0, 0, entries);
    }

    boolean isLine() {
        return entries.length == 0;
    }

    /** What a number, NaN if it is missing, or a code adds to the log-odds. */
    double of(double value) {
        if (isLine()) {
            return Double.isNaN(value) ? missing : slope * (value - centre);
        }
        return entries[(int) value];
    }
}
