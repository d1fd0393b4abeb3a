package io.conversion.experiments.statistics;

/**
 * What is compared: the mean of one value of a user, or the ratio of the sums of two, such as clicks per view. Immutable and
 * safe to share between threads.
 *
 * <p>A ratio is made linear for its error (the delta method; Deng, Knoblich and Lu, KDD 2018): the error of N/D, with users
 * as what is independent, is that of the mean of (N - r D) over the mean of D.
 *
 * @param numerator the place of the value among those of a user, from 0
 * @param denominator the place of the value whose sum divides; {@link #NONE} for a mean
 */
public record Value(int numerator, int denominator) {

    /** The denominator of a mean. */
    public static final int NONE = -1;

    /**
     * The mean of a value.
     *
     * @param place its place among the values of a user, from 0
     * @return the value
     */
    public static Value mean(int place) {
        return new Value(place, NONE);
    }

    /**
     * The ratio of the sums of two values.
     *
     * @param numerator the place of one among the values of a user, from 0
     * @param denominator the place of the one that divides
     * @return the value
     */
    public static Value ratio(int numerator, int denominator) {
        return new Value(numerator, denominator);
    }

    /**
     * Whether this is a ratio.
     *
     * @return whether the sum of another value divides
     */
    public boolean isRatio() {
        return denominator != NONE;
    }

    double level(Moments moments) {
        return isRatio() ? moments.mean(numerator) / moments.mean(denominator) : moments.mean(numerator);
    }

    /**
     * What each value of a user counts in the linear value whose mean has the error of this one.
     *
     * @param moments the moments of the users of an arm
     * @return a weight for each value; 1 for a mean, and for a ratio those of the delta method
     */
    public double[] weights(Moments moments) {
        double[] weights = new double[moments.values()];
        if (isRatio()) {
            double below = moments.mean(denominator);
            weights[numerator] = 1 / below;
            weights[denominator] -= moments.mean(numerator) / below / below;
        } else {
            weights[numerator] = 1;
        }
        return weights;
    }
}
