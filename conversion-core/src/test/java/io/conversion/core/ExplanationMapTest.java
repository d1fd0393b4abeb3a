package io.conversion.core;

import static io.conversion.core.Fixtures.MODEL;
import static io.conversion.core.Fixtures.SCHEMA;
import static io.conversion.core.Fixtures.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The explanation as any JSON mapper writes it. */
class ExplanationMapTest {

    private static final Explanation EXPLANATION =
            MODEL.scorer().explain(SCHEMA.read(user()).orElseThrow(), 2);

    @Test
    void mapHoldsWhatTheExplanationDoesInAFixedOrder() {
        Map<String, Object> map = EXPLANATION.toMap();

        assertThat(map.keySet())
                .containsExactly("log_odds", "reference_log_odds", "base_rate", "contributions", "rest");
        assertThat(map)
                .containsEntry("log_odds", EXPLANATION.score().logOdds())
                .containsEntry("reference_log_odds", EXPLANATION.reference().logOdds())
                .containsEntry("base_rate", 0.115)
                .containsEntry("rest", EXPLANATION.rest());
        assertThat((List<?>) map.get("contributions")).hasSize(2).first().satisfies(first -> {
            Contribution strongest = EXPLANATION.contributions().get(0);
            assertThat(((Map<?, ?>) first).keySet().stream().map(Object::toString))
                    .containsExactly("signal", "log_odds", "direction", "value", "reference", "reason");
            assertThat(first)
                    .isEqualTo(Map.of(
                            "signal", "content_hours",
                            "log_odds", strongest.logOdds(),
                            "direction", "raises",
                            "value", strongest.value(),
                            "reference", strongest.referenceValue(),
                            "reason", strongest.reason()));
        });
        assertThatThrownBy(() -> map.put("more", 1)).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void hiddenSignalsAreInTheRestAlone() {
        Map<String, Object> all =
                MODEL.scorer().explain(SCHEMA.read(user()).orElseThrow()).toMap();

        assertThat(String.valueOf(all.get("contributions")))
                .contains("signal=weekend")
                .doesNotContain("price_change");
    }

    @Test
    void whatIsNotThereIsLeftOut() {
        ConversionModel model = Fixtures.identity();

        Map<String, Object> map = model.scorer()
                .explain(model.schema().signals().set("s0", 2).build())
                .toMap();

        assertThat(map.keySet()).containsExactly("log_odds", "reference_log_odds", "contributions", "rest");
    }
}
