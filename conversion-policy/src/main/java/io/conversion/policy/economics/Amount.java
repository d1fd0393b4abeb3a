package io.conversion.policy.economics;

import java.math.BigDecimal;
import java.math.MathContext;

/** Numbers in sentences. */
final class Amount {

    private static final MathContext SHORT = new MathContext(5);

    private Amount() {}

    /** All digits of a number, without a fraction if it has none and without an exponent. */
    static String text(double number) {
        return new BigDecimal(Double.toString(number)).stripTrailingZeros().toPlainString();
    }

    /** Five significant digits. */
    static String brief(double number) {
        return new BigDecimal(number).round(SHORT).stripTrailingZeros().toPlainString();
    }

    /** All digits, with a plus if it is not negative. */
    static String signed(double number) {
        return (number >= 0 ? "+" : "") + text(number);
    }
}
