package io.conversion.experiments.statistics;

import org.apache.commons.statistics.distribution.FDistribution;

/**
 * The value of another policy by the empirical likelihood of Cressie and Read with power -2: decisions are weighted anew, as
 * little as possible, so that the mean of their importance weights is 1, with one further decision that was not seen and whose
 * weight is the worst that is possible, from 0 to infinity (Karampatziakis, Langford and Mineiro, "Empirical likelihood for
 * contextual bandits", 2020; as in VW's {@code estimators}). Not safe for use by several threads at once.
 */
public final class CressieRead {

    /** Moments of the weights and of their products with the rewards. */
    private final ExactSum weight = new ExactSum();

    private final ExactSum weightSquare = new ExactSum();
    private final ExactSum product = new ExactSum();
    private final ExactSum squareProduct = new ExactSum();
    private final ExactSum productSquare = new ExactSum();
    private final ExactSum rewards = new ExactSum();
    private long count;

    /** Starts without decisions. */
    public CressieRead() {
        // Documented, since the class is exported.
    }

    /**
     * Adds a decision.
     *
     * @param w the probability of its action under the other policy over its propensity, at least 0
     * @param reward what it brought, finite
     */
    public void add(double w, double reward) {
        weight.add(w);
        weightSquare.addProduct(w, w);
        product.addProduct(w, reward);
        squareProduct.addProduct(w * w, reward);
        productSquare.addProduct(w * reward, w * reward);
        rewards.add(reward);
        count++;
    }

    /** Whether the weights sum to less than they should, so that a decision of large weight is what was not seen. */
    private boolean lacksWeight() {
        return of(weight) < count;
    }

    private static double of(ExactSum sum) {
        return sum.value().toDouble();
    }

    /**
     * The estimate.
     *
     * @return the value; what the weights cannot account for has the mean reward of the log; NaN without decisions
     */
    public double estimate() {
        double users = count;
        double mean = of(rewards) / users;
        if (lacksWeight()) {
            return of(product) / users + (1 - of(weight) / users) * mean;
        }
        double first = of(weight) / (1 + users);
        double second = of(weightSquare) / (1 + users);
        double spread = second - first * first;
        if (!(spread > 0)) {
            return of(product) / of(weight);
        }
        double plain = (second - first) / spread;
        double slope = (1 - first) / spread;
        double explained = plain * first + slope * second;
        return (plain * of(product) + slope * of(squareProduct)) / (1 + users) + Math.max(0, 1 - explained) * mean;
    }

    /**
     * The interval of the same likelihood at a look that was fixed before, by the chi-square limit.
     *
     * @param lowest the lowest reward that is possible
     * @param highest the highest reward that is possible
     * @param alpha the error rate, such as 0.05
     * @return the interval, within the range of rewards and without a p-value
     */
    public Inference interval(double lowest, double highest, double alpha) {
        double users = count;
        double closest;
        if (lacksWeight()) {
            closest = 1 + 1 / users;
        } else {
            double first = of(weight) / (1 + users);
            closest = (1 + users) * (first - 1) * (first - 1) / (of(weightSquare) / (1 + users) - first * first);
        }
        double room = (-closest - FDistribution.of(1, users).inverseSurvivalProbability(alpha)) / (2 * (1 + users));
        return new Inference(
                Math.max(lowest, Math.min(least(lowest, room, 1), highest)),
                Math.min(highest, Math.max(-least(highest, room, -1), lowest)),
                Double.NaN);
    }

    /** The least value in the direction of a sign, over the decisions that may not have been seen; no bound if none fits. */
    private double least(double unseen, double room, int sign) {
        double n = count;
        double w = of(weight);
        double distance = (unseen * w - of(product)) * (unseen * w - of(product)) / (n * (1 + n))
                - (unseen * unseen * of(weightSquare) - 2 * unseen * of(squareProduct) + of(productSquare)) / (1 + n);
        double withLarge = least(sign * (unseen + (of(product) - w * unseen) / n), distance, room + 1 / (2 * n));
        double first = w / (1 + n);
        double spread = of(weightSquare) / (1 + n) - first * first;
        if (!(spread > 0)) {
            return Double.isNaN(withLarge) ? Double.NEGATIVE_INFINITY : withLarge;
        }
        double value = sign * of(product) / (1 + n);
        double shared = sign * of(squareProduct) / (1 + n) - first * value;
        double withNone = least(
                value + (1 - first) * shared / spread,
                shared * shared / spread - (of(productSquare) / (1 + n) - value * value),
                room + 0.5 * (1 - first) * (1 - first) / spread);
        double least =
                Double.isNaN(withLarge) ? withNone : Double.isNaN(withNone) ? withLarge : Math.min(withLarge, withNone);
        return Double.isNaN(least) ? Double.NEGATIVE_INFINITY : least;
    }

    /** The lower root of a quadratic; NaN if it has none. */
    private static double least(double centre, double distance, double room) {
        double square = 2 * distance * room;
        return room <= 0 && square >= 0 ? centre - Math.sqrt(square) : Double.NaN;
    }
}
