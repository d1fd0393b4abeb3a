package io.conversion.workbench.console;

import java.util.Locale;

/** Numbers as people read them. Files get {@link Double#toString(double)} instead. */
public final class Numbers {

    private Numbers() {}

    public static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    public static String count(long number, String noun) {
        return count(number) + " " + noun + (number == 1 ? "" : "s");
    }

    public static String share(long part, long all) {
        return all == 0 ? "-" : String.format(Locale.ROOT, "%.1f %%", 100.0 * part / all);
    }

    public static String decimals(double number) {
        return String.format(Locale.ROOT, "%.4f", number);
    }

    /** A number with all its digits, and without a fraction if it has none. */
    public static String plain(double number) {
        return number == StrictMath.rint(number) && Math.abs(number) < 1e15
                ? String.valueOf((long) number)
                : String.valueOf(number);
    }
}
