package io.conversion.model.chart;

import java.util.ArrayList;
import java.util.List;

/**
 * Draws how the scores of converters and of the other users are spread, each as shares of its own group, and where the
 * bands of a policy start.
 */
public final class ScoreChart {

    private ScoreChart() {}

    /**
     * Draws the other users as bars and the converters as a stepped line.
     *
     * @param id what the ids in the SVG start with
     * @param converters bins of probability, ascending and adjacent, with the share of the converters in each, 0 to 1
     * @param others the same of the other users
     * @param bands the lower bounds of bands with their names; may be empty
     * @return the SVG
     */
    public static String svg(String id, List<ChartBin> converters, List<ChartBin> others, List<ChartMark> bands) {
        ChartRange probabilities = ChartRange.of(converters, ChartBin::from)
                .and(ChartRange.of(converters, ChartBin::to))
                .and(ChartRange.of(others, ChartBin::from))
                .and(ChartRange.of(others, ChartBin::to));
        double top = ChartRange.of(converters, ChartBin::height)
                .and(ChartRange.of(others, ChartBin::height))
                .with(1e-3)
                .max();
        ChartAxis x = ChartAxis.percent(
                "predicted probability",
                probabilities.padded(0.03, 0).min(),
                probabilities.padded(0, 0.02).max());
        return new ChartCanvas(x, ChartAxis.percent("share of the group", 0, 1.03 * top))
                .bars(others, 0, 1)
                .marks(bands)
                .line(steps(converters), ChartInk.FIRST)
                .key(new ChartKey("converters", ChartInk.FIRST), new ChartKey("other users", ChartInk.BAR))
                .svg(id);
    }

    private static List<ChartPoint> steps(List<ChartBin> bins) {
        List<ChartPoint> steps = new ArrayList<>();
        steps.add(ChartPoint.of(bins.get(0).from(), 0));
        for (ChartBin bin : bins) {
            steps.add(ChartPoint.of(bin.from(), bin.height()));
            steps.add(ChartPoint.of(bin.to(), bin.height()));
        }
        steps.add(ChartPoint.of(bins.get(bins.size() - 1).to(), 0));
        return steps;
    }
}
