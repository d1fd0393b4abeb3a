package io.conversion.benchmarks;

import io.conversion.core.ConversionModel;
import io.conversion.policy.Policy;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Nanoseconds to load a model and a policy, checks and golden vectors included, beside a tree of the same text. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(3)
public class LoadBenchmark {

    private final String model = SdkModel.model().toJson();
    private final String policy = SdkModel.policy().toJson();
    private final JsonMapper mapper = new JsonMapper();

    /**
     * Loads the model.
     *
     * @return the model
     */
    @Benchmark
    public ConversionModel model() {
        return ConversionModel.fromJson(model);
    }

    /**
     * Loads the policy.
     *
     * @return the policy
     */
    @Benchmark
    public Policy policy() {
        return Policy.fromJson(policy);
    }

    /**
     * Parses the model's text into a tree and checks nothing.
     *
     * @return the tree
     */
    @Benchmark
    public JsonNode tree() {
        return mapper.readTree(model);
    }
}
