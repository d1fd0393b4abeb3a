package io.conversion.model.data;

import java.util.Arrays;

/**
 * Where the values of one signal lie among each other, so that they can be told how far apart they are: of numbers the
 * share of rows below, by a sample; of levels that they are the same or not. Missing is apart from every value by a half,
 * and so is a level from another one.
 */
final class SignalRanks {

    private static final int SAMPLE = 2000;
    private static final int BLOCK = 512;

    /** Values of so many rows tell rows apart; a signal of fewer cannot. */
    private static final double DISTINCT = 0.02;

    /** Ranks lie from 0 to 1; from here on a distance is one between unlike things. */
    private static final float UNLIKE = 10;

    private final float[] ranks;
    private final boolean fine;

    private SignalRanks(float[] ranks, boolean fine) {
        this.ranks = ranks;
        this.fine = fine;
    }

    static SignalRanks ofNumbers(double[] values) {
        double[] sorted = sample(values);
        double[] padded = Arrays.copyOf(sorted, 2048);
        Arrays.fill(padded, sorted.length, padded.length, Double.POSITIVE_INFINITY);
        float[] ranks = new float[values.length];
        int[] below = new int[BLOCK];
        for (int from = 0; from < ranks.length; from += BLOCK) {
            int to = Math.min(ranks.length, from + BLOCK);
            countBelow(padded, values, from, to, below);
            for (int row = from; row < to; row++) {
                ranks[row] = rank(values[row], padded, sorted.length, below[row - from]);
            }
        }
        long distinct = Arrays.stream(sorted).distinct().count();
        return new SignalRanks(ranks, distinct >= DISTINCT * sorted.length && sorted.length > 20);
    }

    static SignalRanks ofCodes(double[] values) {
        float[] ranks = new float[values.length];
        for (int row = 0; row < ranks.length; row++) {
            ranks[row] = (Double.isNaN(values[row]) ? -1e6f : (float) values[row]) * UNLIKE;
        }
        return new SignalRanks(ranks, false);
    }

    /** Whether the signal has enough different numbers to tell rows apart. */
    boolean isFine() {
        return fine;
    }

    private static double[] sample(double[] values) {
        int kept = Math.min(values.length, SAMPLE);
        double[] some = new double[kept];
        for (int i = 0; i < kept; i++) {
            some[i] = values[(int) ((long) i * values.length / kept)];
        }
        return Arrays.stream(some)
                .filter(value -> !Double.isNaN(value))
                .sorted()
                .toArray();
    }

    /** Counts the numbers of a sample below the values of some rows; its length is a power of two, the last one is none. */
    private static void countBelow(double[] sample, double[] values, int from, int to, int[] below) {
        Arrays.fill(below, 0);
        // Step by step for all rows, not row by row, so that the next row does not wait for the one before.
        for (int half = sample.length / 2; half > 0; half /= 2) {
            for (int row = from; row < to; row++) {
                int counted = below[row - from];
                below[row - from] = sample[counted + half - 1] < values[row] ? counted + half : counted;
            }
        }
    }

    /** The share of the sample below a value, with what lies between two values of it. */
    private static float rank(double value, double[] sample, int size, int below) {
        if (Double.isNaN(value) || size == 0) {
            return -UNLIKE;
        }
        if (below == 0 || below == size) {
            return (float) below / size;
        }
        double from = sample[below - 1];
        double to = sample[below];
        return (float) ((below - (to - value) / (to - from)) / size);
    }

    /** Adds the distances of all rows to one. */
    void addDistances(int row, float[] sums) {
        float own = ranks[row];
        for (int i = 0; i < sums.length; i++) {
            float apart = Math.abs(own - ranks[i]);
            // As it is up to 1, and a half from UNLIKE - 1 on: without a branch, several rows are computed at once.
            sums[i] += Math.min(apart, Math.max(0.5f, (UNLIKE - apart) / 2));
        }
    }
}
