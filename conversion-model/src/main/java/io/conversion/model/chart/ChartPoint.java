package io.conversion.model.chart;

/**
 * An estimate to be drawn, with its interval.
 *
 * @param x where it stands, finite
 * @param y the estimate, finite
 * @param lower lower end of its interval, finite and at most {@code y}
 * @param upper upper end of its interval, finite and at least {@code y}
 */
public record ChartPoint(double x, double y, double lower, double upper) {

    /** Checks the numbers. {@inheritDoc} */
    public ChartPoint {
        if (!(Double.isFinite(x) && Double.isFinite(lower) && Double.isFinite(upper) && lower <= y && y <= upper)) {
            throw new IllegalArgumentException("a point of a chart has x " + x + ", y " + y + " and the interval "
                    + lower + " to " + upper + "; all must be finite and y within its interval");
        }
    }

    /**
     * A point without an interval.
     *
     * @param x where it stands, finite
     * @param y the estimate, finite
     * @return the point
     */
    public static ChartPoint of(double x, double y) {
        return new ChartPoint(x, y, y, y);
    }
}
