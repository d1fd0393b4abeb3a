package io.conversion.model.chart;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;

/**
 * Names beside vertical lines that reach up to them, in as many rows as keep them apart: no name overlaps another, nor, as
 * far as that can be, a line that is not its own. In pixels.
 *
 * @param labels the names with their places
 */
record MarkLabels(List<Label> labels) {

    /** Between a line and its name. */
    static final double GAP = 6;

    private static final double LONGEST_NAME = 190;

    /** A name from {@code from} to {@code to}, in a row counted from the top, beside a line at {@code at}. */
    record Label(String name, double at, double from, double to, int row) {

        boolean clashes(Label other) {
            boolean overlaps = row == other.row && from < other.to && other.from < to;
            // A line ends at the row of its own name.
            boolean crossed = row > other.row && from < other.at && other.at < to;
            boolean crosses = other.row > row && other.from < at && at < other.to;
            return overlaps || crossed || crosses;
        }

        /** In the first row where it clashes with no other label, else in a row below all. */
        Label placed(List<Label> others) {
            return IntStream.range(0, others.size() + 1)
                    .mapToObj(free -> new Label(name, at, from, to, free))
                    .filter(label -> others.stream().noneMatch(label::clashes))
                    .findFirst()
                    .orElseGet(() -> new Label(name, at, from, to, others.size()));
        }
    }

    /** The names of marks whose lines are where {@code position} says, in a panel that is {@code width} wide. */
    static MarkLabels of(List<ChartMark> marks, DoubleUnaryOperator position, double width) {
        List<Label> placed = new ArrayList<>();
        List<Label> atLeft = new ArrayList<>();
        for (ChartMark mark : marks) {
            String name = ChartText.fitted(mark.name(), LONGEST_NAME);
            double at = position.applyAsDouble(mark.at());
            double room = ChartText.width(name) + 2 * GAP;
            if (at + room <= width) {
                placed.add(new Label(name, at, at, at + room, 0).placed(placed));
            } else {
                atLeft.add(0, new Label(name, at, at - room, at, 0));
            }
        }
        // From the right, so that the line of none crosses a name that is there.
        atLeft.forEach(label -> placed.add(label.placed(placed)));
        return new MarkLabels(placed);
    }

    /** How many rows the names take. */
    int rows() {
        return labels.stream().mapToInt(Label::row).max().orElse(-1) + 1;
    }
}
