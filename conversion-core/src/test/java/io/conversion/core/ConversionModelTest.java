package io.conversion.core;

import static io.conversion.core.Fixtures.MODEL;
import static io.conversion.core.Fixtures.SCHEMA;
import static io.conversion.core.Fixtures.levels;
import static io.conversion.core.Fixtures.shapes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ConversionModelTest {

    @Test
    void modelShowsItsParts() {
        assertThat(MODEL.name()).isEqualTo("trial-conversion");
        assertThat(MODEL.version()).isEqualTo("2026-11");
        assertThat(MODEL.schema()).isSameAs(SCHEMA);
        assertThat(MODEL.intercept()).isEqualTo(-1.1);
        assertThat(MODEL.shapes()).isEqualTo(shapes());
        assertThat(MODEL.training()).contains(Fixtures.provenance());
        assertThat(MODEL.scorer()).isSameAs(MODEL.scorer());
        assertThat(MODEL).hasToString(MODEL.reference().toString());
    }

    @Test
    void modelMadeByHandHasNoProvenanceAndADigestOfItsOwn() {
        ConversionModel byHand = ConversionModel.of("trial-conversion", "2026-11", SCHEMA, -1.1, shapes());

        assertThat(byHand.training()).isEmpty();
        assertThat(byHand.reference().digest())
                .matches("sha256:[0-9a-f]{64}")
                .isNotEqualTo(MODEL.reference().digest());
    }

    @Test
    void shapesAreKeptInTheOrderOfTheSchema() {
        List<String> reversed = new ArrayList<>(shapes().keySet());
        Collections.reverse(reversed);
        Map<String, Shape> shapes = new LinkedHashMap<>();
        reversed.forEach(signal -> shapes.put(signal, shapes().get(signal)));

        ConversionModel model =
                ConversionModel.of("trial-conversion", "2026-11", SCHEMA, -1.1, shapes, Fixtures.provenance());

        assertThat(model.shapes().keySet()).containsExactlyElementsOf(shapes().keySet());
        assertThat(model.reference()).isEqualTo(MODEL.reference());
    }

    @Test
    void everyPartThatDoesNotFitIsListedAtOnce() {
        Map<String, Shape> faulty = shapes();
        faulty.put("account_age", new Shape.Linear(Double.NaN, Double.POSITIVE_INFINITY, 0));
        faulty.put("content_hours", new Shape.Flag(1, 0));
        faulty.remove("referrals");
        faulty.put("price_change", levels(0, 0, Set.of(), "up", 1.0));
        faulty.put("country_tier", levels(Double.NaN, 0, Set.of(), "tier_1", 0.0, "tier_2", 0.0));
        faulty.put("channel", new Shape.Linear(1, 0, 0));
        faulty.put(
                "device", levels(0, 0, Set.of("tablet"), "phone", 0.0, "tv", Double.NEGATIVE_INFINITY, "console", 0.0));
        faulty.put("weekend", new Shape.Flag(Double.NaN, Double.NaN));
        faulty.put("weekday", new Shape.Flag(1, 0));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> ConversionModel.of("m", " ", SCHEMA, Double.NEGATIVE_INFINITY, faulty))
                .withMessage("""
                        model "m"  : its name or version is not valid: expected a text that is not blank, of at most 500 characters and without control characters
                          the intercept is -Infinity; every number must be finite
                          shape of signal "account_age": slope is NaN; every number must be finite
                          shape of signal "account_age": centre is Infinity; every number must be finite
                          shape of signal "content_hours": kind is flag; expected a shape for a numeric signal
                          signal "referrals" has no shape
                          shape of signal "price_change": kind is levels; expected a shape for a numeric signal
                          shape of signal "country_tier": unseen is NaN; every number must be finite
                          shape of signal "country_tier": values is given for [tier_1, tier_2]; expected the levels of the schema, [tier_1, tier_2, tier_3]
                          shape of signal "channel": kind is linear; expected a shape for a categorical signal
                          shape of signal "device": values/tv is -Infinity; every number must be finite
                          shape of signal "device": not_estimated is [tablet]; expected levels that have the value of the first one, 0.0
                          shape of signal "weekend": missing is NaN; every number must be finite
                          shape of signal "weekend": true is NaN; every number must be finite
                          there is a shape of "weekday", which is not in schema "trial-signals" 3""");
    }

    @Test
    void aShapeOfAFlagIsNeitherALineNorLevels() {
        SignalSchema schema = SignalSchema.of("flags", "1", Signal.flag("weekend"));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> ConversionModel.of("m", "1", schema, 0, Map.of("weekend", new Shape.Linear(1, 0, 0))))
                .withMessage("model \"m\" 1: shape of signal \"weekend\": kind is linear; expected a shape for a flag");
    }

    @Test
    void modelCannotBeChangedThroughWhatItWasMadeOfOrWhatItGives() {
        Map<String, Double> values = new LinkedHashMap<>(Map.of("month", 1.0));
        Shape.Levels levels = new Shape.Levels(values, 0, 0, Set.of());
        Map<String, Shape> shapes = new LinkedHashMap<>(Map.of("plan", levels));
        SignalSchema schema = SignalSchema.of("plans", "1", Signal.categorical("plan", "month"));
        ConversionModel model = ConversionModel.of("m", "1", schema, 0, shapes);

        values.put("month", 9.0);
        shapes.clear();

        assertThat(Fixtures.score(model, Map.of("plan", "month")).logOdds()).isEqualTo(1);
        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> model.shapes().clear());
        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> levels.values().clear());
        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> schema.declared().clear());
    }
}
