package io.conversion.model.chart;

import java.util.List;

/**
 * Draws a reliability curve: the observed share of converters against the mean prediction, for groups of users. Points on
 * the diagonal are right on average.
 */
public final class ReliabilityChart {

    private ReliabilityChart() {}

    /**
     * Draws. The axes end where the data do, so that low rates fill the chart.
     *
     * @param id what the ids in the SVG start with
     * @param groups for each group of users the mean prediction (x) and the observed share with its interval (y), 0 to 1
     * @return the SVG
     */
    public static String svg(String id, List<ChartPoint> groups) {
        double end = ChartRange.of(groups, ChartPoint::x)
                .and(ChartRange.of(groups, ChartPoint::upper))
                .with(1e-3)
                .max();
        double last = Math.min(1, 1.05 * end);
        return ChartCanvas.square(last, "mean prediction", "observed share")
                .key(new ChartKey("predicted = observed", ChartInk.QUIET))
                .points(groups, ChartInk.FIRST)
                .svg(id);
    }
}
