package io.conversion.experiments.statistics;

import java.util.stream.IntStream;

/** P-values corrected for how many of them there are. All are valid for single looks and for sequences alike. */
public final class MultipleComparisons {

    private MultipleComparisons() {}

    /**
     * Holm's correction: with it the chance that any of those without an effect falls below the error rate is at most that rate.
     *
     * @param pValues the p-values
     * @return the corrected ones, in the same order, at most 1
     */
    public static double[] holm(double... pValues) {
        int[] order = ascending(pValues);
        double[] corrected = new double[pValues.length];
        double largest = 0;
        for (int i = 0; i < order.length; i++) {
            largest = Math.max(largest, Math.min(1, (order.length - i) * pValues[order[i]]));
            corrected[order[i]] = largest;
        }
        return corrected;
    }

    /**
     * The correction of Benjamini and Hochberg: with it at most the error rate of those that fall below it are without an
     * effect, on average.
     *
     * @param pValues the p-values
     * @return the corrected ones, in the same order, at most 1
     */
    public static double[] benjaminiHochberg(double... pValues) {
        int[] order = ascending(pValues);
        double[] corrected = new double[pValues.length];
        double smallest = 1;
        for (int i = order.length - 1; i >= 0; i--) {
            smallest = Math.min(smallest, pValues[order[i]] * order.length / (i + 1));
            corrected[order[i]] = smallest;
        }
        return corrected;
    }

    private static int[] ascending(double[] pValues) {
        return IntStream.range(0, pValues.length)
                .boxed()
                .sorted((a, b) -> Double.compare(pValues[a], pValues[b]))
                .mapToInt(Integer::intValue)
                .toArray();
    }
}
