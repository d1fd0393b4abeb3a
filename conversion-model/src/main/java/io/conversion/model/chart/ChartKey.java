package io.conversion.model.chart;

import java.util.List;

/**
 * What the series of a chart are called, each beside a sample of how it is drawn, in a corner where the chart is empty.
 *
 * @param corner where the key stands
 * @param below how many rows of text stand above the key, or below it in a lower corner
 * @param entries the series, from the top
 */
record ChartKey(Corner corner, int below, List<Entry> entries) {

    private static final int LONGEST_NAME = 30;
    private static final double SAMPLE = 0.08;

    /** Where a key stands. */
    enum Corner {
        UPPER_LEFT,
        UPPER_RIGHT,
        LOWER_RIGHT
    }

    /**
     * One series.
     *
     * @param name what it is called
     * @param ink how it is drawn
     */
    record Entry(String name, ChartInk ink) {

        /** Shortens a long name. {@inheritDoc} */
        Entry {
            name = ChartAxis.shortened(name, LONGEST_NAME);
        }
    }

    static ChartKey of(Corner corner, Entry... entries) {
        return new ChartKey(corner, 0, List.of(entries));
    }

    void drawOn(ChartCanvas canvas, ChartAxis x, ChartAxis y) {
        double width = SAMPLE + 0.02;
        for (Entry entry : entries) {
            width = Math.max(width, SAMPLE + 0.02 + x.width(entry.name()) / x.span());
        }
        double from = x.at(corner == Corner.UPPER_LEFT ? 0.02 : 0.98 - width);
        for (int i = 0; i < entries.size(); i++) {
            Entry entry = entries.get(i);
            double at = corner == Corner.LOWER_RIGHT
                    ? y.at(0.05) + canvas.row() * (below + entries.size() - 1 - i)
                    : y.at(0.95) - canvas.row() * (below + i);
            canvas.sample(from, at, from + SAMPLE * x.span(), entry.ink())
                    .text(
                            entry.name(),
                            from + (SAMPLE + 0.02) * x.span(),
                            at,
                            0,
                            entry.ink().textColor());
        }
    }
}
