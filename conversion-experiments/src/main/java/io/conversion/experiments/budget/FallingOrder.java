package io.conversion.experiments.budget;

/** The order of numbers from the largest to the smallest, ties as they stand: a merge sort of places, without boxing. */
final class FallingOrder {

    private FallingOrder() {}

    static int[] of(double[] numbers, int count) {
        int[] from = new int[count];
        for (int i = 0; i < count; i++) {
            from[i] = i;
        }
        int[] to = new int[count];
        for (int width = 1; width > 0 && width < count; width *= 2) {
            for (int start = 0; start < count; start += 2 * width) {
                merge(numbers, from, to, start, Math.min(count, start + width), Math.min(count, start + 2 * width));
                if (count - start <= 2 * width) {
                    break;
                }
            }
            int[] merged = to;
            to = from;
            from = merged;
        }
        return from;
    }

    private static void merge(double[] numbers, int[] from, int[] to, int start, int middle, int end) {
        int left = start;
        int right = middle;
        for (int i = start; i < end; i++) {
            boolean isLeft = left < middle && (right >= end || numbers[from[left]] >= numbers[from[right]]);
            to[i] = isLeft ? from[left++] : from[right++];
        }
    }
}
