package io.conversion.model.chart;

import java.util.ArrayList;
import java.util.List;

/**
 * Draws an estimate with its interval for each of some names, one below the other, and a line at zero: the levels of a
 * categorical signal or a flag, or what contenders differ by.
 */
public final class RowChart {

    private static final int ROW = 27;

    /** In pixels: the width of rows without a name, of a letter, and between values and notes. */
    private static final double PANEL = 478;

    private static final double LETTER = 9;
    private static final double GAP = 16;

    private RowChart() {}

    /**
     * Draws. The chart is as high as its rows need.
     *
     * @param id what the ids in the SVG start with
     * @param title what is estimated, with its unit
     * @param noteTitle what the notes of the rows are, such as {@code users}; may be empty
     * @param rows the rows, from the top
     * @return the SVG
     */
    public static String svg(String id, String title, String noteTitle, List<ChartRow> rows) {
        ChartRange values = ChartRange.of(rows, ChartRow::lower)
                .and(ChartRange.of(rows, ChartRow::upper))
                .with(0)
                .padded(0.06, 0.06);
        int notes = Math.max(
                noteTitle.length(),
                rows.stream().mapToInt(row -> row.note().length()).max().orElse(0));
        ChartAxis names = ChartAxis.rows(rows.stream().map(ChartRow::name).toList());
        ChartAxis y = noteTitle.isEmpty() ? names : new ChartAxis("", names.min(), 1.6, names.ticks());
        // The notes stand right of the values, on a part of the axis that has no ticks.
        double share = notes == 0 ? 0 : (notes * LETTER + GAP) / (PANEL - LETTER * longest(names));
        double end = values.min() + values.span() / (1 - share);
        ChartAxis x = ChartAxis.linear(title, values.min(), end).tickedWithin(values.min(), values.max());
        ChartCanvas canvas = new ChartCanvas(x, y, (int) Math.round(ROW * y.span()) + 58);
        List<ChartMark> texts = new ArrayList<>(List.of(new ChartMark(noteTitle, 1.1)));
        for (int i = 0; i < rows.size(); i++) {
            canvas.segment(values.min(), -i, values.max(), -i, ChartInk.FAINT);
            texts.add(new ChartMark(rows.get(i).note(), -i));
        }
        return canvas.vertical(0, ChartInk.QUIET)
                .rows(rows, ChartInk.FIRST)
                .texts(texts, x.at(0.99), 1, ChartInk.TEXT)
                .svg(id);
    }

    private static int longest(ChartAxis names) {
        return names.ticks().stream()
                .mapToInt(tick -> tick.name().length())
                .max()
                .orElse(0);
    }
}
