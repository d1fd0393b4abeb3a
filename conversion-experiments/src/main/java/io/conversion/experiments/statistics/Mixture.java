package io.conversion.experiments.statistics;

import java.util.function.DoubleUnaryOperator;
import org.apache.commons.numbers.gamma.LogBeta;
import org.apache.commons.numbers.gamma.LogGamma;
import org.apache.commons.numbers.gamma.RegularizedGamma;

/**
 * Mixtures of likelihood ratios: the logarithm of a process that starts at 0 and whose exponential has a mean of at most 1
 * without an effect, so that it ever reaches {@code ln(1/alpha)} with a chance of at most alpha. Formulas of Howard, Ramdas,
 * McAuliffe and Sekhon, "Time-uniform, nonparametric, nonasymptotic confidence sequences", Annals of Statistics 49 (2021), as
 * in their {@code confseq}; s is a sum that has mean 0 without an effect and v its accumulated variance.
 */
final class Mixture {

    private Mixture() {}

    /** The best parameter of a normal mixture for a variance, two-sided: v / (2 ln(1/a) + ln(1 + 2 ln(1/a))). */
    static double rho(double variance, double alpha) {
        double log = -2 * Math.log(alpha);
        return variance / (log + Math.log1p(log));
    }

    /** Of normal increments, two-sided. */
    static double normal(double s, double v, double rho) {
        return 0.5 * Math.log(rho / (v + rho)) + s * s / (2 * (v + rho));
    }

    /** Of 0/1 outcomes with chance p, two-sided, of k successes in n. */
    static double betaBinomial(double k, double n, double p, double variance, double alpha) {
        double spread = p * (1 - p);
        double r = Math.max(rho(variance, alpha) - spread, 1e-3 * spread);
        double failures = r / p;
        double successes = r / (1 - p);
        return LogBeta.value(failures + n - k, successes + k)
                - LogBeta.value(failures, successes)
                - (n - k) * Math.log1p(-p)
                - k * Math.log(p);
    }

    /** Of increments that are at least -c in truth and whose variance is measured, one-sided. */
    static double gammaExponential(double s, double v, double c, double rho) {
        double square = c * c;
        double at = rho / square;
        double order = (v + rho) / square;
        double x = (c * s + v + rho) / square;
        return at * Math.log(at)
                - LogGamma.value(at)
                - Math.log(RegularizedGamma.P.value(at, at))
                + logLowerGammaByPower(order, x)
                + x
                - at;
    }

    /** ln(gamma(a, x) / x^a) of the lower incomplete gamma function, for x above 0. */
    private static double logLowerGammaByPower(double a, double x) {
        return LogGamma.value(a) + Math.log(RegularizedGamma.P.value(a, x)) - a * Math.log(x);
    }

    /** Where an increasing function reaches a target, to the last digits. */
    static double inverse(DoubleUnaryOperator increasing, double target, double low, double high) {
        double from = low;
        double to = high;
        for (int i = 0; i < 200 && to - from > Math.ulp(to); i++) {
            double middle = (from + to) / 2;
            if (increasing.applyAsDouble(middle) < target) {
                from = middle;
            } else {
                to = middle;
            }
        }
        return (from + to) / 2;
    }
}
