package io.conversion.benchmarks;

import io.conversion.core.ConversionModel;
import io.conversion.core.Explanation;
import io.conversion.core.Scorer;
import io.conversion.core.signals.SignalBinding;
import io.conversion.core.signals.Signals;
import io.conversion.policy.Decision;
import io.conversion.policy.PolicyEngine;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Nanoseconds per user in this library and by hand, on one thread, over {@value #USERS} users in turn. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(3)
public class ScoreBenchmark {

    /** How many users there are, a power of 2. */
    static final int USERS = 256;

    private final ConversionModel model = SdkModel.model();
    private final Scorer scorer = model.scorer();
    private final PolicyEngine engine = PolicyEngine.of(SdkModel.policy());
    private final SignalBinding<BenchmarkUser> binding = SignalBinding.of(BenchmarkUser.class, model.schema());

    private final double[] coefficients = HandWritten.coefficients();
    private double[][] prepared;
    private Signals[] signals;
    private BenchmarkUser[] records;
    private List<Map<String, Object>> maps;
    private int next;

    /** Brings the users into every form. */
    @Setup
    public void prepare() {
        Columns users = BenchmarkModel.users(USERS, 1);
        prepared = IntStream.range(0, USERS)
                .mapToObj(row -> HandWritten.prepare(users, row))
                .toArray(double[][]::new);
        records = IntStream.range(0, USERS)
                .mapToObj(row -> BenchmarkUser.of(users, row))
                .toArray(BenchmarkUser[]::new);
        maps = users.rows();
        signals = maps.stream()
                .map(user -> model.schema().read(user).orElseThrow())
                .toArray(Signals[]::new);
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
     * Prepared signals to a score that does not escape.
     *
     * @return its probability
     */
    @Benchmark
    public double single() {
        return scorer.score(signals[turn()]).probability();
    }

    /**
     * A record to a decision.
     *
     * @return the decision
     */
    @Benchmark
    public Decision record() {
        return engine.decide(scorer.score(binding.signalsOf(records[turn()])));
    }

    /**
     * By hand: a map to an action.
     *
     * @return the action
     */
    @Benchmark
    public String mapByHand() {
        return HandWritten.decide(maps.get(turn()));
    }

    /**
     * A map to a decision.
     *
     * @return the decision
     */
    @Benchmark
    public Decision map() {
        return engine.decide(scorer, model.schema().read(maps.get(turn())));
    }

    /**
     * A map to a probability, as the neighbours do it.
     *
     * @return the probability
     */
    @Benchmark
    public double mapToProbability() {
        return scorer.score(model.schema().read(maps.get(turn())).orElseThrow()).probability();
    }

    /**
     * Prepared signals to an explanation with the three strongest contributions.
     *
     * @return the explanation
     */
    @Benchmark
    public Explanation explain() {
        return scorer.explain(signals[turn()], 3);
    }

    private int turn() {
        next = (next + 1) & (USERS - 1);
        return next;
    }
}
