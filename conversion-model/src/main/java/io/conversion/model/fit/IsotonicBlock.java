package io.conversion.model.fit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiPredicate;
import java.util.stream.IntStream;

/**
 * Rows of neighbouring log-odds that share one rate of conversion.
 *
 * @param first the lowest log-odds
 * @param last the highest log-odds
 * @param sum the sum of the log-odds of all rows
 * @param rows the number of rows
 * @param positives how many of them converted
 */
public record IsotonicBlock(double first, double last, double sum, int rows, int positives) {

    /** Blocks of rising rates by pooling adjacent violators; rows of equal log-odds are in one block. */
    public static List<IsotonicBlock> of(double[] logOdds, boolean[] converted) {
        double[] positives = sorted(logOdds, converted, true);
        double[] negatives = sorted(logOdds, converted, false);
        List<IsotonicBlock> ties = new ArrayList<>();
        int p = 0;
        int n = 0;
        while (p < positives.length || n < negatives.length) {
            double value = p == positives.length
                    ? negatives[n]
                    : n == negatives.length ? positives[p] : Math.min(positives[p], negatives[n]);
            int begin = p + n;
            int beginOfPositives = p;
            while (p < positives.length && positives[p] == value) {
                p++;
            }
            while (n < negatives.length && negatives[n] == value) {
                n++;
            }
            int rows = p + n - begin;
            ties.add(new IsotonicBlock(value, value, value * rows, rows, p - beginOfPositives));
        }
        return pooled(ties, IsotonicBlock::isAtLeast);
    }

    private static double[] sorted(double[] logOdds, boolean[] converted, boolean outcome) {
        return IntStream.range(0, logOdds.length)
                .filter(i -> converted[i] == outcome)
                .mapToDouble(i -> logOdds[i])
                .sorted()
                .toArray();
    }

    /** The same blocks, pooled until their bounded log-odds rise, too. */
    public static List<IsotonicBlock> bounded(List<IsotonicBlock> blocks) {
        return pooled(blocks, (left, right) -> left.logOdds() >= right.logOdds());
    }

    /** From left to right, each block is pooled with those before it as long as they violate the order. */
    private static List<IsotonicBlock> pooled(
            List<IsotonicBlock> blocks, BiPredicate<IsotonicBlock, IsotonicBlock> violate) {
        IsotonicBlock[] stack = new IsotonicBlock[blocks.size()];
        int size = 0;
        for (IsotonicBlock block : blocks) {
            IsotonicBlock next = block;
            while (size > 0 && violate.test(stack[size - 1], next)) {
                next = stack[--size].with(next);
            }
            stack[size++] = next;
        }
        return List.of(Arrays.copyOf(stack, size));
    }

    private IsotonicBlock with(IsotonicBlock next) {
        return new IsotonicBlock(first, next.last, sum + next.sum, rows + next.rows, positives + next.positives);
    }

    /** Whether the rate is at least that of another block, exactly. */
    private boolean isAtLeast(IsotonicBlock other) {
        return (long) positives * other.rows >= (long) other.positives * rows;
    }

    /** The rate of conversion, 0 to 1. */
    public double rate() {
        return (double) positives / rows;
    }

    /** The log-odds of the bounded rate {@code (positives + 1/2) / (rows + 1)}. */
    public double logOdds() {
        return StrictMath.log((positives + 0.5) / (rows - positives + 0.5));
    }

    /** The mean of the raw log-odds, kept within the block against rounding. */
    public double mean() {
        return Math.min(Math.max(sum / rows, first), last);
    }
}
