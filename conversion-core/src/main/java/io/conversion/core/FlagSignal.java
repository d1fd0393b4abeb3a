package io.conversion.core;

/**
 * The declaration of a flag: true or false. Made by {@link Signal#flag(String)} and refined by the methods that return
 * a changed copy.
 *
 * @param name the name, unique in its schema
 * @param meaning what it means for the product; may be empty
 * @param whenMissing what happens when it is missing
 */
public record FlagSignal(String name, String meaning, WhenMissing whenMissing) implements Signal {

    /**
     * States the meaning.
     *
     * @param meaning what the signal means for the product
     * @return the changed copy
     */
    public FlagSignal meaning(String meaning) {
        return new FlagSignal(name, meaning, whenMissing);
    }

    /**
     * States what happens when the signal is missing.
     *
     * @param rule the rule
     * @return the changed copy
     */
    public FlagSignal whenMissing(WhenMissing rule) {
        return new FlagSignal(name, meaning, rule);
    }
}
