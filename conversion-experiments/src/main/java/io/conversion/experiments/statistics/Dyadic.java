package io.conversion.experiments.statistics;

import java.math.BigInteger;

/** A number {@code digits} times 2 to the {@code exponent}, without rounding. */
record Dyadic(BigInteger digits, int exponent) {

    /** More than the digits of a double and a bit to round by. */
    private static final int QUOTIENT_BITS = 64;

    Dyadic minus(Dyadic other) {
        int common = Math.min(exponent, other.exponent);
        return new Dyadic(at(common).subtract(other.at(common)), common);
    }

    Dyadic times(Dyadic other) {
        return new Dyadic(digits.multiply(other.digits), exponent + other.exponent);
    }

    Dyadic times(long factor) {
        return new Dyadic(digits.multiply(BigInteger.valueOf(factor)), exponent);
    }

    /** The double next to this number over a positive divisor, ties to even. */
    double over(BigInteger divisor) {
        int shift = Math.max(0, QUOTIENT_BITS + divisor.bitLength() - digits.bitLength());
        BigInteger[] parts = digits.abs().shiftLeft(shift).divideAndRemainder(divisor);
        // What is left over decides between two doubles only where the quotient lies in the middle of them: a last bit
        // that
        // says "and a bit more" does the same.
        BigInteger quotient = parts[0].shiftLeft(1);
        BigInteger rounded = parts[1].signum() == 0 ? quotient : quotient.setBit(0);
        double magnitude = scaled(rounded, exponent - shift - 1);
        return digits.signum() < 0 ? -magnitude : magnitude;
    }

    double toDouble() {
        return over(BigInteger.ONE);
    }

    private BigInteger at(int lower) {
        return digits.shiftLeft(exponent - lower);
    }

    private static double scaled(BigInteger magnitude, int exponent) {
        // Through the largest power of two that keeps a huge number finite before it is scaled down.
        int spare = Math.max(0, magnitude.bitLength() - Double.MAX_EXPONENT);
        BigInteger kept = magnitude.shiftRight(spare);
        if (spare > 0 && magnitude.getLowestSetBit() < spare) {
            kept = kept.setBit(0);
        }
        return Math.scalb(kept.doubleValue(), exponent + spare);
    }
}
