package io.conversion.model.report;

import java.util.List;

/**
 * Draws an estimate with its interval for each of some names, one below the other, and a line at zero: the levels of a
 * categorical signal or a flag, or what contenders differ by.
 */
final class RowChart {

    private static final int ROW = 27;

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
    static String svg(String id, String title, String noteTitle, List<ChartRow> rows) {
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
        double room = notes == 0 ? 0 : values.span() * (0.03 + 0.03 * notes);
        ChartAxis x =
                ChartAxis.linear(title, values.min(), values.max() + room).tickedWithin(values.min(), values.max());
        ChartCanvas canvas = new ChartCanvas(x, y, (int) Math.round(ROW * y.span()) + 58).vertical(0, ChartInk.QUIET);
        canvas.text(noteTitle, x.at(0.99), 1.1, 1, ChartInk.TEXT);
        for (int i = 0; i < rows.size(); i++) {
            ChartRow row = rows.get(i);
            canvas.segment(row.lower(), -i, row.upper(), -i, ChartInk.FIRST)
                    .points(List.of(ChartPoint.of(row.estimate(), -i)), ChartInk.FIRST)
                    .text(row.note(), x.at(0.99), -i, 1, ChartInk.TEXT);
        }
        return canvas.svg(id);
    }
}
