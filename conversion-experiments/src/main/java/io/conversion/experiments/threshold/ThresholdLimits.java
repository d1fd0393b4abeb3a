package io.conversion.experiments.threshold;

/**
 * From where on an effect at a bound is refused. Immutable and safe to share between threads.
 *
 * @param leastUsers so many users must be near the bound on each side, at least 10
 * @param leastOutcomes where outcomes are 0 or 1, so many of each must be near on each side, at least 1
 * @param leastValues so many different values of the running variable must be near on each side, at least 5
 * @param leastUnits where rows are of users, so many users must be near on each side, at least 2
 * @param mostDecidedByOthers the largest share of users near whose action the margin or a guardrail decided, 0 to 1
 * @param mostExceptions the largest share of users near who got the action of the other side, 0 to 1
 * @param densityAlpha the density test refuses below this p-value, 0 to 1
 */
public record ThresholdLimits(
        int leastUsers,
        int leastOutcomes,
        int leastValues,
        int leastUnits,
        double mostDecidedByOthers,
        double mostExceptions,
        double densityAlpha) {

    /** 50 users, 10 outcomes of each kind, 10 values and 20 units on each side; 5 % decided by others, 1 % exceptions; 0.01. */
    public static final ThresholdLimits DEFAULT = new ThresholdLimits(50, 10, 10, 20, 0.05, 0.01, 0.01);

    /** Checks the ranges. {@inheritDoc} */
    public ThresholdLimits {
        if (leastUsers < 10 || leastOutcomes < 1 || leastValues < 5 || leastUnits < 2) {
            throw new IllegalArgumentException(
                    "the limits are " + leastUsers + " users, " + leastOutcomes + " outcomes, "
                            + leastValues + " values and " + leastUnits
                            + " units on a side; they must be at least 10, 1, 5 and 2");
        }
        if (!(isShare(mostDecidedByOthers) && isShare(mostExceptions) && isShare(densityAlpha))) {
            throw new IllegalArgumentException("the limits are shares of " + mostDecidedByOthers + " and "
                    + mostExceptions + " and a p-value of " + densityAlpha + "; each must be from 0 to 1");
        }
    }

    private static boolean isShare(double value) {
        return value >= 0 && value <= 1;
    }
}
