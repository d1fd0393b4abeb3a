package io.conversion.core.signals;

import io.conversion.core.Scorer;

/**
 * The declaration of a numeric signal. Made by {@link Signal#numeric(String)} and refined by the methods that return a
 * changed copy.
 *
 * @param name the name, unique in its schema
 * @param unit the unit of its values, such as {@code hours}; empty if it has none
 * @param meaning what it means for the product; may be empty
 * @param whole whether only whole numbers are valid
 * @param min the smallest value inside the range, negative infinity if there is no lower end
 * @param max the largest value inside the range, positive infinity if there is no upper end
 * @param whenMissing what happens when it is missing
 * @param whenOutOfRange what happens when it is out of range
 * @param reasons what explanations say of it
 * @param isActionable whether the product can move it, so that {@link Scorer#whatWouldChange} tries to
 * @param expected which way it is declared to move the probability
 */
public record NumericSignal(
        String name,
        String unit,
        String meaning,
        boolean whole,
        double min,
        double max,
        WhenMissing whenMissing,
        WhenOutOfRange whenOutOfRange,
        Reasons reasons,
        boolean isActionable,
        ExpectedDirection expected)
        implements Signal {

    /**
     * States the unit.
     *
     * @param unit the unit of the values, such as {@code hours}
     * @return the changed copy
     */
    public NumericSignal unit(String unit) {
        return new NumericSignal(
                name, unit, meaning, whole, min, max, whenMissing, whenOutOfRange, reasons, isActionable, expected);
    }

    /**
     * States the meaning.
     *
     * @param meaning what the signal means for the product
     * @return the changed copy
     */
    public NumericSignal meaning(String meaning) {
        return new NumericSignal(
                name, unit, meaning, whole, min, max, whenMissing, whenOutOfRange, reasons, isActionable, expected);
    }

    /**
     * Allows whole numbers only; any other number is refused.
     *
     * @return the changed copy
     */
    public NumericSignal wholeNumbers() {
        return new NumericSignal(
                name, unit, meaning, true, min, max, whenMissing, whenOutOfRange, reasons, isActionable, expected);
    }

    /**
     * States the range, both ends included.
     *
     * @param min the smallest value inside, or negative infinity
     * @param max the largest value inside, or positive infinity
     * @return the changed copy
     */
    public NumericSignal range(double min, double max) {
        return new NumericSignal(
                name, unit, meaning, whole, min, max, whenMissing, whenOutOfRange, reasons, isActionable, expected);
    }

    /**
     * States what happens when the signal is missing.
     *
     * @param rule the rule
     * @return the changed copy
     */
    public NumericSignal whenMissing(WhenMissing rule) {
        return new NumericSignal(
                name, unit, meaning, whole, min, max, rule, whenOutOfRange, reasons, isActionable, expected);
    }

    /**
     * States what happens when the signal is out of range.
     *
     * @param rule the rule
     * @return the changed copy
     */
    public NumericSignal whenOutOfRange(WhenOutOfRange rule) {
        return new NumericSignal(
                name, unit, meaning, whole, min, max, whenMissing, rule, reasons, isActionable, expected);
    }

    /**
     * States why the signal moves a score, for explanations.
     *
     * @param raises why it raises the probability, such as {@code comes back often}; empty for the default text
     * @param lowers why it lowers the probability; empty for the default text
     * @return the changed copy
     */
    public NumericSignal reasons(String raises, String lowers) {
        return new NumericSignal(
                name,
                unit,
                meaning,
                whole,
                min,
                max,
                whenMissing,
                whenOutOfRange,
                new Reasons(raises, lowers, false),
                isActionable,
                expected);
    }

    /**
     * States that explanations never name the signal.
     *
     * @return the changed copy
     */
    public NumericSignal hidden() {
        return new NumericSignal(
                name,
                unit,
                meaning,
                whole,
                min,
                max,
                whenMissing,
                whenOutOfRange,
                Reasons.HIDDEN,
                isActionable,
                expected);
    }

    /**
     * States that the product can move the signal, so that {@link Scorer#whatWouldChange} tries to.
     *
     * @return the changed copy
     */
    public NumericSignal actionable() {
        return new NumericSignal(
                name, unit, meaning, whole, min, max, whenMissing, whenOutOfRange, reasons, true, expected);
    }

    /**
     * Declares which way the signal moves the probability, by what the product knows. Training holds a fit against it, and
     * takes no shape that goes the other way.
     *
     * @param direction the direction
     * @return the changed copy
     */
    public NumericSignal expected(ExpectedDirection direction) {
        return new NumericSignal(
                name, unit, meaning, whole, min, max, whenMissing, whenOutOfRange, reasons, isActionable, direction);
    }

    /**
     * Tells whether a number is scored as it is given.
     *
     * @param value a number
     * @return whether it is finite, inside the range, and whole where only whole numbers are valid
     */
    public boolean accepts(double value) {
        return value >= min
                && value <= max
                && Math.abs(value) <= Double.MAX_VALUE
                && (!whole || value == StrictMath.rint(value));
    }

    /**
     * Maps a finite number to the number that is scored: itself inside the range, else the nearer end of it.
     *
     * @param value the number
     * @return the number that is scored
     */
    public double clip(double value) {
        return value < min ? min : value > max ? max : value;
    }
}
