package io.conversion.core.signals;

import io.conversion.core.Scorer;

/**
 * The declaration of a flag: true or false. Made by {@link Signal#flag(String)} and refined by the methods that return
 * a changed copy.
 *
 * @param name the name, unique in its schema
 * @param meaning what it means for the product; may be empty
 * @param whenMissing what happens when it is missing
 * @param reasons what explanations say of it
 * @param isActionable whether the product can move it, so that {@link Scorer#whatWouldChange} tries to
 * @param expected which way true is declared to move the probability, against false
 */
public record FlagSignal(
        String name,
        String meaning,
        WhenMissing whenMissing,
        Reasons reasons,
        boolean isActionable,
        ExpectedDirection expected)
        implements Signal {

    /**
     * States the meaning.
     *
     * @param meaning what the signal means for the product
     * @return the changed copy
     */
    public FlagSignal meaning(String meaning) {
        return new FlagSignal(name, meaning, whenMissing, reasons, isActionable, expected);
    }

    /**
     * States what happens when the signal is missing.
     *
     * @param rule the rule
     * @return the changed copy
     */
    public FlagSignal whenMissing(WhenMissing rule) {
        return new FlagSignal(name, meaning, rule, reasons, isActionable, expected);
    }

    /**
     * States why the signal moves a score, for explanations.
     *
     * @param raises why it raises the probability, such as {@code comes back often}; empty for the default text
     * @param lowers why it lowers the probability; empty for the default text
     * @return the changed copy
     */
    public FlagSignal reasons(String raises, String lowers) {
        return new FlagSignal(name, meaning, whenMissing, new Reasons(raises, lowers, false), isActionable, expected);
    }

    /**
     * States that explanations never name the signal.
     *
     * @return the changed copy
     */
    public FlagSignal hidden() {
        return new FlagSignal(name, meaning, whenMissing, Reasons.HIDDEN, isActionable, expected);
    }

    /**
     * States that the product can move the signal, so that {@link Scorer#whatWouldChange} tries to.
     *
     * @return the changed copy
     */
    public FlagSignal actionable() {
        return new FlagSignal(name, meaning, whenMissing, reasons, true, expected);
    }

    /**
     * Declares which way true moves the probability against false, by what the product knows. Training holds a fit
     * against it.
     *
     * @param direction the direction
     * @return the changed copy
     */
    public FlagSignal expected(ExpectedDirection direction) {
        return new FlagSignal(name, meaning, whenMissing, reasons, isActionable, direction);
    }
}
