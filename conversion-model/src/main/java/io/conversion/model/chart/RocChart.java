package io.conversion.model.chart;

import java.util.List;

/**
 * Draws ROC curves: the share of converters against that of the other users above each threshold. The diagonal is what a
 * model without any discrimination gives.
 */
public final class RocChart {

    private RocChart() {}

    /**
     * Draws.
     *
     * @param id what the ids in the SVG start with
     * @param models one to three curves of false positive rate (x) and true positive rate (y), both 0 to 1
     * @return the SVG
     */
    public static String svg(String id, List<ChartCurve> models) {
        return UnitSquare.svg(
                id, "other users above the threshold", "converters above the threshold", models, "no discrimination");
    }
}
