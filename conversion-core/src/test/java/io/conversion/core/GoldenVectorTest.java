package io.conversion.core;

import static io.conversion.core.Fixtures.MODEL;
import static io.conversion.core.Fixtures.score;
import static org.assertj.core.api.Assertions.assertThat;

import io.conversion.core.shapes.Shape;
import io.conversion.core.signals.Signal;
import io.conversion.core.signals.SignalSchema;
import io.conversion.core.signals.WhenUnseen;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class GoldenVectorTest {

    @Test
    void vectorsHoldTheScoresOfTheModelAndStartWithTheReferenceUser() {
        assertThat(MODEL.golden()).hasSize(8).allSatisfy(vector -> {
            Score score = score(MODEL, vector.signals());
            assertThat(vector.logOdds()).isEqualTo(score.logOdds());
            assertThat(vector.probability()).isEqualTo(score.probability());
        });
        assertThat(MODEL.golden().get(0).signals()).isEqualTo(Fixtures.referenceUser());
    }

    @Test
    void everySignalTakesEveryKindOfValueThatItsSchemaAccepts() {
        assertThat(given("account_age")).containsOnly(21.0, 0.0, 43.0, 3650.0);
        assertThat(given("content_hours")).containsOnly(5.9, "missing", 0.0, 13.0, 13.0 / 3, 168.0, -7.0, 175.0);
        assertThat(given("country_tier")).containsOnly("tier_1", "tier_2", "tier_3");
        assertThat(given("channel")).containsOnly("café", "missing", "unseen", "search", "social");
        assertThat(given("weekend")).containsOnly(true, false, "missing");
    }

    private static List<Object> given(String signal) {
        List<Object> given = new ArrayList<>();
        MODEL.golden().forEach(vector -> given.add(vector.signals().getOrDefault(signal, "missing")));
        return given;
    }

    @Test
    void unseenLevelIsNoneOfTheLevels() {
        ConversionModel model = levels(List.of("unseen", "unseen_"), WhenUnseen.average());

        assertThat(model.golden())
                .extracting(vector -> vector.signals().get("tier"))
                .containsExactly("unseen", "unseen__", "unseen", "unseen_");
    }

    @Test
    void manyLevelsHaveNoMoreThanThirtyTwoVectors() {
        List<String> names = IntStream.range(0, 100).mapToObj(i -> "l" + i).toList();

        assertThat(levels(names, WhenUnseen.refuse()).golden()).hasSize(32);
    }

    @Test
    void signalsWhoseLogOddsOverflowHaveNoVector() {
        ConversionModel steep = Fixtures.linear(0, List.of(new Shape.Linear(1e308, 0, 0)));

        assertThat(steep.golden())
                .extracting(GoldenVector::logOdds)
                .containsExactly(0.0, -1e308, 1e308, 1e308 * (-1 + 2.0 / 3));
        assertThat(Fixtures.linear(1.5e308, List.of(new Shape.Linear(1e308, 0, 0)))
                        .golden())
                .extracting(GoldenVector::logOdds)
                .containsExactly(1.5e308, 1.5e308 - 1e308, 1.5e308 + 1e308 * (-1 + 2.0 / 3));
    }

    private static ConversionModel levels(List<String> names, WhenUnseen unseen) {
        SignalSchema schema =
                SignalSchema.of("tiers", "1", Signal.categorical("tier", names).whenUnseen(unseen));
        Map<String, Double> values = new LinkedHashMap<>();
        names.forEach(name -> values.put(name, 0.25 * values.size()));
        return ConversionModel.of("m", "1", schema, 0, Map.of("tier", new Shape.Levels(values, 0.1, 0, Set.of())));
    }
}
