package io.conversion.model.report;

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
        int longest = Math.max(
                diagonal.length(),
                curves.stream().mapToInt(curve -> curve.name().length()).max().orElse(0));
        canvas.key(diagonal, -1, longest, ChartInk.QUIET);
        for (int i = 0; i < curves.size(); i++) {
            canvas.line(curves.get(i).points(), inks[i])
                    .key(curves.get(i).name(), i - 1 - curves.size(), longest, inks[i]);
        }
        return canvas.svg(id);
    }
}
