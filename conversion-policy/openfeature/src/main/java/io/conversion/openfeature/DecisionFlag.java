package io.conversion.openfeature;

import dev.openfeature.sdk.FlagValueType;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What of a decision a flag has as its value. The key of the flag is the prefix of the provider, then the name in lower case. */
public enum DecisionFlag {
    /** The action, a text; the policy's fallback action where no decision could be made. */
    ACTION(FlagValueType.STRING),
    /** The segment, a text; the caller's default value for a fallback, which has none. */
    SEGMENT(FlagValueType.STRING),
    /** The calibrated probability of conversion, a double from 0 to 1; the caller's default value for a fallback. */
    PROBABILITY(FlagValueType.DOUBLE),
    /** The decision as a whole, a structure as {@link io.conversion.policy.Decision#toMap()} has it. */
    DECISION(FlagValueType.OBJECT);

    private final FlagValueType type;

    DecisionFlag(FlagValueType type) {
        this.type = type;
    }

    /**
     * The type of the value.
     *
     * @return the type that the flag is asked by
     */
    public FlagValueType type() {
        return type;
    }

    /**
     * The key that a client asks by.
     *
     * @param prefix the prefix of the provider
     * @return the prefix and the name in lower case
     */
    public String key(String prefix) {
        return prefix + name().toLowerCase(Locale.ROOT);
    }

    static Optional<DecisionFlag> find(String prefix, String key) {
        return Arrays.stream(values())
                .filter(flag -> flag.key(prefix).equals(key))
                .findFirst();
    }
}
