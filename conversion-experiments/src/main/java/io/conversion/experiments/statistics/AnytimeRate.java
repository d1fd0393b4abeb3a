package io.conversion.experiments.statistics;

/**
 * An interval of one conversion rate that may be looked at after every user, exact for any number of users: the rates under
 * which a beta-binomial mixture has not yet gathered the evidence 1/alpha (Howard and others 2021, as
 * {@code bernoulli_confidence_interval} of {@code confseq}). Immutable and safe to share between threads.
 *
 * @param lower the lower end, 0 to 1
 * @param upper the upper end, 0 to 1
 */
public record AnytimeRate(double lower, double upper) {

    /**
     * The interval at this look.
     *
     * @param successes users who did it
     * @param users all users so far
     * @param alpha the error rate over all looks, such as 0.05
     * @param plannedUsers the number of users at which it is to be narrowest
     * @return the interval
     */
    public static AnytimeRate of(long successes, long users, double alpha, double plannedUsers) {
        double rate = (double) successes / users;
        double threshold = -Math.log(alpha);
        double lower = successes == 0
                ? 0
                : Mixture.inverse(p -> -evidence(successes, users, p, plannedUsers), -threshold, 0, rate);
        double upper = successes == users
                ? 1
                : Mixture.inverse(p -> evidence(successes, users, p, plannedUsers), threshold, rate, 1);
        return new AnytimeRate(lower, upper);
    }

    private static double evidence(long successes, long users, double p, double plannedUsers) {
        if (p <= 0 || p >= 1) {
            return Double.POSITIVE_INFINITY;
        }
        return Mixture.betaBinomial((double) successes, (double) users, p, plannedUsers * p * (1 - p), 0.05);
    }
}
