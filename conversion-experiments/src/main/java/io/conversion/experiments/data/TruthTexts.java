package io.conversion.experiments.data;

import java.util.Locale;
import java.util.OptionalDouble;

/** The words that stand for 1 and 0 in tables. */
final class TruthTexts {

    private TruthTexts() {}

    /** 1 for true and yes, 0 for false and no, in any case; nothing for any other text. */
    static OptionalDouble number(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "true", "yes" -> OptionalDouble.of(1);
            case "false", "no" -> OptionalDouble.of(0);
            default -> OptionalDouble.empty();
        };
    }
}
