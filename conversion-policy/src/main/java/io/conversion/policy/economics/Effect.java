package io.conversion.policy.economics;

/**
 * What an action does to the probability of conversion, as somebody declares it: a model of conversion cannot know it.
 * Effects are of the probability under the treatment in force when the model's labels arose. Immutable.
 */
public sealed interface Effect {

    /**
     * The change itself, in the unit of its kind.
     *
     * @return the change
     */
    double by();

    /**
     * Where the number is from, such as an experiment and its date, or a guess and whose.
     *
     * @return the source
     */
    String source();

    /**
     * What the action adds to the probability of a user.
     *
     * @param probability the probability without the action, 0 to 1
     * @return the probability with it minus that without it, -1 to 1
     */
    double lift(double probability);

    /**
     * The probability with the action.
     *
     * @param probability the probability without it, 0 to 1
     * @return the probability with it, 0 to 1
     */
    default double probability(double probability) {
        return probability + lift(probability);
    }

    /**
     * A change in proportion to the probability: {@code min(1, p * (1 + by))}.
     *
     * @param by the relative change, -1 to 1000; 0.3 for thirty per cent more conversions
     * @param source where the number is from
     */
    record Relative(double by, String source) implements Effect {

        /** Checks the change and the source. {@inheritDoc} */
        public Relative {
            Limit.RELATIVE.require("the relative effect", by);
            Limit.requireName("the source of the effect", source);
        }

        @Override
        public double lift(double probability) {
            return Math.min(probability * by, 1 - probability);
        }
    }

    /**
     * A constant change of the log-odds: {@code logistic(logit(p) + by)}.
     *
     * <p>Computed as {@code p + p (1 - p) k / (1 + k p)} with {@code k = exp(by) - 1}, which is the same.
     *
     * @param by the change of the log-odds, -10 to 10
     * @param source where the number is from
     */
    record LogOdds(double by, String source) implements Effect {

        /** Checks the change and the source. {@inheritDoc} */
        public LogOdds {
            Limit.LOG_ODDS.require("the effect on the log-odds", by);
            Limit.requireName("the source of the effect", source);
        }

        @Override
        public double lift(double probability) {
            double k = StrictMath.expm1(by);
            double rest = 1 - probability;
            return probability * rest * k / (rest + (1 + k) * probability);
        }
    }

    /**
     * The same change for everybody: {@code p + by}, kept within 0 and 1. It gives no threshold, since it says that it
     * does not matter who gets the action; {@link ThresholdSearch} answers so.
     *
     * @param by the change of the probability, -1 to 1
     * @param source where the number is from
     */
    record Absolute(double by, String source) implements Effect {

        /** Checks the change and the source. {@inheritDoc} */
        public Absolute {
            Limit.ABSOLUTE.require("the absolute effect", by);
            Limit.requireName("the source of the effect", source);
        }

        @Override
        public double lift(double probability) {
            return Math.max(-probability, Math.min(by, 1 - probability));
        }
    }
}
