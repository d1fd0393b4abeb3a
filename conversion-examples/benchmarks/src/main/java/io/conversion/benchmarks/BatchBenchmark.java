package io.conversion.benchmarks;

import io.conversion.core.ConversionModel;
import io.conversion.core.ScoredBatch;
import io.conversion.core.SignalBatch;
import io.conversion.policy.DecidedBatch;
import io.conversion.policy.PolicyEngine;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** Nanoseconds per row for a million rows in columns, in this library and by hand, on one thread and on two. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 3, jvmArgsAppend = "-Xmx2g")
public class BatchBenchmark {

    /** How many rows a batch has. */
    static final int ROWS = 1_000_000;

    private final ConversionModel model = SdkModel.model();
    private final PolicyEngine engine = PolicyEngine.of(SdkModel.policy());
    private final double[][] levelValues = HandWritten.levelValues();
    private final ExecutorService executor = Executors.newFixedThreadPool(1);
    private Columns users;
    private SignalBatch batch;
    private ScoredBatch scored;

    /** Generates the users. */
    @Setup
    public void prepare() {
        users = BenchmarkModel.users(ROWS, 1);
        batch = SdkModel.batch(model.schema(), users);
        scored = model.scorer().score(batch);
    }

    /** Ends the other thread. */
    @TearDown
    public void close() {
        executor.shutdown();
    }

    /**
     * Reads every column and does nothing else with it: what the memory allows.
     *
     * @return a sum
     */
    @Benchmark
    @OperationsPerInvocation(ROWS)
    public double readColumns() {
        return HandWritten.read(users);
    }

    /**
     * By hand: one loop from columns to log-odds and probabilities.
     *
     * @return the probabilities
     */
    @Benchmark
    @OperationsPerInvocation(ROWS)
    public double[] byHand() {
        double[] logOdds = new double[ROWS];
        double[] probabilities = new double[ROWS];
        HandWritten.batch(users, levelValues, logOdds, probabilities, 0, ROWS);
        return probabilities;
    }

    /**
     * The same on two threads, half of the rows each.
     *
     * @return the probabilities
     */
    @Benchmark
    @OperationsPerInvocation(ROWS)
    public double[] byHandTwoThreads() {
        double[] logOdds = new double[ROWS];
        double[] probabilities = new double[ROWS];
        CompletableFuture<Void> other = CompletableFuture.runAsync(
                () -> HandWritten.batch(users, levelValues, logOdds, probabilities, ROWS / 2, ROWS), executor);
        HandWritten.batch(users, levelValues, logOdds, probabilities, 0, ROWS / 2);
        other.join();
        return probabilities;
    }

    /**
     * A checked batch to scores.
     *
     * @return the scores
     */
    @Benchmark
    @OperationsPerInvocation(ROWS)
    public ScoredBatch score() {
        return model.scorer().score(batch);
    }

    /**
     * The same on two threads.
     *
     * @return the scores
     */
    @Benchmark
    @OperationsPerInvocation(ROWS)
    public ScoredBatch scoreTwoThreads() {
        return model.scorer().score(batch, executor, 2);
    }

    /**
     * Scores to decisions.
     *
     * @return the decisions
     */
    @Benchmark
    @OperationsPerInvocation(ROWS)
    public DecidedBatch decide() {
        return engine.decide(scored);
    }

    /**
     * Columns to a batch: the copies and the checks.
     *
     * @return the batch
     */
    @Benchmark
    @OperationsPerInvocation(ROWS)
    public SignalBatch check() {
        return SdkModel.batch(model.schema(), users);
    }
}
