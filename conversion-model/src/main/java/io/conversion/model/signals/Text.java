package io.conversion.model.signals;

import java.util.List;
import java.util.Locale;

/** Numbers in sentences and labels. */
final class Text {

    /** How many names a sentence lists. */
    private static final int NAMED = 10;

    private Text() {}

    static String decimals(double number) {
        return String.format(Locale.ROOT, "%.3f", number);
    }

    /** Enough decimals to tell a number from its limit. */
    static String decimals(double number, double limit) {
        String three = decimals(number);
        return three.equals(decimals(limit)) ? String.valueOf(number) : three;
    }

    /** A number above its limit, with one decimal unless more are needed to tell. */
    static String factor(double number, double limit) {
        String one = String.format(Locale.ROOT, "%.1f", number);
        return one.equals(String.format(Locale.ROOT, "%.1f", limit)) ? String.valueOf(number) : one;
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

    /** Enough digits to tell a share from its limit. */
    static String percent(double share, double limit) {
        String one = percent(share);
        return one.equals(percent(limit)) ? 100 * share + " %" : one;
    }

    /** The first names of a list, and how many more there are. */
    static String list(List<String> names) {
        return names.size() <= NAMED + 1
                ? String.join(", ", names)
                : String.join(", ", names.subList(0, NAMED)) + " and " + (names.size() - NAMED) + " more";
    }

    static String count(long number, String noun) {
        return String.format(Locale.ROOT, "%,d %s%s", number, noun, number == 1 ? "" : "s");
    }
}
