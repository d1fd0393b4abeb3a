package io.conversion.model.design;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.conversion.core.signals.Signal;
import io.conversion.core.signals.SignalSchema;
import io.conversion.core.signals.WhenMissing;
import io.conversion.core.signals.WhenUnseen;
import io.conversion.model.data.DataSet;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Repeated rows as they are defined: each hold-out row compared with each training row. */
class RepeatedRowsPropertyTest {

    private static final List<String> SEEN = List.of("a", "b");
    private static final SignalSchema SCHEMA = SignalSchema.of(
            "rows",
            "1",
            Signal.numeric("x").whenMissing(WhenMissing.IMPUTE),
            Signal.flag("flag").whenMissing(WhenMissing.IMPUTE),
            Signal.categorical("level", SEEN).whenMissing(WhenMissing.IMPUTE).whenUnseen(WhenUnseen.average()));

    @Property(tries = 300)
    void countsWhatAComparisonOfAllPairsFinds(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 40) int training,
            @ForAll @IntRange(max = 40) int held) {
        Random random = new Random(seed);
        List<Map<String, Object>> known = users(random, training);
        List<Map<String, Object>> given = users(random, held);

        RepeatedRows rows = RepeatedRows.of(dataSet(known), dataSet(given));

        assertThat(rows.rows()).isEqualTo(held);
        assertThat(rows.repeated())
                .isEqualTo((int) given.stream().filter(known::contains).count());
        assertThat(rows.byChance())
                .isCloseTo(
                        Math.min(
                                rows.repeated(),
                                given.stream()
                                        .mapToDouble(user -> Math.min(1, expected(user, known)))
                                        .sum()),
                        within(1e-9));
        assertThat(rows.share()).isBetween(0.0, 1.0);
    }

    @Property(tries = 100)
    void orderOfTheRowsChangesNothing(@ForAll long seed) {
        Random random = new Random(seed);
        List<Map<String, Object>> known = users(random, 30);
        List<Map<String, Object>> given = users(random, 30);
        RepeatedRows rows = RepeatedRows.of(dataSet(known), dataSet(given));

        Collections.reverse(given);

        assertThat(RepeatedRows.of(dataSet(known), dataSet(given)).repeated()).isEqualTo(rows.repeated());
    }

    /** How many training rows have the values of a user by chance. */
    private static double expected(Map<String, Object> user, List<Map<String, Object>> known) {
        boolean repeated = known.contains(user);
        double others = known.size() - (repeated ? 1 : 0);
        double expected = others;
        for (Signal signal : SCHEMA.declared()) {
            List<Object> values =
                    known.stream().map(other -> value(other, signal)).toList();
            Object value = value(user, signal);
            boolean certain = repeated && value.equals(mode(values)) && count(values, value) > 1;
            double count = count(values, value) - (repeated ? 1 : 0);
            expected *= certain ? 1 : others == 0 ? 0 : count / others;
        }
        return expected;
    }

    /** The most frequent value, and the first one of equals. */
    private static Object mode(List<Object> values) {
        return values.stream()
                .max(Comparator.comparingLong((Object value) -> count(values, value))
                        .thenComparing(value -> -values.indexOf(value)))
                .orElseThrow();
    }

    private static Object value(Map<String, Object> user, Signal signal) {
        return user.getOrDefault(signal.name(), "missing");
    }

    private static long count(List<Object> values, Object value) {
        return values.stream().filter(value::equals).count();
    }

    private static List<Map<String, Object>> users(Random random, int count) {
        List<String> levels = List.of("a", "b", "unseen", "unseen too");
        List<Map<String, Object>> users = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Map<String, Object> user = new HashMap<>();
            if (random.nextInt(4) > 0) {
                user.put("x", (double) (random.nextInt(5) - 2));
            }
            if (random.nextInt(4) > 0) {
                user.put("flag", random.nextBoolean());
            }
            if (random.nextInt(4) > 0) {
                user.put("level", levels.get(random.nextInt(levels.size())));
            }
            users.add(user);
        }
        return users;
    }

    private static DataSet dataSet(List<Map<String, Object>> users) {
        DataSet.Builder builder = DataSet.builder(SCHEMA);
        users.forEach(user -> builder.add(user, user.containsKey("x")));
        return builder.build("converted");
    }
}
