package io.conversion.workbench.console;

import java.math.BigDecimal;
import java.math.MathContext;
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
        double percent = 100.0 * part / all;
        return all == 0 ? "-" : (percent > 0 && percent < 0.1 ? significant(percent) : decimals(percent, 1)) + " %";
    }

    /** Four decimals, as metrics and probabilities have; two digits of what would all but vanish, as rare rates do. */
    public static String decimals(double number) {
        return number != 0 && Math.abs(number) < 0.001 ? significant(number) : decimals(number, 4);
    }

    /** Two digits behind the zeros, in powers of ten where those are many. */
    private static String significant(double number) {
        return significant(number, 2);
    }

    /** So many digits behind the zeros, in powers of ten where those are many; all digits of a whole number. */
    public static String significant(double number, int digits) {
        double size = Math.abs(number);
        if (size != 0 && size < 1e-6) {
            return String.format(Locale.ROOT, "%." + (digits - 1) + "e", number);
        }
        return size >= Math.pow(10, digits)
                ? grouped(number, 0)
                : new BigDecimal(number).round(new MathContext(digits)).toPlainString();
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
