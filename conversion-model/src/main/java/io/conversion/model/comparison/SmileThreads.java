package io.conversion.model.comparison;

import java.util.concurrent.Callable;
import java.util.concurrent.ForkJoinPool;

/**
 * Runs Smile on threads of its own. Its random numbers come from a generator for each thread, which is seeded here: those of
 * the caller and of the common pool keep their state.
 */
final class SmileThreads {

    private SmileThreads() {}

    static <T> T call(Callable<T> work) {
        ForkJoinPool threads = new ForkJoinPool(Runtime.getRuntime().availableProcessors());
        try {
            return threads.submit(work).join();
        } finally {
            threads.shutdown();
        }
    }
}
