package io.conversion.model.comparison;

import io.conversion.core.signals.Signal;
import io.conversion.core.signals.SignalSchema;
import io.conversion.core.signals.WhenMissing;
import io.conversion.model.data.DataSet;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;

/** Users with two numbers from -1 to 1, a plan and a flag, who convert by a rule of log-odds. */
final class ComparedUsers {

    private static final SignalSchema SCHEMA = SignalSchema.of(
            "compared",
            "1",
            Signal.numeric("x").whenMissing(WhenMissing.IMPUTE),
            Signal.numeric("y").whenMissing(WhenMissing.IMPUTE),
            Signal.categorical("plan", "basic", "family", "rare").whenMissing(WhenMissing.IMPUTE),
            Signal.flag("weekend").whenMissing(WhenMissing.IMPUTE));

    private ComparedUsers() {}

    static DataSet generate(int rows, long seed, ToDoubleFunction<Map<String, Object>> logOdds) {
        return generate(rows, seed, 0, logOdds);
    }

    /** Leaves each value out with a probability, after the outcome is drawn from the rule, which sees what is left. */
    static DataSet generate(int rows, long seed, double missing, ToDoubleFunction<Map<String, Object>> logOdds) {
        SplittableRandom random = new SplittableRandom(seed);
        DataSet.Builder builder = DataSet.builder(SCHEMA);
        for (int i = 0; i < rows; i++) {
            Map<String, Object> user = new HashMap<>();
            user.put("x", random.nextDouble(-1, 1));
            user.put("y", random.nextDouble(-1, 1));
            user.put("plan", i % 100 == 0 ? "rare" : random.nextBoolean() ? "basic" : "family");
            user.put("weekend", random.nextBoolean());
            user.values().removeIf(value -> random.nextDouble() < missing);
            double p = 1 / (1 + Math.exp(-logOdds.applyAsDouble(user)));
            builder.add(user, random.nextDouble() < p);
        }
        return builder.build("converted");
    }

    static double number(Map<String, Object> user, String signal) {
        return user.get(signal) instanceof Double number ? number : Double.NaN;
    }

    static DataSet interacting(int rows, long seed) {
        return generate(rows, seed, user -> 6 * number(user, "x") * number(user, "y") - 0.5);
    }

    static DataSet linear(int rows, long seed) {
        return generate(rows, seed, user -> 1.5 * number(user, "x") - number(user, "y"));
    }
}
