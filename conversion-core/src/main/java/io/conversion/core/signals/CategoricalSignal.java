package io.conversion.core.signals;

import io.conversion.core.Scorer;
import java.util.List;

/**
 * The declaration of a categorical signal. Made by {@link Signal#categorical(String, String...)} and refined by the
 * methods that return a changed copy.
 *
 * @param name the name, unique in its schema
 * @param meaning what it means for the product; may be empty
 * @param levels the levels in order, compared exactly, letter case included
 * @param whenMissing what happens when it is missing
 * @param whenUnseen what happens when the level is not among {@code levels}
 * @param reasons what explanations say of it
 * @param isActionable whether the product can move it, so that {@link Scorer#whatWouldChange} tries to
 */
public record CategoricalSignal(
        String name,
        String meaning,
        List<String> levels,
        WhenMissing whenMissing,
        WhenUnseen whenUnseen,
        Reasons reasons,
        boolean isActionable)
        implements Signal {

    /** Copies the levels. {@inheritDoc} */
    public CategoricalSignal {
        levels = List.copyOf(levels);
    }

    /**
     * States the meaning.
     *
     * @param meaning what the signal means for the product
     * @return the changed copy
     */
    public CategoricalSignal meaning(String meaning) {
        return new CategoricalSignal(name, meaning, levels, whenMissing, whenUnseen, reasons, isActionable);
    }

    /**
     * States what happens when the signal is missing.
     *
     * @param rule the rule
     * @return the changed copy
     */
    public CategoricalSignal whenMissing(WhenMissing rule) {
        return new CategoricalSignal(name, meaning, levels, rule, whenUnseen, reasons, isActionable);
    }

    /**
     * States what happens when the level is unseen.
     *
     * @param rule the rule
     * @return the changed copy
     */
    public CategoricalSignal whenUnseen(WhenUnseen rule) {
        return new CategoricalSignal(name, meaning, levels, whenMissing, rule, reasons, isActionable);
    }

    /**
     * States why the signal moves a score, for explanations.
     *
     * @param raises why it raises the probability, such as {@code comes back often}; empty for the default text
     * @param lowers why it lowers the probability; empty for the default text
     * @return the changed copy
     */
    public CategoricalSignal reasons(String raises, String lowers) {
        return new CategoricalSignal(
                name, meaning, levels, whenMissing, whenUnseen, new Reasons(raises, lowers, false), isActionable);
    }

    /**
     * States that explanations never name the signal.
     *
     * @return the changed copy
     */
    public CategoricalSignal hidden() {
        return new CategoricalSignal(name, meaning, levels, whenMissing, whenUnseen, Reasons.HIDDEN, isActionable);
    }

    /**
     * States that the product can move the signal, so that {@link Scorer#whatWouldChange} tries to.
     *
     * @return the changed copy
     */
    public CategoricalSignal actionable() {
        return new CategoricalSignal(name, meaning, levels, whenMissing, whenUnseen, reasons, true);
    }

    /**
     * Nothing: levels have no order.
     *
     * @return {@link ExpectedDirection#ANY}
     */
    @Override
    public ExpectedDirection expected() {
        return ExpectedDirection.ANY;
    }
}
