package io.conversion.policy.monitoring;

/**
 * The upper quantile of the chi-square distribution. It is written here because no statistics library is on the class path
 * of a service, which is kept below 4 MB, and this needs a single function of one. Pure.
 *
 * <p>The upper tail is the regularized incomplete gamma function {@code Q(k/2, x/2)}: by its series below the mean and by
 * Legendre's continued fraction above it, evaluated by the method of Lentz (Press et al., Numerical Recipes, 3rd edition,
 * section 6.2; DLMF 8.7.1 and 8.9.2). The quantile is found by bisection of the tail down to neighbouring doubles, so its
 * relative error is that of the tail, about 1e-13; {@code monitoring.py} compares it with scipy.
 */
final class ChiSquare {

    private static final double EPSILON = 0x1p-53;
    private static final double TINY = 0x1p-1000;

    private ChiSquare() {}

    /**
     * The number above which a chi-square variable lies with a given probability.
     *
     * @param degrees the degrees of freedom, at least 1
     * @param tail the probability, above 0 and below 1
     */
    static double upperQuantile(int degrees, double tail) {
        if (!(degrees >= 1 && tail > 0 && tail < 1)) {
            throw new IllegalArgumentException("no chi-square quantile of " + degrees + " degrees with " + tail
                    + " above it; expected at least 1 degree, and a probability above 0 and below 1");
        }
        double low = 0;
        double high = degrees;
        while (upperTail(degrees, high) > tail) {
            low = high;
            high *= 2;
        }
        for (double middle = low + (high - low) / 2; low < middle && middle < high; middle = low + (high - low) / 2) {
            if (upperTail(degrees, middle) > tail) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return high;
    }

    /** The probability of a chi-square variable to lie above {@code chiSquare}. */
    static double upperTail(int degrees, double chiSquare) {
        double a = degrees / 2.0;
        double x = chiSquare / 2;
        if (x == 0) {
            return 1;
        }
        // x^a exp(-x) / Gamma(a), which both forms have in common.
        double scale = StrictMath.exp(a * StrictMath.log(x) - x - logGamma(degrees));
        return x < a + 1 ? 1 - scale * series(a, x) : scale * fraction(a, x);
    }

    /** {@code sum of x^n / (a (a + 1) ... (a + n))}. */
    private static double series(double a, double x) {
        double term = 1 / a;
        double sum = term;
        for (double n = a + 1; term > sum * EPSILON; n++) {
            term *= x / n;
            sum += term;
        }
        return sum;
    }

    /** {@code 1 / (x + 1 - a - 1 (1 - a) / (x + 3 - a - 2 (2 - a) / (x + 5 - a - ...)))}. */
    private static double fraction(double a, double x) {
        double b = x + 1 - a;
        double c = 1 / TINY;
        double d = 1 / b;
        double product = d;
        double factor;
        int n = 1;
        do {
            double numerator = -n * (n - a);
            b += 2;
            d = 1 / notZero(numerator * d + b);
            c = notZero(b + numerator / c);
            factor = d * c;
            product *= factor;
            n++;
        } while (Math.abs(factor - 1) > 2 * EPSILON && n < 100_000);
        return product;
    }

    private static double notZero(double x) {
        return Math.abs(x) < TINY ? TINY : x;
    }

    /** The logarithm of {@code Gamma(k / 2)}, by {@code Gamma(a + 1) = a Gamma(a)} from 1 or the root of pi. */
    private static double logGamma(int k) {
        double sum = k % 2 == 0 ? 0 : StrictMath.log(Math.PI) / 2;
        for (int twice = k - 2; twice > 0; twice -= 2) {
            sum += StrictMath.log(twice / 2.0);
        }
        return sum;
    }
}
