package io.conversion.benchmarks;

import io.conversion.core.ConversionModel;
import io.conversion.core.Scorer;
import io.conversion.core.signals.SignalReading;
import io.conversion.policy.ControlGroup;
import io.conversion.policy.Decision;
import io.conversion.policy.DecisionContext;
import io.conversion.policy.Experiment;
import io.conversion.policy.ExperimentEngine;
import io.conversion.policy.Policy;
import io.conversion.policy.PolicyEngine;
import java.util.List;
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
import org.openjdk.jmh.annotations.Warmup;

/** What an experiment adds to a decision: signals and the key of a user to the decision, with an experiment and without. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
public class ExperimentBenchmark {

    private final ConversionModel model = SdkModel.model();
    private final Scorer scorer = model.scorer();
    private final Policy policy = SdkModel.policy();
    private final Policy withControl = policy.toBuilder("control")
            .control(new ControlGroup(0.1, "held-2026", "nothing"))
            .build();
    private final PolicyEngine plain = PolicyEngine.of(policy);
    private final PolicyEngine controlled = PolicyEngine.of(withControl);
    private final PolicyEngine experiment = experiment(policy);
    private final PolicyEngine controlledExperiment = experiment(withControl);
    private SignalReading[] readings;
    private DecisionContext[] contexts;
    private int next;

    private static PolicyEngine experiment(Policy today) {
        Policy other = today.toBuilder("other").margin(0.01).build();
        return ExperimentEngine.of(
                Experiment.builder("annual-offer", "1", "annual-2026")
                        .arm("today", 0.5, today.reference())
                        .arm("offer", 0.5, other.reference())
                        .build(),
                List.of(today, other));
    }

    /** Reads the users and gives each a key. */
    @Setup
    public void prepare() {
        Columns users = BenchmarkModel.users(ScoreBenchmark.USERS, 1);
        readings = new SignalReading[ScoreBenchmark.USERS];
        contexts = new DecisionContext[ScoreBenchmark.USERS];
        for (int row = 0; row < readings.length; row++) {
            readings[row] = model.schema().read(users.rows().get(row));
            contexts[row] = DecisionContext.NONE.userKey("user-" + row);
        }
    }

    /**
     * One policy, nothing drawn.
     *
     * @return the decision
     */
    @Benchmark
    public Decision decide() {
        int turn = turn();
        return plain.decide(scorer, readings[turn], contexts[turn]);
    }

    /**
     * One policy with a control group: one draw.
     *
     * @return the decision
     */
    @Benchmark
    public Decision decideWithControlGroup() {
        int turn = turn();
        return controlled.decide(scorer, readings[turn], contexts[turn]);
    }

    /**
     * An experiment over policies without a control group: one draw.
     *
     * @return the decision
     */
    @Benchmark
    public Decision decideInExperiment() {
        int turn = turn();
        return experiment.decide(scorer, readings[turn], contexts[turn]);
    }

    /**
     * An experiment over policies with a control group: two draws.
     *
     * @return the decision
     */
    @Benchmark
    public Decision decideInExperimentWithControlGroup() {
        int turn = turn();
        return controlledExperiment.decide(scorer, readings[turn], contexts[turn]);
    }

    private int turn() {
        next = (next + 1) & (ScoreBenchmark.USERS - 1);
        return next;
    }
}
