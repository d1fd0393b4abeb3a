package io.conversion.core.signals;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A position in JSON that moves on over what it knows, and stays where it is at anything else. For one thread. */
final class CleanJsonText {

    static final byte[] TRUE = {'t', 'r', 'u', 'e'};
    static final byte[] FALSE = {'f', 'a', 'l', 's', 'e'};

    /** Any whole number of so many digits is a double. */
    private static final int MOST_DIGITS = 15;

    /** Longer ones may be beyond a limit of the strict parser. */
    static final int LONGEST_TEXT = 256;

    /** Each of them is a double. */
    private static final double[] POWERS_OF_TEN = {
        1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15
    };

    private final byte[] json;
    private int at;

    CleanJsonText(byte[] json) {
        this.json = json;
    }

    /** Goes beyond white space, then beyond a character; false if there is another one. */
    boolean skip(char expected) {
        skipSpace();
        if (at < json.length && json[at] == expected) {
            at++;
            return true;
        }
        return false;
    }

    /** Goes beyond white space, then beyond these characters; false if there are others. */
    boolean skip(byte[] expected) {
        skipSpace();
        int end = at + expected.length;
        if (end <= json.length && Arrays.equals(json, at, end, expected, 0, expected.length)) {
            at = end;
            return true;
        }
        return false;
    }

    /** Whether nothing but white space follows. */
    boolean isAtEnd() {
        skipSpace();
        return at == json.length;
    }

    /** A text of plain characters; null if there is anything else. */
    @Nullable
    String text() {
        if (!skip('"')) {
            return null;
        }
        int from = at;
        int end = Math.min(json.length, from + LONGEST_TEXT);
        for (int i = from; i < end; i++) {
            byte next = json[i];
            if (next == '"') {
                at = i + 1;
                return new String(json, from, i - from, StandardCharsets.ISO_8859_1);
            } else if (next < ' ' || next == '\\') {
                return null;
            }
        }
        return null;
    }

    /**
     * A number; NaN if there is none, or one that needs more care. Digits and power of ten are doubles, so that their
     * quotient is the double nearest to the decimal number, as any parser has it.
     */
    double number() {
        skipSpace();
        int start = at;
        boolean negative = start < json.length && json[start] == '-';
        int from = negative ? start + 1 : start;
        int i = from;
        long digits = 0;
        for (; isDigit(i); i++) {
            digits = 10 * digits + (json[i] - '0');
            if (i - from > MOST_DIGITS) {
                return Double.NaN;
            }
        }
        int whole = i - from;
        int fraction = 0;
        if (i < json.length && json[i] == '.') {
            i++;
            for (; isDigit(i); i++) {
                digits = 10 * digits + (json[i] - '0');
                fraction++;
                if (fraction > MOST_DIGITS) {
                    return Double.NaN;
                }
            }
            if (fraction == 0) {
                return Double.NaN;
            }
        }
        boolean leadingZero = whole > 1 && json[from] == '0';
        boolean negativeZero = negative && digits == 0;
        if (whole == 0 || whole + fraction > MOST_DIGITS || leadingZero || negativeZero || !endsValue(i)) {
            return Double.NaN;
        }
        at = i;
        double value = fraction == 0 ? digits : digits / POWERS_OF_TEN[fraction];
        return negative ? -value : value;
    }

    private boolean isDigit(int i) {
        return i < json.length && json[i] >= '0' && json[i] <= '9';
    }

    /** Not an exponent, a letter, or a second point. */
    private boolean endsValue(int i) {
        return i < json.length && (json[i] == ',' || json[i] == '}' || isSpace(json[i]));
    }

    private void skipSpace() {
        while (at < json.length && isSpace(json[at])) {
            at++;
        }
    }

    private static boolean isSpace(byte next) {
        return next == ' ' || next == '\n' || next == '\r' || next == '\t';
    }
}
