package io.conversion.core;

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
 */
public record CategoricalSignal(
        String name, String meaning, List<String> levels, WhenMissing whenMissing, WhenUnseen whenUnseen)
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
        return new CategoricalSignal(name, meaning, levels, whenMissing, whenUnseen);
    }

    /**
     * States what happens when the signal is missing.
     *
     * @param rule the rule
     * @return the changed copy
     */
    public CategoricalSignal whenMissing(WhenMissing rule) {
        return new CategoricalSignal(name, meaning, levels, rule, whenUnseen);
    }

    /**
     * States what happens when the level is unseen.
     *
     * @param rule the rule
     * @return the changed copy
     */
    public CategoricalSignal whenUnseen(WhenUnseen rule) {
        return new CategoricalSignal(name, meaning, levels, whenMissing, rule);
    }
}
