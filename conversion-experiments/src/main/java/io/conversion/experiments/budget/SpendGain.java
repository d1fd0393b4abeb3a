package io.conversion.experiments.budget;

import io.conversion.experiments.Refusal;
import io.conversion.experiments.statistics.Difference;

/** What users who got their action at random say of the gain at a spend: a figure with its error, or why there is none. */
public sealed interface SpendGain {

    /**
     * The gain, against giving nobody an action.
     *
     * @param spend what is spent for one user on average
     * @param gain the estimated gain for one user on average
     * @param standardError the standard error of the gain, with clusters as what is independent
     * @param clusters how many clusters there are; of users if there are no others
     */
    record Measured(double spend, double gain, double standardError, long clusters) implements SpendGain {

        /**
         * The gain as a difference, whose interval and test are of the normal distribution.
         *
         * @return the difference between the point and doing nothing
         */
        public Difference difference() {
            return new Difference(gain, standardError, Double.POSITIVE_INFINITY);
        }
    }

    /**
     * There is no figure.
     *
     * @param refusal why not, and what to do
     */
    record Refused(Refusal refusal) implements SpendGain {}
}
