package io.conversion.policy.review;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Numbers and names as sentences show them. */
final class Wording {

    private Wording() {}

    /** A number with all its digits, and without a fraction if it has none. */
    static String number(double number) {
        return number == StrictMath.rint(number) && Math.abs(number) < 1e15
                ? String.valueOf((long) number)
                : String.valueOf(number);
    }

    static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /** A share in percent, with one decimal. */
    static String share(double share) {
        return String.format(Locale.ROOT, "%.1f %%", 100 * share);
    }

    static String quoted(String name) {
        return "\"" + name + "\"";
    }

    static String quoted(List<String> names) {
        return names.stream().map(Wording::quoted).collect(Collectors.joining(", "));
    }

    /** A range of probabilities. */
    static String range(double from, double to, boolean closed) {
        return from == to ? number(from) + " exactly" : number(from) + (closed ? " to " : " to below ") + number(to);
    }
}
