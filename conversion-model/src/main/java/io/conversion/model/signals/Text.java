package io.conversion.model.signals;

import java.util.Locale;

/** Numbers in sentences and labels. */
final class Text {

    private Text() {}

    static String decimals(double number) {
        return String.format(Locale.ROOT, "%.3f", number);
    }

    /** A value of a signal: six significant digits, and no fraction if it has none. */
    static String number(double number) {
        if (number == StrictMath.rint(number) && Math.abs(number) < 1e15) {
            return String.valueOf((long) number);
        }
        String shortest = String.valueOf(number);
        return shortest.length() <= 8 ? shortest : String.format(Locale.ROOT, "%.6g", number);
    }

    static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f %%", 100 * share);
    }

    static String count(long number, String noun) {
        return String.format(Locale.ROOT, "%,d %s%s", number, noun, number == 1 ? "" : "s");
    }
}
