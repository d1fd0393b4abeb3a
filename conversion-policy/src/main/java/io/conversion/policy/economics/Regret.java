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
     * The regret.
     *
     * @return the best gain less that of the policy
     */
    public double perUser() {
        return best - present;
    }
}
