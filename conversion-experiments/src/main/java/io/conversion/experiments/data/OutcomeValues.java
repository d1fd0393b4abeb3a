package io.conversion.experiments.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The outcomes of one metric, in whatever order they came, until they are put together by user: 20 bytes each while they are
 * read, and 16 more while they are put together. Not for several threads.
 */
final class OutcomeValues {

    private static final int BLOCK = 1 << 14;

    private final List<Block> blocks = new ArrayList<>();
    private int size;
    private long doubles;

    /** So many outcomes, so that none is ever copied to make room. */
    private static final class Block {
        private final int[] users = new int[BLOCK];
        private final long[] moments = new long[BLOCK];
        private final double[] values = new double[BLOCK];
    }

    /** Adds an outcome: the moment in any unit since any time, the same for all outcomes of a user. */
    void add(int user, long moment, double value) {
        int place = size % BLOCK;
        if (place == 0) {
            blocks.add(new Block());
        }
        Block block = blocks.get(size / BLOCK);
        block.users[place] = user;
        block.moments[place] = moment;
        block.values[place] = value;
        size = Math.incrementExact(size);
    }

    /** The sum of each user that is kept, 0 without outcomes. Two outcomes of one moment and value are one. */
    double[] sums(int[] kept, int all) {
        int[] starts = starts(all);
        long[] moments = new long[size];
        double[] values = new double[size];
        int[] next = starts.clone();
        for (int i = 0; i < size; i++) {
            Block block = blocks.get(i / BLOCK);
            int place = next[block.users[i % BLOCK]]++;
            moments[place] = block.moments[i % BLOCK];
            values[place] = block.values[i % BLOCK];
        }
        double[] ofAll = new double[all];
        doubles = 0;
        for (int user = 0; user < all; user++) {
            int end = single(moments, values, starts[user], starts[user + 1]);
            doubles += starts[user + 1] - end;
            // Numbers are added in ascending order, so that the order of outcomes does not show.
            Arrays.sort(values, starts[user], end);
            for (int i = starts[user]; i < end; i++) {
                ofAll[user] += values[i];
            }
        }
        return Arrays.stream(kept).mapToDouble(user -> ofAll[user]).toArray();
    }

    /** How many outcomes were there twice when they were last put together. */
    long doubles() {
        return doubles;
    }

    private int[] starts(int all) {
        int[] starts = new int[all + 1];
        for (int i = 0; i < size; i++) {
            starts[blocks.get(i / BLOCK).users[i % BLOCK] + 1]++;
        }
        Arrays.parallelPrefix(starts, Integer::sum);
        return starts;
    }

    /** Sorts outcomes by moment and value, moves those that differ to the front, and answers where they end. */
    private static int single(long[] moments, double[] values, int from, int to) {
        sort(moments, values, from, to);
        int end = from;
        for (int i = from; i < to; i++) {
            if (i == from || compare(moments, values, i, end - 1) != 0) {
                swap(moments, values, i, end++);
            }
        }
        return end;
    }

    /** Heapsort, which needs no memory and no luck with users of very many outcomes. */
    private static void sort(long[] moments, double[] values, int from, int to) {
        for (int root = from + (to - from) / 2 - 1; root >= from; root--) {
            sink(moments, values, from, root, to);
        }
        for (int end = to - 1; end > from; end--) {
            swap(moments, values, from, end);
            sink(moments, values, from, from, end);
        }
    }

    private static void sink(long[] moments, double[] values, int from, int start, int to) {
        int root = start;
        for (int child = from + 2 * (root - from) + 1; child < to; child = from + 2 * (root - from) + 1) {
            if (child + 1 < to && compare(moments, values, child, child + 1) < 0) {
                child++;
            }
            if (compare(moments, values, root, child) >= 0) {
                return;
            }
            swap(moments, values, root, child);
            root = child;
        }
    }

    private static int compare(long[] moments, double[] values, int one, int other) {
        int byMoment = Long.compare(moments[one], moments[other]);
        return byMoment != 0 ? byMoment : Double.compare(values[one], values[other]);
    }

    private static void swap(long[] moments, double[] values, int one, int other) {
        long moment = moments[one];
        moments[one] = moments[other];
        moments[other] = moment;
        double value = values[one];
        values[one] = values[other];
        values[other] = value;
    }
}
