package io.conversion.model.chart;

import java.util.ArrayList;
import java.util.List;

/**
 * One bar of a histogram.
 *
 * @param from left edge, finite
 * @param to right edge, finite and above {@code from}
 * @param height a count or a share, finite and at least 0
 */
public record ChartBin(double from, double to, double height) {

    /** Checks the numbers. {@inheritDoc} */
    public ChartBin {
        if (!(Double.isFinite(from) && Double.isFinite(to) && from < to && height >= 0 && Double.isFinite(height))) {
            throw new IllegalArgumentException("a bar of a chart spans " + from + " to " + to + " with height " + height
                    + "; its edges must be finite and ascend, its height finite and at least 0");
        }
    }

    /**
     * The bars between ascending edges.
     *
     * @param edges the edges, ascending, one more than heights
     * @param heights the heights
     * @return the bars
     */
    public static List<ChartBin> of(double[] edges, double[] heights) {
        if (edges.length != heights.length + 1) {
            throw new IllegalArgumentException(edges.length + " edges do not match " + heights.length
                    + " bars; there must be one edge more than bars");
        }
        List<ChartBin> bins = new ArrayList<>();
        for (int i = 0; i < heights.length; i++) {
            bins.add(new ChartBin(edges[i], edges[i + 1], heights[i]));
        }
        return bins;
    }
}
