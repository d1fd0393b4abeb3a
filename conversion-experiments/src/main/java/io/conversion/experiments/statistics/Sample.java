package io.conversion.experiments.statistics;

/**
 * What an arm says of a metric: its mean over users, and the variance by which that mean has its error. Immutable and safe
 * to share between threads.
 *
 * @param users the number of users, at least 0
 * @param mean the mean over users; for a ratio the ratio of the sums
 * @param variance the variance of one user, so that that of the mean is this over the users: m (1 - m) of a proportion, the
 *     sample variance of any other value, that of the linearised value of a ratio
 */
public record Sample(long users, double mean, double variance) {

    /**
     * Shares of users.
     *
     * @param successes users who did it, at most {@code users}
     * @param users all users
     * @return the sample, with variance m (1 - m)
     * @throws IllegalArgumentException if there are more successes than users, or fewer than none
     */
    public static Sample ofProportion(long successes, long users) {
        if (!(successes >= 0 && successes <= users)) {
            throw new IllegalArgumentException(successes + " of " + users + " users is no share");
        }
        double share = (double) successes / users;
        return new Sample(users, share, share * (1 - share));
    }

    /**
     * The mean of a value, or the ratio of the sums of two.
     *
     * @param moments the moments of the users
     * @param value the value
     * @return the sample
     */
    public static Sample of(Moments moments, Value value) {
        double[] weights = value.weights(moments);
        return new Sample(moments.count(), value.level(moments), Math.max(0, moments.covariance(weights, weights)));
    }

    /**
     * The square of the standard error of the mean.
     *
     * @return {@code variance / users}
     */
    public double errorVariance() {
        return variance / users;
    }
}
