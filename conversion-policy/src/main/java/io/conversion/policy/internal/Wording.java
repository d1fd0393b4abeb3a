package io.conversion.policy.internal;

import io.conversion.core.json.ArtifactText;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Numbers and names as sentences show them. */
public final class Wording {

    /** How many names a sentence lists. */
    private static final int MOST_NAMES = 10;

    private Wording() {}

    /** A number with all its digits, and without a fraction if it has none. */
    public static String number(double number) {
        return number == StrictMath.rint(number) && Math.abs(number) < 1e15
                ? String.valueOf((long) number)
                : String.valueOf(number);
    }

    /** A number with so many significant digits at most, and without an exponent. */
    public static String brief(double number, int digits) {
        return new BigDecimal(number)
                .round(new MathContext(digits))
                .stripTrailingZeros()
                .toPlainString();
    }

    /** A number of users. */
    public static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /** A share in percent, with one decimal; two digits of what would all but vanish, as rare rates do. */
    public static String share(double share) {
        double percent = 100 * share;
        boolean rare = percent > 0 && percent < 0.1;
        return (rare ? significant(percent) : String.format(Locale.ROOT, "%.1f", percent)) + " %";
    }

    /** A sum over users, with one decimal; two digits of what would all but vanish. */
    public static String sum(double sum) {
        return sum > 0 && sum < 0.1 ? significant(sum) : String.format(Locale.ROOT, "%.1f", sum);
    }

    /** Two digits behind the zeros, in powers of ten where those are many. */
    private static String significant(double number) {
        return number < 1e-6
                ? String.format(Locale.ROOT, "%.1e", number)
                : new BigDecimal(number).round(new MathContext(2)).toPlainString();
    }

    /** A name in quotes, at most 80 characters of it. */
    public static String quoted(String name) {
        return ArtifactText.quoted(name);
    }

    /** Names in quotes, with commas between them; of more than ten the first ones. */
    public static String quoted(List<String> names) {
        String first = names.stream().limit(MOST_NAMES).map(Wording::quoted).collect(Collectors.joining(", "));
        return names.size() <= MOST_NAMES ? first : first + " and " + (names.size() - MOST_NAMES) + " more";
    }

    /** Names in brackets, with commas between them; of more than ten the first ones. */
    public static String listed(Collection<String> names) {
        return ArtifactText.listed(names);
    }

    /** A range of probabilities. */
    public static String range(double from, double to, boolean closed) {
        return from == to ? number(from) + " exactly" : number(from) + (closed ? " to " : " to below ") + number(to);
    }
}
