package io.conversion.model.chart;

import io.conversion.core.json.ArtifactText;

/**
 * A row of a {@link RowChart}: a name and its estimate with an interval.
 *
 * @param name what the row is of
 * @param estimate the estimate, finite
 * @param lower lower end of its interval, finite and at most the estimate
 * @param upper upper end of its interval, finite and at least the estimate
 * @param note what stands at the right, such as a number of rows; may be empty
 */
public record ChartRow(String name, double estimate, double lower, double upper, String note) {

    /** Checks the numbers. {@inheritDoc} */
    public ChartRow {
        if (!(Double.isFinite(lower) && Double.isFinite(upper) && lower <= estimate && estimate <= upper)) {
            throw new IllegalArgumentException(
                    "row " + ArtifactText.quoted(name) + " of a chart has the estimate " + estimate
                            + " and the interval " + lower + " to " + upper
                            + "; all must be finite and the estimate within its interval");
        }
    }
}
