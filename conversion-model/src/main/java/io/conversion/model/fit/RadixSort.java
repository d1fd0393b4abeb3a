package io.conversion.model.fit;

import java.util.Arrays;

/**
 * Sorts many numbers, in the order of {@link Double#compare}: by one byte of their bits after the other, from the lowest,
 * without comparing any two (Knuth, The Art of Computer Programming 3, section 5.2.5). A byte that all numbers share,
 * as whole numbers do most of theirs, costs nothing.
 */
public final class RadixSort {

    /** Below this, comparing is quicker. */
    private static final int LEAST = 1024;

    private static final int BYTES = Double.BYTES;

    private RadixSort() {}

    public static void sort(double[] values) {
        if (values.length < LEAST) {
            Arrays.sort(values);
            return;
        }
        long[] keys = new long[values.length];
        int[][] counts = new int[BYTES][256];
        for (int i = 0; i < keys.length; i++) {
            long bits = Double.doubleToLongBits(values[i]);
            // Of a negative number all bits are turned, of another one the sign: then keys compare as unsigned ones.
            keys[i] = bits ^ (bits >> 63 | Long.MIN_VALUE);
            for (int b = 0; b < BYTES; b++) {
                counts[b][digit(keys[i], b)]++;
            }
        }
        long[] from = keys;
        long[] to = new long[keys.length];
        for (int b = 0; b < BYTES; b++) {
            if (counts[b][digit(from[0], b)] < from.length) {
                deal(from, to, b, counts[b]);
                long[] dealt = to;
                to = from;
                from = dealt;
            }
        }
        for (int i = 0; i < values.length; i++) {
            values[i] = Double.longBitsToDouble(from[i] ^ (~from[i] >> 63 | Long.MIN_VALUE));
        }
    }

    private static int digit(long key, int b) {
        return (int) (key >>> (8 * b)) & 255;
    }

    /** Orders the keys by one byte, those that share it as they were. */
    private static void deal(long[] from, long[] to, int b, int[] counts) {
        int[] next = new int[counts.length];
        for (int digit = 1; digit < next.length; digit++) {
            next[digit] = next[digit - 1] + counts[digit - 1];
        }
        for (long key : from) {
            to[next[digit(key, b)]++] = key;
        }
    }
}
