package io.conversion.core.internal;

import java.util.List;

/** The arithmetic of straight lines between points, which shapes and calibrations share. Pure. */
public final class Segments {

    private Segments() {}

    /**
     * How many of ascending numbers are at or below another one.
     *
     * @param ascending the numbers
     * @param x the other one
     * @return how many; none if it is NaN
     */
    public static int atOrBelow(double[] ascending, double x) {
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

    /**
     * How many of ascending numbers are at or below another one.
     *
     * @param ascending the numbers
     * @param x the other one
     * @return how many; none if it is NaN
     */
    public static int atOrBelow(List<Double> ascending, double x) {
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
     *
     * @param x where
     * @param from where the line begins
     * @param to where it ends, above {@code from}
     * @param first its value at the beginning
     * @param second its value at the end
     * @return its value at {@code x}
     */
    public static double between(double x, double from, double to, double first, double second) {
        double value = first + (x - from) / (to - from) * (second - first);
        return first <= second ? Math.min(Math.max(value, first), second) : Math.max(Math.min(value, first), second);
    }

    /**
     * The numbers as an array.
     *
     * @param numbers the numbers
     * @return a fresh array
     */
    public static double[] array(List<Double> numbers) {
        return numbers.stream().mapToDouble(Double::doubleValue).toArray();
    }
}
