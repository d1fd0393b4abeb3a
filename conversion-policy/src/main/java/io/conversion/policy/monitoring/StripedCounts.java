package io.conversion.policy.monitoring;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.LongBinaryOperator;

/**
 * Counts in numbered cells, added to by many threads without a lock: each thread adds to one of several copies, and the
 * sum of the copies is read. Nothing is lost, whatever threads there are; a sum that is read meanwhile may lack what is
 * being added.
 */
final class StripedCounts {

    private final AtomicLongArray[] stripes;

    /** At least as many copies as there are processors, so that threads in turn seldom share one. */
    StripedCounts(int cells) {
        int processors = Math.min(Runtime.getRuntime().availableProcessors(), 64);
        this.stripes = new AtomicLongArray[2 * Integer.highestOneBit(processors)];
        Arrays.setAll(stripes, i -> new AtomicLongArray(cells));
    }

    /** The copy of the calling thread. */
    AtomicLongArray mine() {
        return stripes[(int) Thread.currentThread().getId() & (stripes.length - 1)];
    }

    /** Sets a cell of all copies, before anything is counted. */
    void start(int cell, long value) {
        for (AtomicLongArray stripe : stripes) {
            stripe.set(cell, value);
        }
    }

    /** What all copies of a cell come to. */
    long fold(int cell, LongBinaryOperator operator) {
        return Arrays.stream(stripes)
                .mapToLong(stripe -> stripe.get(cell))
                .reduce(operator)
                .orElseThrow();
    }

    long sum(int cell) {
        long sum = 0;
        for (AtomicLongArray stripe : stripes) {
            sum += stripe.get(cell);
        }
        return sum;
    }
}
