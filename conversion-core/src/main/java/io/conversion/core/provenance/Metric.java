package io.conversion.core.provenance;

import io.conversion.core.json.ArtifactText;

/**
 * One figure of a model on rows that it was not trained on, with its interval where there is one. Immutable and safe to
 * share between threads.
 *
 * @param name the name of the metric, such as {@code roc_auc}
 * @param value the figure, a finite number
 * @param lower the lower end of its interval; NaN if it has none
 * @param upper the upper end of its interval, not below the lower one; NaN if it has none
 * @param level the confidence level of the interval, above 0 and below 1; NaN if it has none
 */
public record Metric(String name, double value, double lower, double upper, double level) {

    /**
     * Checks the numbers. {@inheritDoc}
     *
     * @throws IllegalArgumentException if the value is not finite, or there is half an interval or an impossible one
     */
    public Metric {
        boolean without = Double.isNaN(lower) && Double.isNaN(upper) && Double.isNaN(level);
        boolean with = Double.isFinite(lower) && Double.isFinite(upper) && lower <= upper && level > 0 && level < 1;
        if (!Double.isFinite(value) || !(without || with)) {
            throw new IllegalArgumentException(
                    "metric " + ArtifactText.quoted(name) + " is " + value + " with the interval " + lower
                            + " to " + upper + " at level " + level
                            + "; expected a finite number, and ordered finite ends with a level above 0 and below 1, or NaN"
                            + " for all three");
        }
    }

    /**
     * A figure without an interval.
     *
     * @param name the name of the metric
     * @param value the figure, a finite number
     * @return the metric
     */
    public static Metric of(String name, double value) {
        return new Metric(name, value, Double.NaN, Double.NaN, Double.NaN);
    }

    /**
     * Whether the figure has an interval.
     *
     * @return whether the ends and the level are numbers
     */
    public boolean hasInterval() {
        return !Double.isNaN(level);
    }
}
