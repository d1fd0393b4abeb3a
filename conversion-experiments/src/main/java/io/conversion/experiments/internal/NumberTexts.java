package io.conversion.experiments.internal;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** Numbers as sentences have them. */
public final class NumberTexts {

    private NumberTexts() {}

    /** A number to three significant digits, without an exponent where people would not write one. */
    public static String number(double value) {
        if (!Double.isFinite(value)) {
            return value > 0 ? "infinity" : value < 0 ? "minus infinity" : "unknown";
        }
        BigDecimal rounded = new BigDecimal(value).round(new MathContext(3));
        double size = Math.abs(value);
        return size == 0 ? "0" : size < 1e-6 || size >= 1e12 ? rounded.toString() : trimmed(rounded);
    }

    private static String trimmed(BigDecimal rounded) {
        BigDecimal trimmed = rounded.stripTrailingZeros();
        return grouped(trimmed.toPlainString());
    }

    /** A count with its thousands set apart. */
    public static String count(long count) {
        return grouped(Long.toString(count));
    }

    private static String grouped(String plain) {
        int point = plain.indexOf('.');
        String whole = point < 0 ? plain : plain.substring(0, point);
        int first = whole.startsWith("-") ? 1 : 0;
        StringBuilder grouped = new StringBuilder(whole);
        for (int at = whole.length() - 3; at > first; at -= 3) {
            grouped.insert(at, ',');
        }
        return grouped + (point < 0 ? "" : plain.substring(point));
    }

    /** A number as exact as an interval of some width makes it worth. */
    public static String number(double value, double width) {
        if (!Double.isFinite(value) || !(width > 0 && width < Double.POSITIVE_INFINITY)) {
            return number(value);
        }
        int decimals = Math.max(0, 2 - (int) Math.floor(Math.log10(width)));
        return grouped(
                new BigDecimal(value).setScale(decimals, RoundingMode.HALF_EVEN).toPlainString());
    }

    /** A p-value, or that it is very small. */
    public static String pValue(double p) {
        return p < 1e-4 ? "p < 0.0001" : "p = " + number(p);
    }
}
