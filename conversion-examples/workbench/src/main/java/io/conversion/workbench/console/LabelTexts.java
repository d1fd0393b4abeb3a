package io.conversion.workbench.console;

import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Takes the texts of a label for outcomes, row by row. An empty text is no outcome. For one thread. */
public final class LabelTexts {

    private final String column;
    private final @Nullable String positive;

    // The one value that is taken for the other outcome, and whether users converted.
    private @Nullable String negative;
    private boolean anyConverted;

    /** The outcome is whether the text is the positive value; without one, whether it is 1, true or yes. */
    public LabelTexts(String column, @Nullable String positive) {
        this.column = column;
        this.positive = positive;
    }

    /** Whether the user converted; empty where the label is. */
    public Optional<Boolean> outcome(String text, long row) {
        if (text.isEmpty()) {
            return Optional.empty();
        }
        boolean converted = positive == null ? word(text, row) : text.equals(positive);
        if (!converted && negative == null) {
            negative = text;
        } else if (!converted && positive != null && !text.equals(negative)) {
            throw new RefusedInputException("row " + row + ": column " + Wording.quoted(column) + " has the value "
                    + Wording.quoted(text) + " beside " + Wording.quoted(positive) + " and "
                    + Wording.quoted(String.valueOf(negative))
                    + "; an outcome has two values");
        }
        anyConverted |= converted;
        return Optional.of(converted);
    }

    private boolean word(String text, long row) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "1", "true", "yes" -> true;
            case "0", "false", "no" -> false;
            default ->
                throw new RefusedInputException("row " + row + ": column " + Wording.quoted(column) + " has the value "
                        + Wording.quoted(text) + "; say with --positive which value counts as converted");
        };
    }

    /** Refuses a file in which nobody converted, since the value may be misspelt. */
    public void refuseUnlessSomebodyConverted() {
        if (!anyConverted) {
            throw new RefusedInputException("column " + Wording.quoted(column) + " has no row with the value "
                    + (positive == null ? "1, true or yes" : Wording.quoted(positive))
                    + "; correct --label or --positive");
        }
    }
}
