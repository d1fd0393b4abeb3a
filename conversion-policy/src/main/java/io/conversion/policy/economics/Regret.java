package io.conversion.policy.economics;

/**
 * What a policy forgoes against the best bands, in expected gain for one user, on average over the reporting population.
 *
 * @param best the gain of the best bands
 * @param present the gain of the policy
 * @param presentHoldsCapacity whether the policy keeps every capacity on the reporting population; if it does not, it may
 *     gain more than the best bands, which do
 */
public record Regret(double best, double present, boolean presentHoldsCapacity) {

    /**
     * The regret. Nothing is forgone by a policy that gains more than the best bands, as one may that does not keep the
     * capacity, or where a capacity makes the bands those of other users.
     *
     * @return the best gain less that of the policy, at least 0
     */
    public double perUser() {
        return Math.max(0, best - present);
    }

    /**
     * By how much the policy gains more than the best bands.
     *
     * @return the gain of the policy less the best one, at least 0
     */
    public double excess() {
        return Math.max(0, present - best);
    }
}
