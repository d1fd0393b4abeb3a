package io.conversion.model.comparison;

/** Log-odds and probabilities. */
final class Logistic {

    private Logistic() {}

    static double logOdds(double probability) {
        return StrictMath.log(probability / (1 - probability));
    }

    /** The log-odds of the rate of conversion. */
    static double logOdds(boolean[] outcomes) {
        int positives = 0;
        for (boolean outcome : outcomes) {
            positives += outcome ? 1 : 0;
        }
        return logOdds((double) positives / outcomes.length);
    }

    static double probability(double logOdds) {
        // exp is only ever taken of a non-positive number, so it cannot overflow.
        double e = StrictMath.exp(-Math.abs(logOdds));
        return logOdds >= 0 ? 1 / (1 + e) : e / (1 + e);
    }
}
