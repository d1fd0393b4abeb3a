package io.conversion.model.fit;

import java.util.List;
import java.util.stream.IntStream;

/**
 * Sums over many rows by parts: the rows are cut into the same chunks whatever the number of threads, and the parts are
 * given back in their order, so that adding them up gives the same bits each time.
 */
public final class RowChunks {

    /** Below this a part is not worth a thread. */
    private static final int LEAST = 4096;

    private static final int MOST = 32;

    private RowChunks() {}

    /** What is computed from the rows from one number, inclusive, to another one, exclusive. */
    @FunctionalInterface
    public interface Part<T> {
        T of(int from, int to);
    }

    public static <T> List<T> map(int rows, Part<T> part) {
        int chunks = Math.max(1, Math.min(MOST, rows / LEAST));
        return IntStream.range(0, chunks)
                .parallel()
                .mapToObj(i -> part.of((int) ((long) rows * i / chunks), (int) ((long) rows * (i + 1) / chunks)))
                .toList();
    }
}
