package io.conversion.model.chart;

import io.conversion.core.json.ArtifactText;

/**
 * A named position on the x axis.
 *
 * @param name what its label says, such as the name of a band
 * @param at the position, finite
 */
public record ChartMark(String name, double at) {

    /** Checks the position. {@inheritDoc} */
    public ChartMark {
        if (!Double.isFinite(at)) {
            throw new IllegalArgumentException(
                    "mark " + ArtifactText.quoted(name) + " of a chart is at " + at + "; it must be finite");
        }
    }
}
