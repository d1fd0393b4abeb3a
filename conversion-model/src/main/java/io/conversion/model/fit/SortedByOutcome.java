package io.conversion.model.fit;

import java.util.Arrays;

/** Numbers in ascending order, apart by the outcomes of their rows and without missing ones. No zero has a sign. */
public final class SortedByOutcome {

    private final double[] positives;
    private final double[] negatives;

    private SortedByOutcome(double[] positives, double[] negatives) {
        this.positives = positives;
        this.negatives = negatives;
    }

    public static SortedByOutcome of(double[] values, boolean[] converted) {
        double[] positives = new double[values.length];
        double[] negatives = new double[values.length];
        int p = 0;
        int n = 0;
        for (int i = 0; i < values.length; i++) {
            if (!Double.isNaN(values[i])) {
                if (converted[i]) {
                    positives[p++] = values[i] + 0.0;
                } else {
                    negatives[n++] = values[i] + 0.0;
                }
            }
        }
        return new SortedByOutcome(sorted(positives, p), sorted(negatives, n));
    }

    private static double[] sorted(double[] values, int count) {
        double[] sorted = Arrays.copyOf(values, count);
        RadixSort.sort(sorted);
        return sorted;
    }

    /** The numbers of rows that converted; not to be changed. */
    double[] positives() {
        return positives;
    }

    /** The numbers of rows that did not; not to be changed. */
    double[] negatives() {
        return negatives;
    }

    /** All numbers in ascending order, a fresh array. */
    public double[] merged() {
        double[] merged = new double[positives.length + negatives.length];
        int p = 0;
        int n = 0;
        for (int i = 0; i < merged.length; i++) {
            boolean positive = n == negatives.length || (p < positives.length && positives[p] <= negatives[n]);
            merged[i] = positive ? positives[p++] : negatives[n++];
        }
        return merged;
    }
}
