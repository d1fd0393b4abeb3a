package io.conversion.core;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Cuts rows into ranges and has them worked on by several threads. The calling thread works, too, and takes every range
 * that no other one has begun, so an executor that is busy, or is the caller's own, cannot bring it to a halt.
 */
final class RowRanges {

    /** Rows of a range: enough to outweigh fetching it, few enough to leave no thread without work at the end. */
    static final int QUICK_ROWS = 16 * 1024;

    /** The same where a row takes long, such as a call over a network. */
    static final int SLOW_ROWS = 16;

    /** Work on the rows from {@code from}, inclusive, to {@code to}, exclusive. */
    @FunctionalInterface
    interface Work {
        void on(int from, int to);
    }

    private final int rows;
    private final int ofRange;
    private final Work work;
    private final AtomicInteger next = new AtomicInteger();
    private final CountDownLatch open;
    private final AtomicReference<Throwable> failure = new AtomicReference<>();

    private RowRanges(int rows, int ofRange, Work work) {
        this.rows = rows;
        this.ofRange = ofRange;
        this.work = work;
        this.open = new CountDownLatch(count());
    }

    private int count() {
        return (int) (((long) rows + ofRange - 1) / ofRange);
    }

    /** Returns when all rows are done. */
    static void forEach(int rows, int ofRange, Work work, Executor executor, int threads) {
        if (threads < 1) {
            throw new IllegalArgumentException("the number of threads is " + threads + "; at least 1 is allowed");
        }
        RowRanges ranges = new RowRanges(rows, ofRange, work);
        ranges.share(executor, Math.min(threads, ranges.count()) - 1);
        ranges.takeAll();
        ranges.await();
    }

    /** Offers the work to other threads. An executor that is full or shut down leaves it to those that have begun. */
    private void share(Executor executor, int others) {
        try {
            for (int i = 0; i < others; i++) {
                executor.execute(this::takeAll);
            }
        } catch (RejectedExecutionException e) {
            // The calling thread takes every range that no other one has begun.
        }
    }

    private void takeAll() {
        for (int range = next.getAndIncrement(); range < count(); range = next.getAndIncrement()) {
            try {
                int from = range * ofRange;
                work.on(from, Math.min(rows - from, ofRange) + from);
            } catch (RuntimeException | Error e) {
                failure.compareAndSet(null, e);
            } finally {
                open.countDown();
            }
        }
    }

    private void await() {
        boolean interrupted = false;
        while (true) {
            try {
                open.await();
                break;
            } catch (InterruptedException e) {
                // The other threads write into arrays of the result, so it is waited for; the caller is told
                // afterwards.
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        Throwable thrown = failure.get();
        if (thrown != null) {
            throw new IllegalStateException("a batch could not be scored", thrown);
        }
    }
}
