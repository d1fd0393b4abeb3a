package io.conversion.experiments.statistics;

/**
 * Intervals and p-values that may be looked at after every user, and acted on at any time: over all looks together they are
 * wrong no more often than the error rate says. The price is an interval wider by half than that of a single look, about
 * 1.55 times near the planned number of users.
 *
 * <p>The normal mixture of Robbins (1970) with asymptotic errors: Howard, Ramdas, McAuliffe and Sekhon (2021), equation 14;
 * Waudby-Smith, Arbour, Sinha, Kennedy and Ramdas (2024), theorem 2.2; the formula of GrowthBook, Eppo and PostHog. With n
 * users in all, the estimate t and its standard error s:
 *
 * <pre>
 * t +- s sqrt(n) sqrt( 2 (n rho^2 + 1) / (n rho)^2 ln( sqrt(n rho^2 + 1) / alpha ) )
 * p = min(1, sqrt(n rho^2 + 1) exp( -rho^2 (t/s)^2 n / (2 (n rho^2 + 1)) ))
 * rho^2 = ( -2 ln alpha + ln(1 - 2 ln alpha) ) / planned users
 * </pre>
 *
 * <p>It is narrowest near the planned number of users, which therefore has to be fixed before; a plan wrong by ten times
 * costs 7 %. Asymptotic means that it does not hold for the first tens of users. Of a difference with finite degrees of
 * freedom, such as over few clusters, the multiple of s is that of Student's distribution with the same tail. Immutable and
 * safe to share between threads.
 *
 * @param alpha the error rate over all looks, two-sided, such as 0.05
 * @param plannedUsers the number of users at which the interval is to be narrowest, in all arms that are compared
 */
public record ConfidenceSequence(double alpha, double plannedUsers) {

    /**
     * Checks the numbers. {@inheritDoc}
     *
     * @throws IllegalArgumentException if the error rate is not between 0 and 1 or the planned users are not positive
     */
    public ConfidenceSequence {
        if (!(alpha > 0 && alpha < 1)) {
            throw new IllegalArgumentException("the error rate is " + alpha + "; it must be between 0 and 1");
        }
        if (!(plannedUsers > 0 && plannedUsers < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("the planned users are " + plannedUsers + "; they must be positive");
        }
    }

    /**
     * What can be said at this look.
     *
     * @param difference the difference, with its error so far
     * @param users the users so far, in all arms that are compared
     * @return the interval and the p-value, two-sided
     */
    public Inference at(Difference difference, long users) {
        double precision = users * rhoSquared(alpha);
        double reach = reach(difference, criticalValue(precision, Math.sqrt(precision + 1) / alpha));
        double z = difference.normalScore();
        double evidence = Math.sqrt(precision + 1) * Math.exp(-precision * z * z / (2 * (precision + 1)));
        return new Inference(difference.estimate() - reach, difference.estimate() + reach, Math.min(1, evidence));
    }

    /**
     * What can be said at this look of one side only: a bound from below.
     *
     * @param difference the difference, with its error so far
     * @param users the users so far, in all arms that are compared
     * @return from the lower bound to infinity, with the smallest error rate at which the bound is above no effect, which is
     *     1 if none is
     */
    public Inference fromBelow(Difference difference, long users) {
        // Tuned as if both sides had this error rate, as GrowthBook tunes it.
        double precision = users * rhoSquared(2 * alpha);
        double critical = criticalValue(precision, 1 + Math.sqrt(precision + 1) / (2 * alpha));
        double z = difference.normalScore();
        // The error rate at which the critical value is the statistic.
        double evidence = Math.sqrt(precision + 1)
                / (2 * Math.expm1(precision * Math.max(0, z) * Math.max(0, z) / (2 * (precision + 1))));
        return new Inference(
                difference.estimate() - reach(difference, critical), Double.POSITIVE_INFINITY, Math.min(1, evidence));
    }

    /**
     * How many standard errors the interval reaches to each side.
     *
     * @param users the users so far, in all arms that are compared
     * @return the multiple of the standard error, two-sided, of a difference with a normal error
     */
    public double criticalValue(long users) {
        double precision = users * rhoSquared(alpha);
        return criticalValue(precision, Math.sqrt(precision + 1) / alpha);
    }

    private static double reach(Difference difference, double critical) {
        return difference.standardError() * difference.ownScore(critical);
    }

    private static double criticalValue(double precision, double ratio) {
        return Math.sqrt(2 * (precision + 1) / precision * Math.log(ratio));
    }

    private double rhoSquared(double errorRate) {
        double log = -2 * Math.log(errorRate);
        return (log + Math.log1p(log)) / plannedUsers;
    }
}
