package io.conversion.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Every library scores the same model: what the benchmarks compare is the time, and nothing else. */
class NeighboursTest {

    static final List<String> NAMES = Neighbour.NAMES;

    private static final Offset<Double> TOLERANCE = within(1e-6);
    private static final Columns USERS = BenchmarkModel.users(1_000, 42);
    private static final double[] REFERENCE = IntStream.range(0, USERS.size())
            .mapToDouble(row -> BenchmarkModel.probability(USERS, row))
            .toArray();

    @Test
    void usersAreSpread() {
        assertThat(REFERENCE).hasSize(1_000);
        assertThat(IntStream.range(0, 1_000)
                        .mapToDouble(row -> REFERENCE[row])
                        .min()
                        .orElseThrow())
                .isBetween(0.005, 0.03);
        assertThat(IntStream.range(0, 1_000)
                        .mapToDouble(row -> REFERENCE[row])
                        .max()
                        .orElseThrow())
                .isBetween(0.97, 0.995);
    }

    @ParameterizedTest
    @FieldSource("NAMES")
    void mapsScoreAsTheReference(String name) {
        try (Neighbour neighbour = Neighbour.of(name)) {
            double[] probabilities =
                    USERS.rows().stream().mapToDouble(neighbour::fromMap).toArray();

            assertThat(probabilities).containsExactly(REFERENCE, TOLERANCE);
        }
    }

    @ParameterizedTest
    @FieldSource("NAMES")
    void preparedRowsScoreAsTheReferenceAgainAndAgain(String name) {
        try (Neighbour neighbour = Neighbour.of(name)) {
            List<DoubleSupplier> prepared =
                    USERS.rows().stream().map(neighbour::prepare).toList();

            double[] first =
                    prepared.stream().mapToDouble(DoubleSupplier::getAsDouble).toArray();
            double[] second =
                    prepared.stream().mapToDouble(DoubleSupplier::getAsDouble).toArray();

            assertThat(first).containsExactly(REFERENCE, TOLERANCE);
            assertThat(second).containsExactly(first);
        }
    }

    @ParameterizedTest
    @FieldSource("NAMES")
    void batchesScoreAsTheReferenceAgainAndAgain(String name) {
        try (Neighbour neighbour = Neighbour.of(name)) {
            Supplier<double[]> batch = neighbour.prepareBatch(USERS);

            double[] first = batch.get();
            double[] second = batch.get();

            assertThat(first).containsExactly(REFERENCE, TOLERANCE);
            assertThat(second).isNotSameAs(first).containsExactly(first);
        }
    }

    @Test
    void anUnknownNeighbourIsRefused() {
        assertThatThrownBy(() -> Neighbour.of("pmml"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("neighbour \"pmml\" is not known; the names are [smile, tribuo, h2o, onnxruntime]");
    }

    @Test
    void anUnknownLevelIsRefused() {
        Map<String, Object> user = new HashMap<>(USERS.row(0));
        user.put("country_tier", "tier_4");

        try (Neighbour smile = Neighbour.of("smile")) {
            assertThatThrownBy(() -> smile.fromMap(user))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("signal \"country_tier\" is missing, of another type or out of range");
        }
    }

    @Test
    void whateverIsComparedGivesTheSameProbability() {
        assertThatNoException().isThrownBy(Agreement::check);
    }

    @Test
    void aSeedAlwaysGivesTheSameUsers() {
        List<Map<String, Object>> users = BenchmarkModel.users(2, 7).rows();

        assertThat(users).isEqualTo(BenchmarkModel.users(2, 7).rows()).doesNotHaveDuplicates();
        assertThat(Stream.of("sessions_7d", "content_hours_7d", "channel", "weekend")
                        .map(users.get(0)::get))
                .hasExactlyElementsOfTypes(Integer.class, Double.class, String.class, Boolean.class);
    }
}
