package io.conversion.core;

import java.util.List;

/** The arithmetic of straight lines between points, which shapes and calibrations share. Pure. */
final class Segments {

    private Segments() {}

    /** How many of ascending numbers are at or below {@code x}; none if it is NaN. */
    static int atOrBelow(double[] ascending, double x) {
        int low = 0;
        int high = ascending.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (x >= ascending[middle]) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** The same of a list. */
    static int atOrBelow(List<Double> ascending, double x) {
        int low = 0;
        int high = ascending.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (x >= ascending.get(middle)) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /**
     * The line through {@code (from, first)} and {@code (to, second)} at an {@code x} between them. Each operation is
     * monotone in {@code x}, and so is the clamp, which keeps rounding from leaving the interval of the two values.
     */
    static double between(double x, double from, double to, double first, double second) {
        double value = first + (x - from) / (to - from) * (second - first);
        return first <= second ? Math.min(Math.max(value, first), second) : Math.max(Math.min(value, first), second);
    }

    static double[] array(List<Double> numbers) {
        return numbers.stream().mapToDouble(Double::doubleValue).toArray();
    }
}
