package io.conversion.model.chart;

import io.conversion.core.json.ArtifactText;
import java.util.List;

/** Draws the log loss of each penalty of a cross-validation, and which one was chosen. */
public final class PenaltyChart {

    private PenaltyChart() {}

    /**
     * Draws.
     *
     * @param id what the ids in the SVG start with
     * @param path the penalty lambda (x), above 0, and the log loss with one standard error either way (y)
     * @param chosen the lambda that was chosen, above 0
     * @return the SVG
     */
    public static String svg(String id, List<ChartPoint> path, double chosen) {
        if (!(chosen > 0 && path.stream().allMatch(point -> point.x() > 0))) {
            throw new IllegalArgumentException(
                    "chart " + ArtifactText.quoted(id) + " has a lambda that is not above 0; its axis is logarithmic");
        }
        List<ChartPoint> drawn = path.stream()
                .map(point -> new ChartPoint(StrictMath.log10(point.x()), point.y(), point.lower(), point.upper()))
                .toList();
        double at = StrictMath.log10(chosen);
        ChartRange lambdas = ChartRange.of(drawn, ChartPoint::x).with(at).padded(0.04, 0.04);
        ChartRange losses = ChartRange.ofIntervals(drawn).padded(0.08, 0.08);
        ChartAxis x = ChartAxis.decades("penalty lambda", lambdas.min(), lambdas.max());
        ChartAxis y = ChartAxis.linear("log loss", losses.min(), losses.max());
        return new ChartCanvas(x, y)
                .marks(List.of(new ChartMark("chosen", at)))
                .line(drawn, ChartInk.FIRST)
                .points(drawn, ChartInk.FIRST)
                .svg(id);
    }
}
