package io.conversion.model.chart;

import io.conversion.core.json.ArtifactText;
import java.util.List;

/**
 * A named curve.
 *
 * @param name what its label says, such as the name of a model
 * @param points its points in the order in which they are joined, at least one
 */
public record ChartCurve(String name, List<ChartPoint> points) {

    /** Copies the points. {@inheritDoc} */
    public ChartCurve {
        points = List.copyOf(points);
        if (points.isEmpty()) {
            throw new IllegalArgumentException(
                    "curve " + ArtifactText.quoted(name) + " of a chart has no point; it needs at least one");
        }
    }
}
