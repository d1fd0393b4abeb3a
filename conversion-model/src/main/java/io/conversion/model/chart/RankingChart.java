package io.conversion.model.chart;

import io.conversion.core.json.ArtifactText;
import java.util.ArrayList;
import java.util.List;

/** Draws how models rank users: curves from 0 to 1 above a diagonal, which is that of users in random order. */
public final class RankingChart {

    private static final List<ChartInk> INKS = List.of(ChartInk.FIRST, ChartInk.SECOND, ChartInk.THIRD);

    private RankingChart() {}

    /**
     * Draws ROC curves: the share of converters against that of the other users above each threshold.
     *
     * @param id what the ids in the SVG start with
     * @param models one to three curves of false positive rate (x) and true positive rate (y), both 0 to 1
     * @return the SVG
     */
    public static String roc(String id, List<ChartCurve> models) {
        return svg(
                id, "other users above the threshold", "converters above the threshold", models, "no discrimination");
    }

    /**
     * Draws cumulative gain: which share of the converters is among the highest-scored users.
     *
     * @param id what the ids in the SVG start with
     * @param models one to three curves of share of users, highest scores first (x), and of converters (y), both 0 to 1
     * @return the SVG
     */
    public static String gain(String id, List<ChartCurve> models) {
        return svg(id, "users, highest scores first", "converters among them", models, "random order");
    }

    private static String svg(String id, String xTitle, String yTitle, List<ChartCurve> curves, String diagonal) {
        if (curves.isEmpty() || curves.size() > INKS.size()) {
            throw new IllegalArgumentException("chart " + ArtifactText.quoted(id) + " has " + curves.size()
                    + " curves; it can show 1 to " + INKS.size());
        }
        ChartCanvas canvas = ChartCanvas.square(1, xTitle, yTitle);
        List<ChartKey> key = new ArrayList<>();
        for (int i = 0; i < curves.size(); i++) {
            canvas.line(curves.get(i).points(), INKS.get(i));
            key.add(new ChartKey(curves.get(i).name(), INKS.get(i)));
        }
        key.add(new ChartKey(diagonal, ChartInk.QUIET));
        return canvas.key(key.toArray(ChartKey[]::new)).svg(id);
    }
}
