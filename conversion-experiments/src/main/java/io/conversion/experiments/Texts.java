package io.conversion.experiments;

import java.math.BigDecimal;
import java.math.MathContext;

/** Numbers as sentences have them. */
final class Texts {

    private Texts() {}

    /** A number to three significant digits, without an exponent where people would not write one. */
    static String number(double value) {
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
    static String count(long count) {
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

    /** A change of a metric with its unit: percentage points of a share, its own of any other. */
    static String change(Metric metric, double change) {
        return metric.kind() == Metric.Kind.PROPORTION ? signed(100 * change) + " percentage points" : signed(change);
    }

    /** The ends of an interval of a change, with the unit once. */
    static String changes(Metric metric, double lower, double upper) {
        return metric.kind() == Metric.Kind.PROPORTION
                ? signed(100 * lower) + " to " + signed(100 * upper) + " percentage points"
                : signed(lower) + " to " + signed(upper);
    }

    private static String signed(double value) {
        return (value > 0 ? "+" : "") + number(value);
    }

    static String pValue(double p) {
        return p < 1e-4 ? "p < 0.0001" : "p = " + number(p);
    }
}
