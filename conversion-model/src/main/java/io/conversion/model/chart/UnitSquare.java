package io.conversion.model.chart;

import java.util.ArrayList;
import java.util.List;

/** Curves from 0 to 1 above a diagonal. */
final class UnitSquare {

    private static final double HEIGHT = 300;

    private UnitSquare() {}

    static String svg(String id, String xTitle, String yTitle, List<ChartCurve> curves, String diagonal) {
        ChartInk[] inks = {ChartInk.FIRST, ChartInk.SECOND, ChartInk.THIRD};
        if (curves.isEmpty() || curves.size() > inks.length) {
            throw new IllegalArgumentException(
                    "chart \"" + id + "\" has " + curves.size() + " curves; it can show 1 to " + inks.length);
        }
        ChartCanvas canvas = to(1, xTitle, yTitle);
        List<ChartKey> key = new ArrayList<>();
        for (int i = 0; i < curves.size(); i++) {
            canvas.line(curves.get(i).points(), inks[i]);
            key.add(new ChartKey(curves.get(i).name(), inks[i]));
        }
        key.add(new ChartKey(diagonal, ChartInk.QUIET));
        return canvas.key(key.toArray(ChartKey[]::new)).svg(id);
    }

    /** Shares from 0 to {@code end} on both axes, and the diagonal. */
    static ChartCanvas to(double end, String xTitle, String yTitle) {
        return new ChartCanvas(ChartAxis.percent(xTitle, 0, end), ChartAxis.percent(yTitle, 0, end), HEIGHT, 0)
                .segment(0, 0, end, end, ChartInk.QUIET);
    }
}
