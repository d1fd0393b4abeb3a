package io.conversion.experiments.statistics;

/**
 * An interval for what another policy would have brought that holds after every decision at once, without assumptions on how
 * large the weights are: the more a few of them carry, the wider it is.
 *
 * <p>Rewards are scaled to 0 to 1 by their declared range. With the weight {@code w} of a decision (its probability under the
 * other policy over its propensity) and its scaled reward {@code y}, the products {@code w y} are at least 0 and their mean is
 * the value, so that {@code sum of (w y - value)} is bounded from below in each step: a gamma-exponential mixture with scale 1
 * and the variance {@code sum of (w y - m)^2}, where {@code m} is half more than the sum of earlier products over one more than
 * their number, gives the lower end. The upper end is the same of {@code w (1 - y)}, whose mean is one less the value. Each has
 * half of the error rate. Waudby-Smith, Wu, Ramdas, Karampatziakis and Mineiro, "Anytime-valid off-policy inference for
 * contextual bandits" (2022); as in VW's {@code estimators}, {@code cs.py}. It depends on the order of the decisions.
 *
 * <p>Not safe for use by several threads at once.
 */
public final class OffPolicySequence {

    private static final double SCALE = 1;
    private static final double RHO = 1;

    private final double lowest;
    private final double highest;
    private final Side fromBelow = new Side();
    private final Side fromAbove = new Side();
    private long decisions;

    /**
     * Starts without decisions.
     *
     * @param lowest the lowest reward that is possible
     * @param highest the highest reward that is possible, above the lowest
     * @throws IllegalArgumentException if they are not finite numbers in that order
     */
    public OffPolicySequence(double lowest, double highest) {
        if (!(lowest < highest && lowest > Double.NEGATIVE_INFINITY && highest < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "rewards from " + lowest + " to " + highest + " are no range; they must be finite and in order");
        }
        this.lowest = lowest;
        this.highest = highest;
    }

    /** The sums of one end. */
    private static final class Side {
        private double sum;
        private double variance;

        void add(double term, long before) {
            double expected = (sum + 0.5) / (before + 1);
            variance += (term - expected) * (term - expected);
            sum += term;
        }

        /** The largest mean that is excluded from below. */
        double bound(long count, double threshold) {
            if (evidence(0, count) <= threshold) {
                return 0;
            }
            double most = Math.min(1, sum / count);
            if (evidence(most, count) >= threshold) {
                return most;
            }
            return Mixture.inverse(mean -> -evidence(mean, count), -threshold, 0, most);
        }

        private double evidence(double mean, long count) {
            return Mixture.gammaExponential(sum - count * mean, variance, SCALE, RHO);
        }
    }

    /**
     * Adds the next decision.
     *
     * @param weight the probability of its action under the other policy over its propensity, at least 0
     * @param reward what it brought
     * @throws IllegalArgumentException if the weight is negative or not finite, or the reward is out of range
     */
    public void add(double weight, double reward) {
        if (!(weight >= 0 && weight < Double.POSITIVE_INFINITY) || !(reward >= lowest && reward <= highest)) {
            throw new IllegalArgumentException("a decision with weight " + weight + " brought " + reward
                    + "; weights are at least 0 and rewards from " + lowest + " to " + highest);
        }
        double scaled = (reward - lowest) / (highest - lowest);
        fromBelow.add(weight * scaled, decisions);
        fromAbove.add(weight * (1 - scaled), decisions);
        decisions++;
    }

    /**
     * What can be said now, whenever that is.
     *
     * @param alpha the error rate over all looks, such as 0.05
     * @return the interval, within the range of rewards and without a p-value; the whole range before the first decision
     */
    public Inference at(double alpha) {
        if (decisions == 0) {
            return new Inference(lowest, highest, Double.NaN);
        }
        double threshold = Math.log(2 / alpha);
        double lower = fromBelow.bound(decisions, threshold);
        double upper = 1 - fromAbove.bound(decisions, threshold);
        return new Inference(lowest + lower * (highest - lowest), lowest + upper * (highest - lowest), Double.NaN);
    }
}
