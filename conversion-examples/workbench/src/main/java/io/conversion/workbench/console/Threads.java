package io.conversion.workbench.console;

import io.conversion.model.data.CsvSignals;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/**
 * Has the rows of a file worked on by several threads, a chunk at a time. Chunks are taken and given back in the order of
 * the file, and only a few are in memory at once, so the output does not depend on the number of threads and the file may
 * be of any size.
 */
public final class Threads {

    private static final int CHUNK = 4096;

    @Option(
            names = "--threads",
            paramLabel = "N",
            order = 3,
            converter = AtLeastOne.class,
            description = "How many threads work at once (default: one for each processor). The output is the same"
                    + " for any number.")
    private Long threads = (long) Runtime.getRuntime().availableProcessors();

    /** Takes what became of one chunk. */
    @FunctionalInterface
    public interface Sink<T> {
        void accept(T result) throws IOException;
    }

    /** Maps each chunk of rows, and hands the results on in the order of the file, on the calling thread. */
    public <T> void forEachChunk(CsvSignals users, Function<Iterable<CsvSignals.Row>, T> work, Sink<T> sink)
            throws IOException {
        int count = (int) Math.min(threads, 256);
        if (count == 1) {
            while (users.hasNext()) {
                sink.accept(work.apply(users.next(CHUNK)));
            }
            return;
        }
        ExecutorService executor = Executors.newFixedThreadPool(count);
        Deque<CompletableFuture<T>> open = new ArrayDeque<>();
        try {
            while (users.hasNext()) {
                Iterable<CsvSignals.Row> chunk = users.next(CHUNK);
                open.add(CompletableFuture.supplyAsync(() -> work.apply(chunk), executor));
                if (open.size() > 2 * count) {
                    sink.accept(result(open.remove()));
                }
            }
            while (!open.isEmpty()) {
                sink.accept(result(open.remove()));
            }
        } finally {
            executor.shutdownNow();
        }
    }

    private static <T> T result(CompletableFuture<T> future) {
        try {
            return future.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            } else if (e.getCause() instanceof Error cause) {
                throw cause;
            }
            throw e;
        } catch (CancellationException e) {
            throw new IllegalStateException("a chunk of rows was not worked on", e);
        }
    }

    /** Reads a whole number of at least 1. */
    private static final class AtLeastOne implements ITypeConverter<Long> {

        @Override
        public Long convert(String text) {
            long count = new CountConverter().convert(text);
            if (count == 0) {
                throw new TypeConversionException("at least one thread is needed");
            }
            return count;
        }
    }
}
