package io.conversion.model.data;

import io.conversion.core.signals.CategoricalSignal;
import io.conversion.core.signals.FlagSignal;
import io.conversion.core.signals.NumericSignal;
import io.conversion.core.signals.Signal;
import io.conversion.core.signals.SignalHandle;
import io.conversion.core.signals.SignalsBuilder;
import io.conversion.core.signals.WhenMissing;
import io.conversion.core.signals.WhenUnseen;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/** What the text of a CSV cell means. An empty cell is missing. */
final class CsvCell {

    private CsvCell() {}

    /** The finite number that the text is, with a decimal point, if it is one. */
    static OptionalDouble number(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (!isOfNumber(text.charAt(i))) {
                return OptionalDouble.empty();
            }
        }
        try {
            double number = Double.parseDouble(text);
            return Double.isFinite(number) ? OptionalDouble.of(number) : OptionalDouble.empty();
        } catch (NumberFormatException e) {
            return OptionalDouble.empty();
        }
    }

    /** Decimal numbers only: Java's own parser would also take "1d", "0x1p3" and "NaN". */
    private static boolean isOfNumber(char character) {
        return (character >= '0' && character <= '9')
                || character == '.'
                || character == '-'
                || character == '+'
                || character == 'e'
                || character == 'E';
    }

    /**
     * The truth value that the text is: true and false, yes and no, 1 and 0, in any letter case; 1.0 and 0.0, too, as data
     * frames write 1 and 0 of a column with gaps.
     */
    static Optional<Boolean> flag(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "true", "yes", "1", "1.0" -> Optional.of(true);
            case "false", "no", "0", "0.0" -> Optional.of(false);
            default -> Optional.empty();
        };
    }

    /** Whether the text alone says that its column is a flag. */
    static boolean isTrueOrFalse(String text) {
        return text.equalsIgnoreCase("true") || text.equalsIgnoreCase("false");
    }

    /** Sets a signal to what the text means for it; a text that means nothing is set as it is, and so refused. */
    static void set(SignalsBuilder signals, SignalHandle handle, String text, CsvDialect dialect) {
        if (text.isEmpty()) {
            signals.setMissing(handle);
        } else if (handle.signal() instanceof CategoricalSignal) {
            signals.set(handle, text);
        } else if (handle.signal() instanceof FlagSignal) {
            flag(text).ifPresentOrElse(flag -> signals.set(handle, flag), () -> signals.set(handle, text));
        } else {
            dialect.number(text)
                    .ifPresentOrElse(number -> signals.set(handle, number), () -> signals.set(handle, text));
        }
    }

    /**
     * The same into a column, as it is given.
     *
     * @return whether any schema with the signal takes the text as it is; otherwise its rules are to be asked
     */
    static boolean set(ColumnsBuilder columns, int position, Signal signal, String text, CsvDialect dialect) {
        if (text.isEmpty()) {
            return signal.whenMissing() != WhenMissing.REFUSE;
        } else if (signal instanceof CategoricalSignal categorical) {
            boolean listed = columns.lists(position, text);
            if (listed || !(categorical.whenUnseen() instanceof WhenUnseen.Refuse)) {
                columns.level(position, text);
            }
            return listed;
        } else if (signal instanceof FlagSignal) {
            Optional<Boolean> flag = flag(text);
            flag.ifPresent(value -> columns.flag(position, value));
            return flag.isPresent();
        }
        double number = dialect.number(text).orElse(Double.NaN);
        columns.number(position, number);
        return ((NumericSignal) signal).accepts(number);
    }
}
