package io.conversion.model.signals;

import io.conversion.core.signals.Signal;
import io.conversion.core.signals.SignalSchema;
import io.conversion.model.data.DataSet;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.IntFunction;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/** Users by rules of their row, for the tests of this package. */
final class SampleUsers {

    private final int rows;
    private final IntPredicate outcome;
    private final List<Signal> signals = new ArrayList<>();
    private final Map<String, IntFunction<@Nullable Object>> values = new HashMap<>();
    private final Map<String, IntFunction<String>> attributes = new HashMap<>();

    SampleUsers(int rows, IntPredicate outcome) {
        this.rows = rows;
        this.outcome = outcome;
    }

    SampleUsers with(Signal signal, IntFunction<@Nullable Object> rule) {
        signals.add(signal);
        values.put(signal.name(), rule);
        return this;
    }

    SampleUsers attribute(String name, IntFunction<String> rule) {
        attributes.put(name, rule);
        return this;
    }

    DataSet dataSet() {
        List<String> names = attributes.keySet().stream().sorted().toList();
        DataSet.Builder builder = DataSet.builder(SignalSchema.of("sample", "1", signals), names);
        for (int i = 0; i < rows; i++) {
            int row = i;
            Map<String, Object> user = new HashMap<>();
            values.forEach((name, rule) -> {
                Object value = rule.apply(row);
                if (value != null) {
                    user.put(name, value);
                }
            });
            Map<String, String> texts = new HashMap<>();
            attributes.forEach((name, rule) -> texts.put(name, rule.apply(row)));
            builder.add(user, texts, outcome.test(row));
        }
        return builder.build("converted");
    }

    SignalValidation validate(ValidationOptions options) {
        return SignalValidation.of(dataSet(), options);
    }

    SignalValidation validate() {
        return validate(ValidationOptions.defaults());
    }

    /** A number from 0 to 1 for a row, independent of those of other rows and seeds. */
    static double spread(int row, int seed) {
        return new SplittableRandom(row * 1_000_003L + seed).nextDouble();
    }
}
