package io.conversion.model.chart;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Names beside vertical lines, in as many rows as keep them apart: no name overlaps another, nor a line that is not its
 * own, as far as the rows suffice.
 *
 * @param labels the names with their places
 */
record BandLabels(List<Label> labels) {

    private static final int MOST_ROWS = 5;
    private static final int LONGEST_NAME = 20;

    /** Between a line and its name, as a share of the x axis. */
    private static final double GAP = 0.015;

    /** A name from {@code from} to {@code to}, in a row counted from the top, beside a line at {@code at}. */
    record Label(String name, double at, double from, double to, int row) {

        boolean clashes(Label other) {
            boolean overlaps = row == other.row && from < other.to && other.from < to;
            // A line ends at the row of its own name.
            boolean crossed = row > other.row && from < other.at && other.at < to;
            boolean crosses = other.row > row && other.from < at && at < other.to;
            return overlaps || crossed || crosses;
        }
    }

    static BandLabels of(List<ChartMark> marks, ChartAxis x) {
        List<Label> placed = new ArrayList<>();
        for (ChartMark mark : marks) {
            String name = ChartAxis.shortened(mark.name(), LONGEST_NAME);
            double width = x.width(name) + GAP * x.span();
            double from = mark.at() + width <= x.max() ? mark.at() : mark.at() - width;
            placed.add(IntStream.range(0, MOST_ROWS)
                    .mapToObj(row -> new Label(name, mark.at(), from, from + width, row))
                    .filter(label -> placed.stream().noneMatch(label::clashes))
                    .findFirst()
                    .orElseGet(() -> new Label(name, mark.at(), from, from + width, MOST_ROWS - 1)));
        }
        return new BandLabels(placed);
    }

    /** How many rows the names take. */
    int rows() {
        return labels.stream().mapToInt(Label::row).max().orElse(-1) + 1;
    }

    /** Draws the rows from {@code top} on downwards. */
    void drawOn(ChartCanvas canvas, ChartAxis x, double top) {
        double gap = GAP * x.span();
        for (Label label : labels) {
            double y = top - label.row() * canvas.row();
            boolean right = label.from() == label.at();
            canvas.segment(label.at(), 0, label.at(), y + 0.3 * canvas.row(), ChartInk.QUIET)
                    .text(label.name(), right ? label.at() + gap : label.at() - gap, y, right ? 0 : 1, ChartInk.TEXT);
        }
    }
}
