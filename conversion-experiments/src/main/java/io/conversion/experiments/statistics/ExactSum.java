package io.conversion.experiments.statistics;

import java.math.BigInteger;

/**
 * A sum of doubles without rounding, so that the order of its terms, and how they were split among threads or machines,
 * does not show in it.
 *
 * <p>A fixed-point number of all bits that a finite double can have, in digits to the base 2^32 that are carried late (a
 * small superaccumulator; Neal, "Fast exact summation using small and large superaccumulators", 2015). Not safe for use by
 * several threads at once.
 */
final class ExactSum {

    /** The exponent of the last bit of the smallest double. */
    private static final int LOWEST = Double.MIN_EXPONENT - 52;

    private static final int BASE = 32;
    private static final long DIGIT = (1L << BASE) - 1;

    // 2,098 bits of a double, and as many terms as a long counts.
    private static final int DIGITS = 68;

    /** A digit gets at most 2^32 with each term: so many stay clear of the sign of a long. */
    private static final int TERMS_BEFORE_CARRY = 1 << 29;

    private final long[] digits = new long[DIGITS];
    private int pending;

    /** Adds a finite double. */
    void add(double term) {
        if (term == 0) {
            return;
        }
        long bits = Double.doubleToRawLongBits(term);
        int biased = (int) (bits >>> 52) & 0x7ff;
        if (biased == 0x7ff) {
            throw new IllegalArgumentException("only finite numbers can be added up, not " + term);
        }
        long fraction = bits & ((1L << 52) - 1);
        long mantissa = biased == 0 ? fraction : fraction | 1L << 52;
        int place = Math.max(0, biased - 1);
        int first = place >>> 5;
        int shift = place & 31;
        // The 53 bits, moved up by at most 31, reach over three digits.
        long low = mantissa & DIGIT;
        long high = mantissa >>> BASE;
        long lowMoved = low << shift;
        long highMoved = (high << shift) + (lowMoved >>> BASE);
        long a = lowMoved & DIGIT;
        long b = highMoved & DIGIT;
        long c = highMoved >>> BASE;
        if (bits < 0) {
            a = -a;
            b = -b;
            c = -c;
        }
        digits[first] += a;
        digits[first + 1] += b;
        digits[first + 2] += c;
        if (++pending == TERMS_BEFORE_CARRY) {
            carry();
        }
    }

    /** Adds the product of two finite doubles; its rounding error, too, unless that is below the smallest double. */
    void addProduct(double a, double b) {
        double product = a * b;
        add(product);
        add(Math.fma(a, b, -product));
    }

    void add(ExactSum other) {
        carry();
        other.carry();
        for (int i = 0; i < DIGITS; i++) {
            digits[i] += other.digits[i];
        }
        pending = 2;
    }

    Dyadic value() {
        BigInteger value = BigInteger.ZERO;
        for (int i = DIGITS - 1; i >= 0; i--) {
            value = value.shiftLeft(BASE).add(BigInteger.valueOf(digits[i]));
        }
        return new Dyadic(value, LOWEST);
    }

    private void carry() {
        for (int i = 0; i < DIGITS - 1; i++) {
            digits[i + 1] += digits[i] >> BASE;
            digits[i] &= DIGIT;
        }
        pending = 1;
    }
}
