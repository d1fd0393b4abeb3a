package io.conversion.model.chart;

import java.util.ArrayList;
import java.util.List;

/** Curves from 0 to 1 above a diagonal. */
final class UnitSquare {

    private static final int HEIGHT = 360;

    private UnitSquare() {}

    static String svg(String id, String xTitle, String yTitle, List<ChartCurve> curves, String diagonal) {
        ChartInk[] inks = {ChartInk.FIRST, ChartInk.SECOND, ChartInk.THIRD};
        if (curves.isEmpty() || curves.size() > inks.length) {
            throw new IllegalArgumentException(
                    "chart \"" + id + "\" has " + curves.size() + " curves; it can show 1 to " + inks.length);
        }
        ChartCanvas canvas = new ChartCanvas(
                        ChartAxis.percent(xTitle, -0.02, 1.02), ChartAxis.percent(yTitle, -0.02, 1.02), HEIGHT)
                .segment(0, 0, 1, 1, ChartInk.QUIET);
        List<ChartKey.Entry> key = new ArrayList<>();
        for (int i = 0; i < curves.size(); i++) {
            canvas.line(curves.get(i).points(), inks[i]);
            key.add(new ChartKey.Entry(curves.get(i).name(), inks[i]));
        }
        key.add(new ChartKey.Entry(diagonal, ChartInk.QUIET));
        return canvas.key(new ChartKey(ChartKey.Corner.LOWER_RIGHT, 0, key)).svg(id);
    }
}
