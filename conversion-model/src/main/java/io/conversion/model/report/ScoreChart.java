package io.conversion.model.report;

import java.util.ArrayList;
import java.util.List;

/**
 * Draws how the scores of converters and of the other users are spread, each as shares of its own group, and where the
 * bands of a policy start.
 */
final class ScoreChart {

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
    static String svg(String id, List<ChartBin> converters, List<ChartBin> others, List<ChartMark> bands) {
        ChartRange probabilities = ChartRange.of(converters, ChartBin::from)
                .and(ChartRange.of(converters, ChartBin::to))
                .and(ChartRange.of(others, ChartBin::from))
                .and(ChartRange.of(others, ChartBin::to));
        double top = ChartRange.of(converters, ChartBin::height)
                .and(ChartRange.of(others, ChartBin::height))
                .with(1e-3)
                .max();
        int rows = bands.isEmpty() ? 0 : 2;
        double room = (2 + rows) * 0.13;
        ChartAxis x = ChartAxis.percent(
                "predicted probability (%)",
                probabilities.padded(0.01, 0).min(),
                probabilities.padded(0, 0.02).max());
        ChartAxis y =
                ChartAxis.percent("share of the group (%)", 0, top * (1 + room)).tickedWithin(0, top);
        ChartCanvas canvas = new ChartCanvas(x, y).bars(others, 0, 1).line(steps(converters), ChartInk.FIRST);
        int longest = "other users".length();
        canvas.key("converters", rows, longest, ChartInk.FIRST).barKey("other users", rows + 1, longest);
        double taken = Double.NEGATIVE_INFINITY;
        int row = 0;
        for (ChartMark band : bands) {
            String name = ChartAxis.shortened(band.name(), 20);
            row = band.at() < taken ? 1 - row : 0;
            canvas.vertical(band.at(), ChartInk.QUIET).beside(name, band.at(), y.at(0.95 - row * 0.09));
            taken = band.at() + canvas.width(name);
        }
        return canvas.svg(id);
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
