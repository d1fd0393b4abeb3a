package io.conversion.model;

import io.conversion.core.signals.CategoricalSignal;
import io.conversion.core.signals.NumericSignal;
import io.conversion.core.signals.Signal;
import io.conversion.core.signals.SignalSchema;
import io.conversion.core.signals.WhenMissing;
import io.conversion.core.signals.WhenOutOfRange;
import io.conversion.core.signals.WhenUnseen;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Small random data sets with one to four signals of all kinds, and missing, unseen and clipped values. */
final class RandomUsers {

    private static final int MOST_ROWS = 30;

    private RandomUsers() {}

    /** Both outcomes occur, and the first user has a proper value for every signal. */
    static Arbitrary<LabelledUsers> users() {
        Arbitrary<List<Signal>> kinds = Arbitraries.<Signal>of(
                        Signal.numeric("").whenMissing(WhenMissing.IMPUTE),
                        Signal.numeric("")
                                .range(-1, 2)
                                .whenOutOfRange(WhenOutOfRange.CLIP)
                                .whenMissing(WhenMissing.IMPUTE),
                        Signal.flag("").whenMissing(WhenMissing.IMPUTE),
                        categorical(WhenUnseen.average(), "a", "b", "c"),
                        categorical(WhenUnseen.level("b"), "a", "b"),
                        categorical(WhenUnseen.level("a"), "a", "b", "c", "d"))
                .list()
                .ofMinSize(1)
                .ofMaxSize(4);
        return kinds.map(RandomUsers::schema)
                .flatMap(schema -> Combinators.combine(
                                user(schema, false),
                                user(schema, true).list().ofMinSize(6).ofMaxSize(MOST_ROWS - 1),
                                Arbitraries.of(true, false).list().ofSize(MOST_ROWS))
                        .as((first, rest, outcomes) -> {
                            List<Map<String, Object>> values = new ArrayList<>(rest);
                            values.add(0, first);
                            List<Boolean> converted = new ArrayList<>(outcomes.subList(0, values.size()));
                            converted.set(0, true);
                            converted.set(1, false);
                            return new LabelledUsers(schema, values, converted);
                        }));
    }

    private static CategoricalSignal categorical(WhenUnseen rule, String... levels) {
        return Signal.categorical("", levels).whenUnseen(rule).whenMissing(WhenMissing.IMPUTE);
    }

    private static SignalSchema schema(List<Signal> kinds) {
        return SignalSchema.of(
                "random",
                "1",
                IntStream.range(0, kinds.size())
                        .mapToObj(i -> named("s" + i, kinds.get(i)))
                        .toList());
    }

    private static Signal named(String name, Signal kind) {
        if (kind instanceof NumericSignal numeric) {
            return Signal.numeric(name)
                    .range(numeric.min(), numeric.max())
                    .whenOutOfRange(numeric.whenOutOfRange())
                    .whenMissing(WhenMissing.IMPUTE);
        } else if (kind instanceof CategoricalSignal categorical) {
            return Signal.categorical(name, categorical.levels())
                    .whenUnseen(categorical.whenUnseen())
                    .whenMissing(WhenMissing.IMPUTE);
        }
        return Signal.flag(name).whenMissing(WhenMissing.IMPUTE);
    }

    private static Arbitrary<Map<String, Object>> user(SignalSchema schema, boolean faulty) {
        List<Arbitrary<Object>> values = schema.declared().stream()
                .map(signal -> value(signal, faulty).injectNull(faulty ? 0.15 : 0))
                .toList();
        return Combinators.combine(values).as(given -> {
            Map<String, Object> user = new HashMap<>();
            for (int i = 0; i < given.size(); i++) {
                if (given.get(i) != null) {
                    user.put(schema.declared().get(i).name(), given.get(i));
                }
            }
            return user;
        });
    }

    private static Arbitrary<Object> value(Signal signal, boolean faulty) {
        if (signal instanceof NumericSignal) {
            return Arbitraries.doubles().between(-4, 4).ofScale(2).map(number -> number);
        } else if (signal instanceof CategoricalSignal categorical) {
            List<String> levels = new ArrayList<>(categorical.levels());
            if (faulty) {
                levels.add("other");
            }
            return Arbitraries.of(levels).map(level -> level);
        }
        return Arbitraries.of(true, false).map(flag -> flag);
    }
}
