package io.conversion.model.chart;

import java.util.List;
import java.util.stream.Stream;

/** Draws how an estimate with its interval settled while users came. */
public final class PathChart {

    private PathChart() {}

    /**
     * Draws.
     *
     * @param id what the ids in the SVG start with
     * @param title what is estimated, with its unit
     * @param points users so far (x) and the estimate with its interval (y)
     * @param marks heights that matter beside 0, such as the smallest effect; a name and where it is
     * @return the SVG
     */
    public static String svg(String id, String title, List<ChartPoint> points, List<ChartMark> marks) {
        ChartRange users = ChartRange.of(points, ChartPoint::x).with(0);
        ChartRange values = ChartRange.ofIntervals(points).with(0);
        for (ChartMark mark : marks) {
            values = values.with(mark.at());
        }
        values = values.padded(0.04, 0.04);
        ChartCanvas canvas = new ChartCanvas(
                        ChartAxis.linear("users so far", users.min(), users.max()),
                        ChartAxis.linear(title, values.min(), values.max()))
                .ribbon(points, ChartInk.FIRST)
                .horizontal(0, ChartInk.QUIET);
        for (ChartMark mark : marks) {
            canvas.horizontal(mark.at(), ChartInk.SECOND);
        }
        canvas.line(points, ChartInk.FIRST).points(withoutIntervals(points), ChartInk.FIRST);
        return canvas.key(Stream.concat(
                                Stream.of(new ChartKey("estimate, and where it can be", ChartInk.FIRST)),
                                marks.stream().map(mark -> new ChartKey(mark.name(), ChartInk.SECOND)))
                        .toArray(ChartKey[]::new))
                .svg(id);
    }

    private static List<ChartPoint> withoutIntervals(List<ChartPoint> points) {
        return points.stream().map(point -> ChartPoint.of(point.x(), point.y())).toList();
    }
}
