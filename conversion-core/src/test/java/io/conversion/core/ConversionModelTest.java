package io.conversion.core;

import static io.conversion.core.Fixtures.MODEL;
import static io.conversion.core.Fixtures.SCHEMA;
import static io.conversion.core.Fixtures.levels;
import static io.conversion.core.Fixtures.shapes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.conversion.core.shapes.Shape;
import io.conversion.core.signals.NumericSignal;
import io.conversion.core.signals.Signal;
import io.conversion.core.signals.SignalSchema;
import io.conversion.core.signals.Signals;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConversionModelTest {

    @Test
    void modelShowsItsParts() {
        assertThat(MODEL.name()).isEqualTo("trial-conversion");
        assertThat(MODEL.version()).isEqualTo("2026-11");
        assertThat(MODEL.schema()).isSameAs(SCHEMA);
        assertThat(MODEL.intercept()).isEqualTo(-1.1);
        assertThat(MODEL.shapes()).isEqualTo(shapes());
        assertThat(MODEL.weights()).isEqualTo(Fixtures.weights());
        assertThat(MODEL.referenceUser())
                .isEqualTo(SCHEMA.read(Fixtures.referenceUser()).orElseThrow());
        assertThat(MODEL.minimumEvidence()).isEqualTo(new MinimumEvidence(Set.of("content_hours", "device"), 0.25));
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

        ConversionModel model = Fixtures.model(-1.1, shapes).build();

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
    void weightsReferenceUserAndMinimumMustFitTheSchema() {
        Map<String, Double> weights = new LinkedHashMap<>(Map.of("weekday", 1.0));
        weights.put("account_age", -0.5);
        weights.put("content_hours", Double.NaN);
        weights.put("weekend", Double.POSITIVE_INFINITY);
        Signals imputed =
                SCHEMA.read(Fixtures.userWithout("weekend", "channel")).orElseThrow();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> ConversionModel.builder("m", "1", SCHEMA)
                        .shapes(shapes())
                        .weights(weights)
                        .referenceUser(imputed)
                        .minimumEvidence(MinimumEvidence.of(0, "devices", "age"))
                        .build())
                .withMessage("""
                        model "m" 1: the weight of signal "account_age" is -0.5; it must be a finite number of at least 0
                          the weight of signal "content_hours" is NaN; it must be a finite number of at least 0
                          the weight of signal "weekend" is Infinity; it must be a finite number of at least 0
                          there is a weight of "weekday", which is not in schema "trial-signals" 3
                          signal "age" is required as evidence and is not in schema "trial-signals" 3
                          signal "devices" is required as evidence and is not in schema "trial-signals" 3; did you mean "device"?
                          signal "channel" of the reference user was not observed; each one must have a value of its own""");
    }

    @Test
    void referenceUserHasSignalsOfTheSameSchema() {
        SignalSchema other = SignalSchema.of("other", "2", Signal.flag("weekend"));
        Signals stranger = other.signals().set("weekend", true).build();

        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        Fixtures.model(0, shapes()).referenceUser(stranger).build())
                .withMessage("model \"trial-conversion\" 2026-11: the reference user has signals of schema"
                        + " \"other\" 2, not of \"trial-signals\" 3");
    }

    /** The centres are 30 of 0 to 3650, 6.5 of 0 to 168, 0, and 1.3. */
    @Test
    void modelMadeByHandHasTheDefaultsOfItsBuilder() {
        ConversionModel byHand = ConversionModel.of("m", "1", SCHEMA, -1.1, shapes());

        assertThat(byHand.weights().values()).hasSize(8).containsOnly(1.0);
        assertThat(byHand.minimumEvidence()).isEqualTo(MinimumEvidence.NONE);
        assertThat(byHand.referenceUser())
                .hasToString("\"trial-signals\" 3 {account_age=30, content_hours=6.5, referrals=0, price_change=1.3,"
                        + " country_tier=tier_1, channel=search, device=phone, weekend=false}");
    }

    @ParameterizedTest
    @CsvSource(useHeadersInDisplayName = true, textBlock = """
                    whole, min, max, centre, reference
                    true,  0,   9,   4.4,    4
                    true,  0,   9,   -3,     0
                    true,  0,   9,   99,     9
                    false, 0,   9,   4.4,    4.4
                    false, 0.5, 9,   0.25,   0.5
                    """)
    void referenceUserOfAModelMadeByHandIsAsNearToTheCentreAsItsSignalAllows(
            boolean whole, double min, double max, double centre, double reference) {
        NumericSignal visits = Signal.numeric("visits").range(min, max);
        SignalSchema schema = SignalSchema.of("visits", "1", whole ? visits.wholeNumbers() : visits);

        ConversionModel model =
                ConversionModel.of("m", "1", schema, 0, Map.of("visits", new Shape.Linear(1, centre, 0)));

        assertThat(model.referenceUser().number("visits")).hasValue(reference);
    }

    @Test
    void minimumOfACopyIsItsOwn() {
        ConversionModel strict = MODEL.minimumEvidence(MinimumEvidence.of(1));

        assertThat(strict.minimumEvidence()).isEqualTo(MinimumEvidence.of(1));
        assertThat(strict.reference().digest()).isNotEqualTo(MODEL.reference().digest());
        assertThat(strict.minimumEvidence(MODEL.minimumEvidence()).reference()).isEqualTo(MODEL.reference());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MODEL.minimumEvidence(MinimumEvidence.of(0, "gadget")))
                .withMessage("model \"trial-conversion\" 2026-11: signal \"gadget\" is required as evidence and is not"
                        + " in schema \"trial-signals\" 3");
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.001, 1.001, Double.NaN})
    void minimumIsAShare(double share) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MinimumEvidence.of(share))
                .withMessage("the smallest observed share is " + share + "; it must be a number from 0 to 1");
    }

    @Test
    void minimumOfNothingIsNone() {
        assertThat(MinimumEvidence.of(-0.0)).isEqualTo(MinimumEvidence.NONE);
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
