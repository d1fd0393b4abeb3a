package io.conversion.core.signals;

import java.util.function.Function;

/**
 * The declaration of a numeric signal. Made by {@link Signal#numeric(String)} and refined by the methods that return a
 * changed copy.
 *
 * @param common what every kind of signal declares
 * @param unit the unit of its values, such as {@code hours}; empty if it has none
 * @param whole whether only whole numbers are valid
 * @param min the smallest value inside the range, negative infinity if there is no lower end
 * @param max the largest value inside the range, positive infinity if there is no upper end
 * @param whenOutOfRange what happens when it is out of range
 * @param expected which way it is declared to move the probability
 */
public record NumericSignal(
        Common common,
        String unit,
        boolean whole,
        double min,
        double max,
        WhenOutOfRange whenOutOfRange,
        ExpectedDirection expected)
        implements Signal {

    private NumericSignal with(Common changed) {
        return new NumericSignal(changed, unit, whole, min, max, whenOutOfRange, expected);
    }

    /**
     * States the unit.
     *
     * @param unit the unit of the values, such as {@code hours}
     * @return the changed copy
     */
    public NumericSignal unit(String unit) {
        return new NumericSignal(common, unit, whole, min, max, whenOutOfRange, expected);
    }

    /**
     * Allows whole numbers only; any other number is refused.
     *
     * @return the changed copy
     */
    public NumericSignal wholeNumbers() {
        return new NumericSignal(common, unit, true, min, max, whenOutOfRange, expected);
    }

    /**
     * States the range, both ends included.
     *
     * @param min the smallest value inside, or negative infinity
     * @param max the largest value inside, or positive infinity
     * @return the changed copy
     */
    public NumericSignal range(double min, double max) {
        return new NumericSignal(common, unit, whole, min, max, whenOutOfRange, expected);
    }

    /**
     * States what happens when the signal is out of range.
     *
     * @param rule the rule
     * @return the changed copy
     */
    public NumericSignal whenOutOfRange(WhenOutOfRange rule) {
        return new NumericSignal(common, unit, whole, min, max, rule, expected);
    }

    /**
     * Declares which way the signal moves the probability, by what the product knows. Training holds a fit against it, and
     * takes no shape that goes the other way.
     *
     * @param direction the direction
     * @return the changed copy
     */
    public NumericSignal expected(ExpectedDirection direction) {
        return new NumericSignal(common, unit, whole, min, max, whenOutOfRange, direction);
    }

    @Override
    public NumericSignal meaning(String meaning) {
        return with(common.withMeaning(meaning));
    }

    @Override
    public NumericSignal whenMissing(WhenMissing rule) {
        return with(common.withMissing(rule));
    }

    @Override
    public NumericSignal reasons(String raises, String lowers) {
        return with(common.withReasons(new Reasons(raises, lowers, false)));
    }

    @Override
    public NumericSignal hidden() {
        return with(common.withReasons(Reasons.HIDDEN));
    }

    @Override
    public NumericSignal actionable() {
        return with(common.thatIsActionable());
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

    @Override
    public <T> T match(
            Function<? super NumericSignal, ? extends T> numeric,
            Function<? super CategoricalSignal, ? extends T> categorical,
            Function<? super FlagSignal, ? extends T> flag) {
        return numeric.apply(this);
    }
}
