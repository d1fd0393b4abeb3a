package io.conversion.core.shapes;

/**
 * The share of converters among the training rows and the share among the users to be scored, for a model that is used
 * where conversions are rarer or more frequent than in its training data, or whose training rows were sampled or
 * weighted by their outcome.
 *
 * <p>A score adds {@code logit(declared) - logit(training)} to its calibrated log-odds, where
 * {@code logit(p) = log(p / (1 - p))}. That multiplies the odds of everyone by the same factor. It is right if the
 * distribution of the signals within each outcome is the same as in training, and only how many users convert has
 * changed (prior shift): Elkan, The Foundations of Cost-Sensitive Learning, 2001; Saerens, Latinne and Decaestecker,
 * Neural Computation 14, 2002. Whether that holds is not checked. Immutable and safe to share between threads.
 *
 * @param training the share of converters among the training rows, as the fit saw them, above 0 and below 1
 * @param declared the share of converters among the users to be scored, above 0 and below 1
 */
public record BaseRate(double training, double declared) {

    /**
     * Checks the rates. {@inheritDoc}
     *
     * @throws IllegalArgumentException if a rate is not above 0 and below 1
     */
    public BaseRate {
        require("training", training);
        require("declared", declared);
    }

    private static void require(String which, double rate) {
        if (!isRate(rate)) {
            throw new IllegalArgumentException(
                    "the " + which + " base rate is " + rate + "; it must be above 0 and below 1");
        }
    }

    /**
     * Tells whether a number can be a base rate.
     *
     * @param rate a number
     * @return whether it is above 0 and below 1
     */
    public static boolean isRate(double rate) {
        return rate > 0 && rate < 1;
    }

    /**
     * What a score adds to its calibrated log-odds.
     *
     * @return {@code logit(declared) - logit(training)}, computed with {@link StrictMath}; 0 if both rates are the same
     */
    public double shift() {
        return logit(declared) - logit(training);
    }

    /**
     * What a score makes of a probability from before the shift.
     *
     * @param probability a probability, 0 to 1
     * @return the shifted probability, 0 to 1, to within rounding; 0 and 1 stay as they are
     */
    public double shifted(double probability) {
        return 1 / (1 + StrictMath.exp(-(logit(probability) + shift())));
    }

    private static double logit(double p) {
        return StrictMath.log(p) - StrictMath.log1p(-p);
    }
}
