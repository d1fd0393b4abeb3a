package io.conversion.model.chart;

import java.util.List;

/**
 * Draws cumulative gain: which share of the converters is among the highest-scored users. The diagonal is that of users in
 * random order.
 */
public final class GainChart {

    private GainChart() {}

    /**
     * Draws.
     *
     * @param id what the ids in the SVG start with
     * @param models one to three curves of share of users, highest scores first (x), and of converters (y), both 0 to 1
     * @return the SVG
     */
    public static String svg(String id, List<ChartCurve> models) {
        return UnitSquare.svg(id, "users, highest scores first", "converters among them", models, "random order");
    }
}
