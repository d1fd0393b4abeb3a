package io.conversion.model.chart;

import java.util.List;

/** Draws on which day after signup the intent to buy can be seen: the skill of each day, beside the buyers until then. */
public final class HorizonChart {

    private HorizonChart() {}

    /**
     * Draws.
     *
     * @param id what the ids in the SVG start with
     * @param skill days since signup (x) and the skill with its interval (y), at most 1
     * @param bought days since signup (x) and the share of the buyers who have bought by then (y), 0 to 1
     * @return the SVG
     */
    public static String svg(String id, List<ChartPoint> skill, List<ChartPoint> bought) {
        ChartRange days = ChartRange.of(skill, ChartPoint::x)
                .and(ChartRange.of(bought, ChartPoint::x))
                .padded(0.03, 0.03);
        ChartRange shares = ChartRange.ofIntervals(skill)
                .and(ChartRange.of(bought, ChartPoint::y))
                .with(0)
                .padded(0.04, 0.04);
        return new ChartCanvas(
                        ChartAxis.at(
                                "days since signup",
                                days.min(),
                                days.max(),
                                skill.stream().map(ChartPoint::x).toList()),
                        ChartAxis.percent("skill, share of buyers", shares.min(), shares.max()))
                .horizontal(0, ChartInk.QUIET)
                .line(bought, ChartInk.SECOND)
                .points(bought, ChartInk.SECOND)
                .line(skill, ChartInk.FIRST)
                .points(skill, ChartInk.FIRST)
                .key(new ChartKey("skill", ChartInk.FIRST), new ChartKey("buyers who have bought", ChartInk.SECOND))
                .svg(id);
    }
}
