package io.conversion.model.evaluation;

/**
 * What one model has over another on the same users. Immutable and safe to share between threads.
 *
 * @param rocAuc ROC AUC of the one minus that of the other; positive if the one ranks better
 * @param logLoss mean log loss of the one minus that of the other, in nats; negative if the one fits better
 * @param brierScore Brier score of the one minus that of the other; negative if the one fits better
 * @param resamples the number of resamples behind the intervals
 * @param level the confidence level of the intervals, such as 0.95
 */
public record ModelDifference(
        Difference rocAuc, Difference logLoss, Difference brierScore, int resamples, double level) {

    /**
     * One difference.
     *
     * @param value the difference on the users as they are
     * @param interval its paired bootstrap interval
     */
    public record Difference(double value, Interval interval) {

        /**
         * Whether the interval leaves out zero.
         *
         * @return whether the difference is more than noise, at the level of the interval
         */
        public boolean isBeyondNoise() {
            return !interval.contains(0);
        }
    }
}
