package io.conversion.benchmarks;

import io.conversion.core.ConversionModel;
import io.conversion.core.Scorer;
import io.conversion.policy.Decision;
import io.conversion.policy.PolicyEngine;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
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
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.json.JsonMapper;

/** Nanoseconds per user from what a request holds, a map of whatever kind or JSON, to a decision; on one thread. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(3)
public class RequestBenchmark {

    private static final int USERS = ScoreBenchmark.USERS;

    private final ConversionModel model = SdkModel.model();
    private final Scorer scorer = model.scorer();
    private final PolicyEngine engine = PolicyEngine.of(SdkModel.policy());
    private final ConversionModel imputing = SdkModel.imputing();
    private final Scorer imputingScorer = imputing.scorer();
    private final JsonFactory jackson = new JsonFactory();

    private List<Map<String, Object>> hashMaps;
    private List<Map<String, Object>> parsedMaps;
    private List<Map<String, Object>> immutableMaps;
    private List<Map<String, Object>> sortedMaps;
    private List<Map<String, Object>> lackingMaps;
    private List<byte[]> jsons;
    private int next;

    /** Brings the users into every form. */
    @Setup
    public void prepare() {
        List<Map<String, Object>> users = BenchmarkModel.users(USERS, 1).rows();
        hashMaps = each(users, HashMap::new);
        // A parser of JSON makes each name anew.
        parsedMaps = each(users, user -> {
            Map<String, Object> parsed = new HashMap<>();
            user.forEach((name, value) -> parsed.put(new String(name), value));
            return parsed;
        });
        immutableMaps = each(users, Map::copyOf);
        sortedMaps = each(users, TreeMap::new);
        lackingMaps = each(users, user -> {
            Map<String, Object> lacking = new HashMap<>(user);
            lacking.remove(BenchmarkModel.NUMERICS.get(3).name());
            return lacking;
        });
        jsons = users.stream()
                .map(user -> JsonMapper.shared().writeValueAsString(user).getBytes(StandardCharsets.UTF_8))
                .toList();
    }

    private static List<Map<String, Object>> each(
            List<Map<String, Object>> users, Function<Map<String, Object>, Map<String, Object>> form) {
        return users.stream().map(form).toList();
    }

    /**
     * By hand: a map to an action.
     *
     * @return the action
     */
    @Benchmark
    public String hashMapByHand() {
        return HandWritten.decide(hashMaps.get(turn()));
    }

    /**
     * By hand: a map to an action that keeps what it was decided on.
     *
     * @return the action with its values
     */
    @Benchmark
    public Object hashMapByHandKept() {
        return HandWritten.decideAndKeep(hashMaps.get(turn()));
    }

    /**
     * A hash map whose keys are constants of the program.
     *
     * @return the decision
     */
    @Benchmark
    public Decision hashMap() {
        return decide(hashMaps.get(turn()));
    }

    /**
     * A hash map whose keys were read from somewhere.
     *
     * @return the decision
     */
    @Benchmark
    public Decision parsedMap() {
        return decide(parsedMaps.get(turn()));
    }

    /**
     * A map of {@link Map#of}.
     *
     * @return the decision
     */
    @Benchmark
    public Decision immutableMap() {
        return decide(immutableMaps.get(turn()));
    }

    /**
     * A sorted map.
     *
     * @return the decision
     */
    @Benchmark
    public Decision sortedMap() {
        return decide(sortedMaps.get(turn()));
    }

    /**
     * By hand: a sorted map to an action that keeps what it was decided on.
     *
     * @return the action with its values
     */
    @Benchmark
    public Object sortedMapByHandKept() {
        return HandWritten.decideAndKeep(sortedMaps.get(turn()));
    }

    /**
     * A hash map that lacks one signal, which the schema replaces.
     *
     * @return the decision
     */
    @Benchmark
    public Decision lackingMap() {
        return engine.decide(imputingScorer, imputing.schema().read(lackingMaps.get(turn())));
    }

    /**
     * JSON to a decision.
     *
     * @return the decision
     */
    @Benchmark
    public Decision json() {
        return engine.decide(scorer, model.schema().readJson(jsons.get(turn())));
    }

    /**
     * A pass of a parser over the same JSON that reads every value and keeps none.
     *
     * @return something of every value
     */
    @Benchmark
    public double jsonPass() {
        double sum = 0;
        try (JsonParser parser = jackson.createParser(ObjectReadContext.empty(), jsons.get(turn()))) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token.isNumeric()) {
                    sum += parser.getDoubleValue();
                } else if (token == JsonToken.VALUE_STRING) {
                    sum += parser.getString().length();
                } else if (token == JsonToken.PROPERTY_NAME) {
                    sum += parser.currentName().length();
                }
            }
        }
        return sum;
    }

    private Decision decide(Map<String, Object> user) {
        return engine.decide(scorer, model.schema().read(user));
    }

    private int turn() {
        next = (next + 1) & (USERS - 1);
        return next;
    }
}
