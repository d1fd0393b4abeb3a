package io.conversion.benchmarks;

import io.conversion.core.ConversionModel;
import io.conversion.core.Scorer;
import io.conversion.core.signals.SignalReading;
import io.conversion.policy.Decision;
import io.conversion.policy.DecisionContext;
import io.conversion.policy.DecisionEvent;
import io.conversion.policy.PolicyEngine;
import io.conversion.policy.monitoring.Challenger;
import io.conversion.policy.monitoring.Challenger.Budget;
import io.conversion.policy.records.DecisionRecord;
import io.conversion.policy.records.JsonlDecisionLog;
import io.conversion.policy.records.JsonlOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Nanoseconds per decision with and without a record and a challenger, on one thread, over users in turn. A log that is
 * asked without a pause has a full buffer and loses most decisions, as it counts; what is measured is what the request
 * pays.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(3)
public class RecordBenchmark {

    private final ConversionModel model = SdkModel.model();
    private final Scorer scorer = model.scorer();
    private final PolicyEngine engine = PolicyEngine.of(SdkModel.policy());
    private final Challenger challenger = Challenger.of(
            scorer,
            PolicyEngine.of(SdkModel.policy().toBuilder("2").margin(0.1).build()),
            new Budget(1_000_000_000, 1_000));

    private final double[] coefficients = HandWritten.coefficients();
    private double[][] prepared;
    private SignalReading[] readings;
    private Path folder;
    private JsonlDecisionLog log;
    private int next;

    /**
     * Reads the users and opens a log in a temporary folder.
     *
     * @throws IOException if there is no such folder
     */
    @Setup
    public void prepare() throws IOException {
        Columns users = BenchmarkModel.users(ScoreBenchmark.USERS, 1);
        prepared = new double[ScoreBenchmark.USERS][];
        readings = new SignalReading[ScoreBenchmark.USERS];
        for (int row = 0; row < readings.length; row++) {
            prepared[row] = HandWritten.prepare(users, row);
            readings[row] = model.schema().read(users.rows().get(row));
        }
        folder = Files.createTempDirectory("decisions");
        log = JsonlDecisionLog.open(folder, JsonlOptions.defaults());
    }

    /**
     * Closes the log and removes its files.
     *
     * @throws IOException if they cannot be removed
     */
    @TearDown
    public void remove() throws IOException {
        log.close();
        System.out.printf(Locale.ROOT, "(%d decisions written, %d lost) ", log.written(), log.lost());
        for (Path file : JsonlDecisionLog.files(folder)) {
            Files.delete(file);
        }
        Files.delete(folder);
    }

    /**
     * By hand: prepared doubles to a probability.
     *
     * @return the probability
     */
    @Benchmark
    public double floor() {
        return HandWritten.prepared(coefficients, prepared[turn()]);
    }

    /**
     * Signals to a decision, without a record.
     *
     * @return the decision
     */
    @Benchmark
    public Decision decide() {
        return engine.decide(scorer, readings[turn()], DecisionContext.NONE);
    }

    /**
     * Signals to a decision, and the decision to the log.
     *
     * @return the decision
     */
    @Benchmark
    public Decision decideAndLog() {
        DecisionEvent event = event();
        log.decided(event, 0);
        return event.decision();
    }

    /**
     * Signals to a decision, and a challenger asked the same.
     *
     * @return the decision
     */
    @Benchmark
    public Decision decideAndChallenge() {
        DecisionEvent event = event();
        challenger.decided(event, 0);
        return event.decision();
    }

    /**
     * A decision to the line of its record, which is the work of the log's own thread.
     *
     * @return the line
     */
    @Benchmark
    public String lineOfRecord() {
        return DecisionRecord.of(event()).toJson();
    }

    private DecisionEvent event() {
        return DecisionEvent.decide(engine, scorer, readings[turn()], DecisionContext.NONE, "request", null);
    }

    private int turn() {
        next = (next + 1) & (ScoreBenchmark.USERS - 1);
        return next;
    }
}
