package io.conversion.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.conversion.core.ConversionModel;
import io.conversion.core.Score;
import io.conversion.core.shapes.Shape;
import io.conversion.core.signals.Signal;
import io.conversion.core.signals.SignalSchema;
import io.conversion.core.signals.WhenMissing;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Decisions, scores and explanations as plain values: the same keys in the same order, which any mapper writes. */
class DecisionMapTest {

    private static final SignalSchema SCHEMA = SignalSchema.of(
            "plain-signals",
            "1",
            Signal.numeric("sessions").unit("sessions"),
            Signal.numeric("downloads").whenMissing(WhenMissing.IMPUTE));
    private static final ConversionModel MODEL = ConversionModel.of(
            "plain",
            "1",
            SCHEMA,
            0,
            Map.of("sessions", new Shape.Linear(1, 0, 0), "downloads", new Shape.Linear(1, 0, 0)));
    private static final Policy POLICY =
            Policy.of("plain", "1", ModelRequirement.named("plain"), List.of(Band.of("all", 0, "offer")), "nothing");

    private static Score score(double sessions) {
        return MODEL.scorer().score(SCHEMA.read(Map.of("sessions", sessions)).orElseThrow());
    }

    @Test
    void decisionHasItsDocumentedFields() {
        Map<String, Object> map = PolicyEngine.of(POLICY).decide(score(0)).toMap();

        assertThat(map.toString())
                .isEqualTo(
                        "{action=offer, segment=all, reason=band, details=[probability 0.5 is in band \"all\", which starts"
                                + " at 0.0], propensity=1.0, score={probability=0.5, log_odds=0.0, raw_log_odds=0.0, foreign=false,"
                                + " evidence={observed_share=0.5, shortfalls=[], rules=[{signal=downloads, rule=missing, given=}]},"
                                + " model=" + model() + "}, model=" + model()
                                + ", policy={name=plain, version=1, digest="
                                + POLICY.reference().digest() + "}}");
        assertThatAllIsPlain(map);
    }

    private static String model() {
        return "{name=plain, version=1, digest=" + MODEL.reference().digest() + "}";
    }

    @Test
    void whatIsNotFiniteIsLeftOut() {
        Decision fallback = PolicyEngine.of(POLICY).decide(foreign());
        Map<String, Object> map = fallback.toMap();

        assertThat(map).doesNotContainKey("segment").containsEntry("reason", "undefined_probability");
        assertThat(Objects.requireNonNull(map.get("score")).toString()).startsWith("{foreign=true, evidence=");
        assertThatAllIsPlain(map);
    }

    private static Score foreign() {
        return Score.of(MODEL.scorer(), score(0).signals(), Double.NaN);
    }

    private static void assertThatAllIsPlain(Object value) {
        if (value instanceof Map<?, ?> map) {
            map.forEach((name, field) -> {
                assertThat(name).isInstanceOf(String.class);
                assertThatAllIsPlain(field);
            });
        } else if (value instanceof List<?> list) {
            list.forEach(DecisionMapTest::assertThatAllIsPlain);
        } else if (value instanceof Double number) {
            assertThat(number).isFinite();
        } else {
            assertThat(value).isInstanceOfAny(String.class, Boolean.class);
        }
    }
}
