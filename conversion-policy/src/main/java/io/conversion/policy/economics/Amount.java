package io.conversion.policy.economics;

import io.conversion.policy.internal.Wording;
import java.math.BigDecimal;

/** Numbers in sentences. */
final class Amount {

    private static final int DIGITS = 5;

    private Amount() {}

    /** All digits of a number, without a fraction if it has none and without an exponent. */
    static String text(double number) {
        return new BigDecimal(Double.toString(number)).stripTrailingZeros().toPlainString();
    }

    /** Five significant digits. */
    static String brief(double number) {
        return Wording.brief(number, DIGITS);
    }

    /** All digits, with a plus if it is not negative. */
    static String signed(double number) {
        return (number >= 0 ? "+" : "") + text(number);
    }
}
