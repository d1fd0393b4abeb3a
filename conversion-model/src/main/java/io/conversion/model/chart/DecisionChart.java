package io.conversion.model.chart;

import java.util.List;

/**
 * Draws a decision curve: the net benefit of treating the users above a threshold, against treating all and none of them
 * (Vickers and Elkin, Medical Decision Making 26, 2006).
 */
public final class DecisionChart {

    private DecisionChart() {}

    /**
     * Draws. What lies far below zero is cut off.
     *
     * @param id what the ids in the SVG start with
     * @param model threshold (x) and net benefit per user (y) of treating those above it
     * @param treatAll the same of treating all
     * @return the SVG
     */
    public static String svg(String id, List<ChartPoint> model, List<ChartPoint> treatAll) {
        ChartRange thresholds = ChartRange.of(model, ChartPoint::x).and(ChartRange.of(treatAll, ChartPoint::x));
        double top = ChartRange.of(model, ChartPoint::y)
                .and(ChartRange.of(treatAll, ChartPoint::y))
                .with(1e-3)
                .max();
        ChartAxis x = ChartAxis.percent(
                "threshold", thresholds.min(), thresholds.padded(0, 0.02).max());
        ChartAxis y = ChartAxis.linear("net benefit per user", -0.2 * top, 1.05 * top);
        return new ChartCanvas(x, y)
                .horizontal(0, ChartInk.QUIET)
                .line(treatAll, ChartInk.SECOND)
                .line(model, ChartInk.FIRST)
                .key(
                        new ChartKey("model", ChartInk.FIRST),
                        new ChartKey("treat all", ChartInk.SECOND),
                        new ChartKey("treat none", ChartInk.QUIET))
                .svg(id);
    }
}
