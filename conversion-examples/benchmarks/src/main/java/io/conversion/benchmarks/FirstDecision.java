package io.conversion.benchmarks;

import io.conversion.core.ConversionModel;
import io.conversion.policy.Decision;
import io.conversion.policy.Policy;
import io.conversion.policy.PolicyEngine;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** What a service does up to its first decision: loads a model and a policy, and decides on one user. */
final class FirstDecision {

    private FirstDecision() {}

    /**
     * Decides once and prints the nanoseconds that the call took; with a third argument it goes on, and prints the same
     * of some later calls.
     *
     * @param args the files of the model and the policy, and {@code on} to go on
     * @throws IOException if a file cannot be read
     */
    public static void main(String[] args) throws IOException {
        ConversionModel model = ConversionModel.load(Path.of(args[0]));
        PolicyEngine engine = PolicyEngine.of(Policy.load(Path.of(args[1])));
        Map<String, Object> user = user();
        StringBuilder nanos = new StringBuilder();
        int done = 0;
        for (int until : args.length > 2 ? new int[] {1, 2, 100, 10_000, 100_000} : new int[] {1}) {
            while (done < until - 1) {
                decide(engine, model, user);
                done++;
            }
            long start = System.nanoTime();
            decide(engine, model, user);
            nanos.append(System.nanoTime() - start).append(' ');
            done++;
        }
        System.out.println(nanos.toString().strip());
    }

    private static void decide(PolicyEngine engine, ConversionModel model, Map<String, Object> user) {
        if (!(engine.decide(model.scorer(), model.schema().read(user)) instanceof Decision.Decided)) {
            throw new IllegalStateException("the user is valid");
        }
    }

    private static Map<String, Object> user() {
        Map<String, Object> user = new HashMap<>();
        BenchmarkModel.NUMERICS.forEach(
                signal -> user.put(signal.name(), signal.whole() ? (Object) (int) signal.centre() : signal.centre()));
        BenchmarkModel.CATEGORICALS.forEach(
                signal -> user.put(signal.name(), signal.levels().get(0)));
        user.put(BenchmarkModel.FLAG, true);
        return user;
    }
}
