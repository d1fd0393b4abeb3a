package io.conversion.policy.monitoring;

/**
 * How far the shares of users in some bins have moved from those of a reference, and how far they may move by chance.
 *
 * <p>The population stability index is {@code sum (p - q) ln(p / q)} over the bins, with the shares {@code p} of the
 * reference and {@code q} of the users: Jeffreys' divergence (Kullback and Leibler, Annals of Mathematical Statistics 22,
 * 1951). A bin that is empty on both sides is none. Since the logarithm has no value where a bin is empty on one side, each
 * share {@code s} of both sides is smoothed to {@code (s + h) / (1 + h B)}, where {@code h} is the share of half a user of
 * the smaller side and {@code B} the number of bins: half an observation in each cell, as is usual for log-odds (Haldane,
 * Annals of Human Genetics 20, 1956; Anscombe, Biometrika 43, 1956). It is the same {@code h} on either side, so that the
 * index of equal shares is 0. The index is never negative.
 *
 * <p>If both are samples of one population, the index is distributed about as {@code (1/N + 1/M)} times a chi-square
 * variable with {@code B - 1} degrees of freedom, for {@code N} users in the reference, {@code M} observed and {@code B}
 * bins (Yurdakul and Naranjo, Statistical properties of the population stability index, Journal of Risk Model Validation 14,
 * 2020). The limit is that variable's upper quantile, and never below {@value #SMALLEST_LIMIT}, under which a move is of no
 * consequence however surely it is one (Siddiqi, Credit Risk Scorecards, 2006). The approximation wants
 * about {@value #USERS_PER_BIN} users a bin. Pure; immutable and safe to share between threads.
 *
 * @param referenceUsers how many users the reference has
 * @param users how many were observed
 * @param bins how many bins have users on either side
 * @param index the population stability index, at least 0; 0 if either side has no users
 * @param limit above which the index is taken for drift, at least {@value #SMALLEST_LIMIT}
 */
public record PopulationStability(double referenceUsers, double users, int bins, double index, double limit) {

    /** The lowest limit of the index. */
    public static final double SMALLEST_LIMIT = 0.1;

    /** How many users for each bin there should be on either side, so that the limit holds. */
    public static final int USERS_PER_BIN = 20;

    /** How many users there should be on either side in any case. */
    public static final int FEWEST_USERS = 200;

    /**
     * Compares counts.
     *
     * @param reference the users of the reference by bin, at least 0 each
     * @param observed the observed users by bin, at least 0 each
     * @param falseAlarmRate the probability of an index above the limit by chance, above 0 and below 1
     * @return the index with its limit
     * @throws IllegalArgumentException if there are not as many counts on either side, one of them is negative or not
     *     finite, or the rate is out of range
     */
    public static PopulationStability of(double[] reference, double[] observed, double falseAlarmRate) {
        if (reference.length != observed.length) {
            throw new IllegalArgumentException("the reference has " + reference.length + " bins, and the users have "
                    + observed.length + "; both must be in the same bins");
        }
        double n = sum(reference);
        double m = sum(observed);
        int bins = 0;
        for (int i = 0; i < reference.length; i++) {
            bins += reference[i] > 0 || observed[i] > 0 ? 1 : 0;
        }
        if (n == 0 || m == 0) {
            return new PopulationStability(n, m, bins, 0, SMALLEST_LIMIT);
        }
        double chance =
                bins > 1 && n > 0 && m > 0 ? (1 / n + 1 / m) * ChiSquare.upperQuantile(bins - 1, falseAlarmRate) : 0;
        return new PopulationStability(
                n, m, bins, index(reference, observed, n, m, bins), Math.max(SMALLEST_LIMIT, chance));
    }

    /** The index of counts that add up to {@code n} and {@code m}, neither of them 0. */
    static double index(double[] reference, double[] observed, double n, double m, int bins) {
        double half = 0.5 / Math.min(n, m);
        double index = 0;
        for (int i = 0; i < reference.length; i++) {
            if (reference[i] > 0 || observed[i] > 0) {
                double p = (reference[i] / n + half) / (1 + half * bins);
                double q = (observed[i] / m + half) / (1 + half * bins);
                index += (p - q) * StrictMath.log(p / q);
            }
        }
        return index;
    }

    private static double sum(double[] counts) {
        double sum = 0;
        for (double count : counts) {
            if (!(count >= 0 && Double.isFinite(count))) {
                throw new IllegalArgumentException("a bin has " + count + " users; a count is finite and at least 0");
            }
            sum += count;
        }
        return sum;
    }

    /**
     * Tells whether there are too few users to say anything.
     *
     * @return whether either side has fewer than {@link #usersNeeded()}
     */
    public boolean hasTooFewUsers() {
        return users < usersNeeded() || referenceUsers < usersNeeded();
    }

    /**
     * How many users there should be on either side.
     *
     * @return {@value #USERS_PER_BIN} for each bin, and at least {@value #FEWEST_USERS}
     */
    public int usersNeeded() {
        return Math.max(FEWEST_USERS, USERS_PER_BIN * bins);
    }

    /**
     * Tells whether the users have drifted from the reference.
     *
     * @return whether there are users enough and the index is above the limit
     */
    public boolean isDrift() {
        return !hasTooFewUsers() && index > limit;
    }
}
