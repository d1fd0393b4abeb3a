package io.conversion.model.fit;

/** The logistic function, which maps log-odds to a probability, and its inverse. */
public final class Logistic {

    private Logistic() {}

    /** {@code 1 / (1 + exp(-f))} of log-odds f. */
    public static double probability(double logOdds) {
        return 1 / (1 + StrictMath.exp(-logOdds));
    }

    /**
     * The same where {@code exp(-|f|)} is wanted, too. It is only ever taken of a non-positive number, so it cannot
     * overflow.
     *
     * @param logOdds the log-odds f
     * @param e {@code exp(-|f|)}
     */
    public static double probability(double logOdds, double e) {
        return logOdds >= 0 ? 1 / (1 + e) : e / (1 + e);
    }

    /** {@code log(p / (1 - p))} of a probability p. */
    public static double logOdds(double probability) {
        return StrictMath.log(probability / (1 - probability));
    }
}
