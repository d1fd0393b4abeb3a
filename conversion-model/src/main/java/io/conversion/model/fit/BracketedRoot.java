package io.conversion.model.fit;

/**
 * Where a rising function of one number is zero, by Newton's method inside a bracket.
 *
 * <p>Each value that is computed becomes an end of the bracket, and a Newton step that would leave it is replaced by its
 * middle, so a start that is far off costs steps and never the root. After {@value #NEWTON_STEPS} steps the bracket is
 * halved until its ends are neighbours, as rounding or a function of flat stretches and cliffs may ask for.
 */
final class BracketedRoot {

    private static final int NEWTON_STEPS = 40;

    /** A step that is this small against the root, or against 1, is rounding error. */
    private static final double ROUNDING = 1e-15;

    /** A value that is this small against its terms is zero, or next to a jump that doubles cannot divide. */
    private static final double ZERO = 1e-9;

    private BracketedRoot() {}

    /** The function at a number, and how large the terms are that it is the difference of. */
    record Value(double value, double slope, double terms) {}

    /** A function that does not fall. */
    @FunctionalInterface
    interface Rising {
        Value at(double x);
    }

    /**
     * Finds the root.
     *
     * @param function the function
     * @param lowest where the function is not above 0
     * @param highest where the function is not below 0
     * @param start where to begin
     */
    static double of(Rising function, double lowest, double highest, double start) {
        double low = lowest;
        double high = highest;
        double x = Math.min(Math.max(start, low), high);
        for (int step = 0; low < high; step++) {
            Value at = function.at(x);
            if (at.value == 0) {
                return x;
            }
            if (at.value > 0) {
                high = x;
            } else {
                low = x;
            }
            double middle = low / 2 + high / 2;
            double next = step < NEWTON_STEPS ? x - at.value / at.slope : middle;
            if (step < NEWTON_STEPS
                    && Math.abs(next - x) <= ROUNDING * Math.max(1, Math.abs(x))
                    && Math.abs(at.value) <= ZERO * at.terms) {
                return next;
            }
            if (!(next > low && next < high)) {
                next = middle;
            }
            if (!(next > low && next < high)) {
                return x;
            }
            x = next;
        }
        return x;
    }
}
