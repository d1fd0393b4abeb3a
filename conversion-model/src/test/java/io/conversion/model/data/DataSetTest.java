package io.conversion.model.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.conversion.core.SignalBatch;
import io.conversion.core.signals.InvalidSignalsException;
import io.conversion.core.signals.Signal;
import io.conversion.core.signals.SignalSchema;
import io.conversion.core.signals.WhenMissing;
import io.conversion.core.signals.WhenOutOfRange;
import io.conversion.core.signals.WhenUnseen;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DataSetTest {

    private static final SignalSchema SCHEMA = SignalSchema.of(
            "trial",
            "1",
            Signal.numeric("hours")
                    .range(0, 10)
                    .whenOutOfRange(WhenOutOfRange.CLIP)
                    .whenMissing(WhenMissing.IMPUTE),
            Signal.numeric("sessions").wholeNumbers(),
            Signal.categorical("plan", "basic", "pro")
                    .whenUnseen(WhenUnseen.average())
                    .whenMissing(WhenMissing.IMPUTE),
            Signal.flag("weekend").whenMissing(WhenMissing.IMPUTE));

    private static final Map<String, Object> USUAL =
            Map.of("hours", 2.5, "sessions", 3, "plan", "pro", "weekend", true);
    private static final Map<String, Object> FAULTY = Map.of("hours", -4, "sessions", 2L, "plan", "gift");
    private static final Map<String, Object> SPARSE = Map.of("sessions", 0.0);

    @Test
    void signalsOfARowAreWhatTheSchemaReads() {
        DataSet data = users(USUAL, FAULTY, SPARSE);

        assertThat(data.rows()).isEqualTo(3);
        for (int i = 0; i < 3; i++) {
            assertThat(data.signals(i))
                    .isEqualTo(
                            SCHEMA.read(List.of(USUAL, FAULTY, SPARSE).get(i)).orElseThrow());
        }
    }

    @Test
    void batchHoldsTheSignalsOfEachRow() {
        DataSet known = users(USUAL, SPARSE, USUAL);
        DataSet unseen = users(USUAL, FAULTY, SPARSE);

        for (DataSet data : List.of(known, unseen)) {
            SignalBatch batch = data.batch();

            assertThat(batch.rows()).isEqualTo(3);
            for (int i = 0; i < 3; i++) {
                assertThat(batch.reading(i).orElseThrow()).isEqualTo(data.signals(i));
            }
        }
    }

    @Test
    void clippedAndUnseenValuesSurviveBeingSelected() {
        DataSet data = users(USUAL, Map.of("sessions", 1, "plan", "gold"), FAULTY, SPARSE);

        DataSet some = data.rows(row -> row >= 2);

        assertThat(some.rows()).isEqualTo(2);
        assertThat(some.signals(0)).isEqualTo(SCHEMA.read(FAULTY).orElseThrow());
        assertThat(some.signals(1)).isEqualTo(SCHEMA.read(SPARSE).orElseThrow());
    }

    @Test
    void everyFifthRowIsHoldout() {
        DataSet.Builder builder = DataSet.builder(SCHEMA);
        for (int i = 0; i < 23; i++) {
            builder.add(Map.of("sessions", i), i % 2 == 0);
        }
        DataSet data = builder.build("converted");

        assertThat(sessions(data.holdout())).containsExactly(4, 9, 14, 19);
        assertThat(sessions(data.training()))
                .containsExactly(0, 1, 2, 3, 5, 6, 7, 8, 10, 11, 12, 13, 15, 16, 17, 18, 20, 21, 22);
        assertThat(data.holdout().positives()).isEqualTo(2);
        assertThat(data.training().positives()).isEqualTo(10);
        assertThat(data.training().converted(4)).isFalse();
    }

    @Test
    void fewerThanFiveRowsLeaveNoHoldout() {
        DataSet data = users(USUAL, FAULTY, SPARSE);

        assertThat(data.holdout().rows()).isZero();
        assertThat(data.training().digest()).isEqualTo(data.digest());
    }

    @Test
    void builderRefusesWhatTheSchemaRefusesAndGoesOn() {
        DataSet.Builder builder = DataSet.builder(SCHEMA).add(USUAL, true);

        assertThatExceptionOfType(InvalidSignalsException.class)
                .isThrownBy(() -> builder.add(Map.of("hours", "2", "minutes", 1), true))
                .withMessage("""
                        3 violations:
                          signal "hours": the text "2" is not a number
                          signal "sessions" is required by schema "trial" 1 but was not given
                          signal "minutes" is not in schema "trial" 1""");
        assertThat(builder.add(SPARSE, false).build("converted").digest())
                .isEqualTo(users(USUAL, SPARSE).digest());
    }

    @Test
    void builderTakesNullForMissing() {
        Map<String, Object> user = new HashMap<>(USUAL);
        user.put("plan", null);

        assertThat(users(user).signals(0).level("plan")).isEmpty();
        assertThat(users(user).digest()).isEqualTo(users(without("plan")).digest());
    }

    @Test
    void buildingDoesNotEndTheBuilder() {
        DataSet.Builder builder = DataSet.builder(SCHEMA).add(USUAL, true);
        DataSet one = builder.build("converted");

        DataSet two = builder.add(FAULTY, false).build("converted");

        assertThat(one.rows()).isEqualTo(1);
        assertThat(one.digest()).isEqualTo(users(USUAL).digest());
        assertThat(two.digest()).isEqualTo(users(USUAL, FAULTY).digest());
    }

    @Test
    void labelIsTheOneThatWasNamed() {
        DataSet data = DataSet.builder(SCHEMA).add(USUAL, true).build("became_paying");

        assertThat(data.label()).isEqualTo(new DataSet.LabelColumn("became_paying", "true", List.of()));
        assertThat(data.leftOutRows()).isZero();
    }

    @Test
    void moreRowsThanTheFirstArrayHoldsAreKept() {
        DataSet.Builder builder = DataSet.builder(SCHEMA);
        for (int i = 0; i < 5000; i++) {
            builder.add(i % 3 == 0 ? Map.of("sessions", i) : Map.of("sessions", i, "plan", "p" + i % 5), i % 2 == 0);
        }

        DataSet data = builder.build("converted");

        assertThat(data.positives()).isEqualTo(2500);
        assertThat(data.signals(4998))
                .isEqualTo(SCHEMA.read(Map.of("sessions", 4998)).orElseThrow());
        assertThat(data.signals(4999))
                .isEqualTo(SCHEMA.read(Map.of("sessions", 4999, "plan", "p4")).orElseThrow());
    }

    @Test
    void digestChangesWithEveryValueOutcomeOrderAndSchema() {
        List<DataSet> different = new ArrayList<>(List.of(
                users(USUAL, SPARSE),
                users(SPARSE, USUAL),
                users(USUAL, SPARSE, SPARSE),
                users(with("hours", Math.nextUp(2.5)), SPARSE),
                users(with("hours", 0.0), SPARSE),
                users(with("hours", -1), SPARSE),
                users(with("hours", -2), SPARSE),
                users(without("hours"), SPARSE),
                users(with("sessions", 4), SPARSE),
                users(with("plan", "basic"), SPARSE),
                users(with("plan", "gift"), SPARSE),
                users(with("plan", "gold"), SPARSE),
                users(without("plan"), SPARSE),
                users(with("weekend", false), SPARSE),
                users(without("weekend"), SPARSE),
                DataSet.builder(SCHEMA).add(USUAL, true).add(SPARSE, true).build("converted"),
                DataSet.builder(SCHEMA).add(USUAL, false).add(SPARSE, true).build("converted")));
        SignalSchema other = SignalSchema.of("trial", "2", SCHEMA.declared());
        different.add(DataSet.builder(other).add(USUAL, true).add(SPARSE, false).build("converted"));

        Set<String> digests = new HashSet<>();
        different.forEach(data -> digests.add(data.digest()));

        assertThat(digests).hasSize(different.size()).allMatch(digest -> digest.matches("sha256:[0-9a-f]{64}"));
    }

    @Test
    void digestIsOfTheContentAndNotOfItsHistory() {
        Map<String, Object> gold = with("plan", "gold");
        Map<String, Object> gift = with("plan", "gift");

        assertThat(users(USUAL, FAULTY).digest()).isEqualTo(users(USUAL, FAULTY).digest());
        assertThat(users(gold, gift).rows(row -> row == 1).digest())
                .isEqualTo(DataSet.builder(SCHEMA)
                        .add(gift, false)
                        .build("converted")
                        .digest());
    }

    /** Users of whom the first, third and so on converted. */
    @SafeVarargs
    private static DataSet users(Map<String, Object>... values) {
        DataSet.Builder builder = DataSet.builder(SCHEMA);
        for (int i = 0; i < values.length; i++) {
            builder.add(values[i], i % 2 == 0);
        }
        return builder.build("converted");
    }

    private static Map<String, Object> with(String signal, Object value) {
        Map<String, Object> user = new HashMap<>(USUAL);
        user.put(signal, value);
        return user;
    }

    private static Map<String, Object> without(String... signals) {
        Map<String, Object> user = new HashMap<>(USUAL);
        user.keySet().removeAll(Arrays.asList(signals));
        return user;
    }

    private static List<Integer> sessions(DataSet data) {
        return IntStream.range(0, data.rows())
                .mapToObj(row -> (int) data.signals(row).number("sessions").orElseThrow())
                .toList();
    }
}
