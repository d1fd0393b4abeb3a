package io.conversion.experiments.value;

/**
 * What a log must hold so that a value is given. Immutable and safe to share between threads.
 *
 * @param effectiveUsers the fewest effective users, {@code (sum w)^2 / sum w^2}
 * @param effectiveShare the smallest share of effective users among all
 * @param largestShare the largest share of the weight that one user may have
 * @param effectiveOutcomes the fewest effective outcomes other than 0, {@code (sum w y)^2 / sum (w y)^2}
 * @param weightBound the weight beyond which the share of the weight is told
 * @param alpha the p-value below which weights or propensities are not what was written down
 */
public record SupportLimits(
        double effectiveUsers,
        double effectiveShare,
        double largestShare,
        double effectiveOutcomes,
        double weightBound,
        double alpha) {

    /**
     * Checks the numbers. {@inheritDoc}
     *
     * @throws IllegalArgumentException if a count is negative, or a share or the p-value is not from 0 to 1
     */
    public SupportLimits {
        if (!(effectiveUsers >= 0 && effectiveOutcomes >= 0 && weightBound >= 0)) {
            throw new IllegalArgumentException("effective users and outcomes and a bound of weights are at least 0");
        }
        if (!(effectiveShare >= 0 && effectiveShare <= 1 && largestShare >= 0 && largestShare <= 1)
                || !(alpha >= 0 && alpha <= 1)) {
            throw new IllegalArgumentException("shares and the p-value of limits are from 0 to 1");
        }
    }

    /**
     * The limits that are used where none are declared: 100 effective users and 1 % of all, 10 % of the weight for one user, 10
     * effective outcomes, weights above 10, and a p-value of 0.001.
     *
     * @return the limits
     */
    public static SupportLimits defaults() {
        return new SupportLimits(100, 0.01, 0.1, 10, 10, 0.001);
    }

    /**
     * The same limits with another p-value.
     *
     * @param pValue the p-value below which weights or propensities are not what was written down
     * @return the changed copy
     */
    public SupportLimits alpha(double pValue) {
        return new SupportLimits(effectiveUsers, effectiveShare, largestShare, effectiveOutcomes, weightBound, pValue);
    }
}
