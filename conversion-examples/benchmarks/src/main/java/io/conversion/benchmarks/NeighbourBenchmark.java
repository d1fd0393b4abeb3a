package io.conversion.benchmarks;

import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Nanoseconds per score of the {@link BenchmarkModel} in another library, on one thread. Calls go through
 * {@value #USERS} users in turn, so that the processor cannot learn one of them by heart.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
// ONNX Runtime opens a model with more stack than a thread has by default.
@Fork(value = 3, jvmArgsAppend = "-Xss8m")
public class NeighbourBenchmark {

    /** How many users there are, a power of 2. */
    static final int USERS = 256;

    /** The library, one of {@link Neighbour#NAMES}. */
    @Param({"smile", "tribuo", "h2o", "onnxruntime"})
    private String library;

    private Neighbour neighbour;
    private List<Map<String, Object>> maps;
    private DoubleSupplier[] rows;
    private Supplier<double[]> batch;
    private int next;

    /** Opens the library and brings the users into its form. */
    @Setup
    public void open() {
        Columns users = BenchmarkModel.users(USERS, 1);
        neighbour = Neighbour.of(library);
        maps = users.rows();
        rows = maps.stream().map(neighbour::prepare).toArray(DoubleSupplier[]::new);
        batch = neighbour.prepareBatch(users);
    }

    /** Closes the library. */
    @TearDown
    public void close() {
        neighbour.close();
    }

    /**
     * The score alone.
     *
     * @return the probability
     */
    @Benchmark
    public double prepared() {
        return rows[turn()].getAsDouble();
    }

    /**
     * Preprocessing and score.
     *
     * @return the probability
     */
    @Benchmark
    public double fromMap() {
        return neighbour.fromMap(maps.get(turn()));
    }

    /**
     * All users at once; the time is that of one of them.
     *
     * @return the probabilities
     */
    @Benchmark
    @OperationsPerInvocation(USERS)
    public double[] batch() {
        return batch.get();
    }

    private int turn() {
        next = (next + 1) & (USERS - 1);
        return next;
    }
}
