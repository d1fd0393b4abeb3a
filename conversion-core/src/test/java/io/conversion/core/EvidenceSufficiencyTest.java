package io.conversion.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.conversion.core.shapes.Shape;
import io.conversion.core.signals.Evidence;
import io.conversion.core.signals.Evidence.Rule;
import io.conversion.core.signals.Evidence.Substitution;
import io.conversion.core.signals.Signal;
import io.conversion.core.signals.SignalSchema;
import io.conversion.core.signals.WhenMissing;
import io.conversion.core.signals.WhenOutOfRange;
import io.conversion.core.signals.WhenUnseen;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EvidenceSufficiencyTest {

    private static final SignalSchema SCHEMA = SignalSchema.of(
            "trial",
            "1",
            Signal.numeric("hours")
                    .range(0, 168)
                    .whenMissing(WhenMissing.IMPUTE)
                    .whenOutOfRange(WhenOutOfRange.CLIP),
            Signal.categorical("plan", "month", "year", "decade")
                    .whenMissing(WhenMissing.IMPUTE)
                    .whenUnseen(WhenUnseen.average()),
            Signal.flag("weekend").whenMissing(WhenMissing.IMPUTE));

    private static final Map<String, Shape> SHAPES = Map.of(
            "hours", new Shape.Linear(0.5, 3, 0),
            "plan", Fixtures.levels(0.25, 0, Set.of("decade"), "month", 0.0, "year", 0.5, "decade", 0.0),
            "weekend", new Shape.Flag(0.25, 0));

    private static ConversionModelBuilder model() {
        return ConversionModel.builder("trial", "1", SCHEMA)
                .shapes(SHAPES)
                .weights(Map.of("hours", 1.5, "plan", 2.0, "weekend", 0.5));
    }

    private static Map<String, Object> user(@Nullable String hours, @Nullable String plan, @Nullable String weekend) {
        Map<String, Object> user = new LinkedHashMap<>();
        if (hours != null) {
            user.put("hours", Double.valueOf(hours));
        }
        if (plan != null) {
            user.put("plan", plan);
        }
        if (weekend != null) {
            user.put("weekend", Boolean.valueOf(weekend));
        }
        return user;
    }

    /** Of the weights 1.5, 2 and 0.5, which are 4 together. */
    @ParameterizedTest
    @CsvSource(useHeadersInDisplayName = true, textBlock = """
                    hours, plan,   weekend, share
                    2,     month,  true,    1
                    200,   month,  false,   1
                    -5,    year,   false,   1
                    2,     month,  ,        0.875
                    ,      month,  true,    0.625
                    200,   month,  ,        0.875
                    2,     ,       true,    0.5
                    2,     week,   true,    0.5
                    2,     decade, true,    0.5
                    2,     decade, ,        0.375
                    ,      week,   true,    0.125
                    ,      ,       ,        0
                    """)
    void observedShareIsThatOfTheWeightsOfObservedSignals(String hours, String plan, String weekend, double share) {
        Evidence evidence =
                Fixtures.score(model().build(), user(hours, plan, weekend)).evidence();

        assertThat(evidence.observedShare()).isEqualTo(share);
        assertThat(evidence.isSufficient()).isTrue();
        assertThat(evidence.shortfalls()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(useHeadersInDisplayName = true, textBlock = """
                    minimum, sufficient
                    0,       true
                    0.5,     true
                    0.625,   true
                    0.626,   false
                    1,       false
                    """)
    void shareMustReachTheMinimum(double minimum, boolean sufficient) {
        ConversionModel model =
                model().minimumEvidence(MinimumEvidence.of(minimum)).build();

        Evidence evidence = Fixtures.score(model, user(null, "month", "true")).evidence();

        assertThat(evidence.isSufficient()).isEqualTo(sufficient);
        assertThat(evidence.shortfalls())
                .isEqualTo(
                        sufficient
                                ? List.of()
                                : List.of("observed signals carry 0.625 of the model's weight; at least " + minimum
                                        + " is required"));
    }

    @Test
    void everyShortfallIsASentence() {
        ConversionModel model = model().minimumEvidence(MinimumEvidence.of(0.75, "plan", "hours", "weekend"))
                .build();

        Evidence evidence = Fixtures.score(model, user(null, "decade", "true")).evidence();

        assertThat(evidence)
                .isEqualTo(new Evidence(
                        List.of(
                                new Substitution("hours", Rule.MISSING, ""),
                                new Substitution("plan", Rule.NOT_ESTIMATED, "decade")),
                        0.125,
                        List.of(
                                "signal \"hours\" is required as evidence and was not observed",
                                "signal \"plan\" is required as evidence and was not observed",
                                "observed signals carry 0.125 of the model's weight; at least 0.75 is required")));
        assertThat(evidence.isSufficient()).isFalse();
    }

    @ParameterizedTest
    @CsvSource(useHeadersInDisplayName = true, textBlock = """
                    hours, plan,   weekend, sufficient
                    2,     month,  true,    true
                    200,   month,  ,        true
                    2,     week,   true,    false
                    2,     decade, true,    false
                    2,     ,       true,    false
                    ,      year,   true,    false
                    """)
    void requiredSignalIsObservedIfItsOwnValueOrTheEndOfItsRangeWasScored(
            String hours, String plan, String weekend, boolean sufficient) {
        ConversionModel model =
                model().minimumEvidence(MinimumEvidence.of(0, "hours", "plan")).build();

        Evidence evidence = Fixtures.score(model, user(hours, plan, weekend)).evidence();

        assertThat(evidence.isSufficient()).isEqualTo(sufficient);
        assertThat(evidence.shortfalls()).hasSize(sufficient ? 0 : 1);
    }

    @Test
    void signalsWithoutWeightCarryEverythingTogether() {
        ConversionModel model = model().weights(Map.of("hours", 0.0, "plan", 0.0, "weekend", 0.0))
                .minimumEvidence(MinimumEvidence.of(1))
                .build();

        Evidence evidence = Fixtures.score(model, Map.of()).evidence();

        assertThat(evidence.observedShare()).isEqualTo(1);
        assertThat(evidence.isSufficient()).isTrue();
    }

    /** 0.1 + 0.2 + 0.3 is no multiple of 0.1: only because both sums are the same is the share 1. */
    @Test
    void shareIsExactlyOneWhereClippedSignalsAreAllThatWasReplaced() {
        ConversionModel model = model().weights(Map.of("hours", 0.1, "plan", 0.2, "weekend", 0.3))
                .minimumEvidence(MinimumEvidence.of(1))
                .build();

        Evidence evidence = Fixtures.score(model, user("200", "month", "true")).evidence();

        assertThat(evidence.observedShare()).isEqualTo(1);
        assertThat(evidence.isComplete()).isFalse();
        assertThat(evidence.isSufficient()).isTrue();
    }

    @Test
    void shareIsOneWhereTheSumOfAllWeightsOverflows() {
        ConversionModel model = model().weights(Map.of("hours", 1e308, "plan", 1e308, "weekend", 0.5))
                .build();

        Evidence evidence = Fixtures.score(model, user("200", "month", "true")).evidence();

        assertThat(evidence.observedShare()).isEqualTo(1);
        assertThat(evidence.isSufficient()).isTrue();
    }

    @Test
    void cleanScoreHasTheSharedEvidence() {
        ConversionModel model = model().minimumEvidence(MinimumEvidence.of(1, "hours", "plan", "weekend"))
                .build();

        Evidence evidence = Fixtures.score(model, user("2", "year", "true")).evidence();

        assertThat(evidence)
                .isSameAs(Evidence.COMPLETE)
                .isSameAs(Fixtures.score(Fixtures.MODEL, Fixtures.user()).evidence());
        assertThat(evidence.isSufficient()).isTrue();
        assertThat(evidence.observedShare()).isEqualTo(1);
    }

    @Test
    void batchTellsSufficiencyRowByRow() {
        ConversionModel model =
                model().minimumEvidence(MinimumEvidence.of(0.6, "plan")).build();
        SignalBatch batch = SignalBatch.of(
                SCHEMA,
                Map.of(
                        "hours", SignalColumn.orMissing(2, Double.NaN, 200, 2, Double.POSITIVE_INFINITY),
                        "plan", SignalColumn.levels("month", "year", "month", "decade", "month"),
                        "weekend", SignalColumn.flags(true, true, true, true, true)));

        ScoredBatch scored = model.scorer().score(batch);

        assertThat(scored.isSufficient(0)).isTrue();
        assertThat(scored.isSufficient(1)).isTrue();
        assertThat(scored.isSufficient(2)).isTrue();
        assertThat(scored.isSufficient(3)).isFalse();
        assertThat(scored.isSufficient(4)).isFalse();
    }
}
