package io.conversion.model.chart;

import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** From the smallest to the largest of some numbers. */
record ChartRange(double min, double max) {

    static <T> ChartRange of(List<T> rows, ToDoubleFunction<T> of) {
        if (rows.isEmpty()) {
            throw new IllegalArgumentException("a chart has nothing to draw; it needs at least one point");
        }
        DoubleSummaryStatistics numbers = rows.stream().mapToDouble(of).summaryStatistics();
        return new ChartRange(numbers.getMin(), numbers.getMax());
    }

    /** The ends of the intervals of points. */
    static ChartRange ofIntervals(List<ChartPoint> points) {
        return of(points, ChartPoint::lower).and(of(points, ChartPoint::upper));
    }

    ChartRange and(ChartRange other) {
        return new ChartRange(Math.min(min, other.min), Math.max(max, other.max));
    }

    ChartRange with(double value) {
        return new ChartRange(Math.min(min, value), Math.max(max, value));
    }

    /** Wider by shares of its span at either end; a span of nothing counts as 1. */
    ChartRange padded(double below, double above) {
        double span = max > min ? max - min : 1;
        return new ChartRange(min - below * span, max + above * span);
    }

    double span() {
        return max - min;
    }
}
