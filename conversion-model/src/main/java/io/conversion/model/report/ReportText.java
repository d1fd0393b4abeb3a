package io.conversion.model.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Locale;

/** Numbers as a reader of the report sees them. */
final class ReportText {

    /** A percent sign does not stand alone on a line. */
    private static final String PERCENT = "\u00a0%";

    private ReportText() {}

    /** A share in percent: whole from 10 % on, with a decimal below, two below 1 %, two digits below a tenth of 1 %. */
    static String percent(double share) {
        double percent = 100 * share;
        if (percent > 0 && percent < 0.095) {
            return significant(percent) + PERCENT;
        }
        return decimals(percent, percent >= 9.95 || percent == 0 ? 0 : percent >= 0.995 ? 1 : 2) + PERCENT;
    }

    static String percent(double lower, double upper) {
        return percent(lower) + " to " + percent(upper);
    }

    static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    static String count(long number, String noun) {
        return count(number) + " " + noun + (number == 1 ? "" : "s");
    }

    /** A sum of probabilities. */
    static String expected(double conversions) {
        return String.format(Locale.ROOT, "%,.1f", conversions);
    }

    /** Four decimals, as metrics have; two digits of what would all but vanish. */
    static String metric(double number) {
        return number != 0 && Math.abs(number) < 0.001 ? significant(number) : decimals(number, 4);
    }

    private static String significant(double number) {
        return Math.abs(number) < 1e-6
                ? String.format(Locale.ROOT, "%.1e", number)
                : new BigDecimal(number).round(new MathContext(2)).toPlainString();
    }

    static String decimals(double number, int digits) {
        return String.format(Locale.ROOT, "%." + digits + "f", number);
    }

    /** A factor such as a lift or an odds ratio, to three digits. */
    static String factor(double number) {
        if (!(Math.abs(number) < 1e4 && Math.abs(number) >= 1e-3)) {
            return number == 0 ? "0" : String.format(Locale.ROOT, "%.1e", number);
        }
        int digits = Math.max(0, 2 - (int) Math.floor(Math.log10(Math.abs(number))));
        return decimals(number, digits);
    }

    /** A value of a signal, to four digits. */
    static String value(double number) {
        boolean whole = number == Math.rint(number) || Math.abs(number) >= 1000;
        if (whole && Math.abs(number) < 1e12) {
            return count(Math.round(number));
        }
        BigDecimal rounded = new BigDecimal(number).round(new MathContext(4)).stripTrailingZeros();
        return Math.abs(number) >= 1e-4 && Math.abs(number) < 1000 ? rounded.toPlainString() : rounded.toString();
    }

    /** A value with its unit, if there is one. */
    static String value(double number, String unit) {
        return value(number) + (unit.isEmpty() ? "" : " " + unit);
    }

    /** Names as a sentence lists them. */
    static String list(List<String> names) {
        int last = names.size() - 1;
        return last < 1
                ? String.join("", names)
                : String.join(", ", names.subList(0, last)) + " and " + names.get(last);
    }

    static String capitalised(String sentence) {
        return sentence.substring(0, 1).toUpperCase(Locale.ROOT) + sentence.substring(1);
    }
}
