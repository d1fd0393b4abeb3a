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
        return all == 0 ? "-" : decimals(100.0 * part / all, 1) + " %";
    }

    /** Four decimals, as metrics and probabilities have. */
    public static String decimals(double number) {
        return decimals(number, 4);
    }

    public static String decimals(double number, int digits) {
        return String.format(Locale.ROOT, "%." + digits + "f", number);
    }

    public static String interval(double lower, double upper) {
        return interval(lower, upper, 4);
    }

    public static String interval(double lower, double upper, int digits) {
        return decimals(lower, digits) + " to " + decimals(upper, digits);
    }

    /** Four decimals and always a sign, as differences have. */
    public static String signed(double number) {
        return String.format(Locale.ROOT, "%+.4f", number + 0.0);
    }

    /** A number that may be large, as money and sums over users are. */
    public static String grouped(double number, int digits) {
        return String.format(Locale.ROOT, "%,." + digits + "f", number);
    }

    /** A number with all its digits, and without a fraction if it has none. */
    public static String plain(double number) {
        return number == StrictMath.rint(number) && Math.abs(number) < 1e15
                ? String.valueOf((long) number)
                : String.valueOf(number);
    }
}
