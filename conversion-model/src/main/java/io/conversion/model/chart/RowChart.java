package io.conversion.model.chart;

import java.util.List;

/**
 * Draws an estimate with its interval for each of some names, one below the other, and a line at zero: the levels of a
 * categorical signal or a flag, or what contenders differ by.
 */
public final class RowChart {

    private static final double ROW = 27;

    /** Between the panel and the notes. */
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
        double notes = ChartRange.of(rows, row -> ChartText.width(row.note()))
                .with(ChartText.width(noteTitle))
                .max();
        ChartAxis y = ChartAxis.rows(rows.stream().map(ChartRow::name).toList());
        ChartAxis x = ChartAxis.linear(title, values.min(), values.max(), ChartCanvas.width(y, notes + GAP));
        return new ChartCanvas(x, y, ROW * y.span(), notes + GAP)
                .vertical(0, ChartInk.QUIET)
                .rows(rows, ChartInk.FIRST)
                .notes(noteTitle, rows)
                .svg(id);
    }
}
