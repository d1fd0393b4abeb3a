package io.conversion.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.conversion.core.ConversionModel;
import io.conversion.core.MinimumEvidence;
import io.conversion.core.ProbabilityInterval;
import io.conversion.core.Score;
import io.conversion.core.shapes.Covariance;
import io.conversion.core.shapes.Shape;
import io.conversion.core.shapes.ShapeNumber;
import io.conversion.core.signals.Signal;
import io.conversion.core.signals.SignalSchema;
import io.conversion.core.signals.WhenMissing;
import io.conversion.core.signals.WhenOutOfRange;
import io.conversion.core.signals.WhenUnseen;
import io.conversion.policy.Condition.AllOf;
import io.conversion.policy.Condition.Extrapolated;
import io.conversion.policy.Condition.FlagIs;
import io.conversion.policy.Condition.InsufficientEvidence;
import io.conversion.policy.Condition.IntervalContains;
import io.conversion.policy.Condition.LevelIn;
import io.conversion.policy.Condition.Missing;
import io.conversion.policy.Condition.NumberIs;
import io.conversion.policy.Condition.ObservedShareBelow;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConditionTest {

    private static final SignalSchema SCHEMA = SignalSchema.of(
            "trial",
            "1",
            Signal.numeric("hours")
                    .range(0, 20)
                    .whenOutOfRange(WhenOutOfRange.CLIP)
                    .whenMissing(WhenMissing.IMPUTE),
            Signal.categorical("plan", "month", "year")
                    .whenMissing(WhenMissing.IMPUTE)
                    .whenUnseen(WhenUnseen.average()),
            Signal.flag("weekend").whenMissing(WhenMissing.IMPUTE));

    private static final ConversionModel MODEL = ConversionModel.builder("trial", "1", SCHEMA)
            .shapes(Map.of(
                    "hours", new Shape.Linear(1, 0, 0),
                    "plan", new Shape.Levels(Map.of("month", 0.0, "year", 1.0), 0.5, 0, Set.of()),
                    "weekend", new Shape.Flag(1, 0)))
            .weights(Map.of("hours", 2.0))
            .minimumEvidence(MinimumEvidence.of(0, "plan"))
            .build();

    @ParameterizedTest
    @CsvSource(useHeadersInDisplayName = true, textBlock = """
                    hours, <,     <=,    >,     >=,    ==,    !=
                    2.9,   true,  true,  false, false, false, true
                    3,     false, true,  false, true,  true,  false
                    3.1,   false, false, true,  true,  false, true
                    ,      false, false, false, false, false, false
                    """)
    void numberComparesAndAMissingOneNeverDoes(
            Double hours, boolean below, boolean atMost, boolean above, boolean atLeast, boolean equal, boolean other) {
        Score score = hours == null ? score(Map.of()) : score(Map.of("hours", hours));

        List<Boolean> holding = new ArrayList<>();
        for (Comparison comparison : Comparison.values()) {
            holding.add(new NumberIs("hours", comparison, 3).holds(score));
        }

        assertThat(holding).containsExactly(below, atMost, above, atLeast, equal, other);
    }

    @Test
    void comparisonWithNanNeverHolds() {
        for (Comparison comparison : Comparison.values()) {
            assertThat(comparison.holds(Double.NaN, 1)).as(comparison.symbol()).isFalse();
            assertThat(comparison.holds(1, Double.NaN)).as(comparison.symbol()).isFalse();
        }
    }

    @Test
    void clippedNumberComparesAsItIsScored() {
        Score score = score(Map.of("hours", 1000));

        assertThat(new NumberIs("hours", Comparison.EQUAL, 20).holds(score)).isTrue();
        assertThat(new NumberIs("hours", Comparison.ABOVE, 20).holds(score)).isFalse();
    }

    @ParameterizedTest
    @CsvSource(useHeadersInDisplayName = true, textBlock = """
                    plan,   in month, not in month, missing
                    month,  true,     false,        false
                    year,   false,    true,         false
                    decade, false,    true,         false
                    ,       false,    false,        true
                    """)
    void unseenLevelIsInNoSetAndAMissingOneNeitherInNorOut(String plan, boolean in, boolean notIn, boolean missing) {
        Score score = plan == null ? score(Map.of()) : score(Map.of("plan", plan));

        assertThat(LevelIn.of("plan", "month").holds(score)).isEqualTo(in);
        assertThat(LevelIn.noneOf("plan", "month").holds(score)).isEqualTo(notIn);
        assertThat(new Missing("plan").holds(score)).isEqualTo(missing);
    }

    @ParameterizedTest
    @CsvSource(useHeadersInDisplayName = true, textBlock = """
                    weekend, true,  false, missing
                    true,    true,  false, false
                    false,   false, true,  false
                    ,        false, false, true
                    """)
    void missingFlagIsNeitherTrueNorFalse(Boolean weekend, boolean isTrue, boolean isFalse, boolean missing) {
        Score score = weekend == null ? score(Map.of()) : score(Map.of("weekend", weekend));

        assertThat(new FlagIs("weekend", true).holds(score)).isEqualTo(isTrue);
        assertThat(new FlagIs("weekend", false).holds(score)).isEqualTo(isFalse);
        assertThat(new Missing("weekend").holds(score)).isEqualTo(missing);
    }

    @Test
    void evidenceIsComparedWithTheMinimumOfTheModelAndWithAShare() {
        Score withoutPlan = score(Map.of("hours", 3, "weekend", true));
        Score withoutHours = score(Map.of("plan", "year", "weekend", true));

        assertThat(new InsufficientEvidence().holds(withoutPlan)).isTrue();
        assertThat(new InsufficientEvidence().holds(withoutHours)).isFalse();
        assertThat(withoutHours.evidence().observedShare()).isEqualTo(0.5);
        assertThat(new ObservedShareBelow(0.5).holds(withoutHours)).isFalse();
        assertThat(new ObservedShareBelow(Math.nextUp(0.5)).holds(withoutHours)).isTrue();
    }

    @Test
    void intervalContainsItsEnds() {
        ConversionModel model = ConversionModel.builder(
                        "trial", "1", SignalSchema.of("s", "1", Signal.numeric("hours")))
                .shapes(Map.of("hours", new Shape.Linear(1, 0, 0)))
                .covariance(Covariance.of(List.of(ShapeNumber.INTERCEPT), new double[][] {{0.25}}))
                .build();
        Score score =
                model.scorer().score(model.schema().signals().set("hours", 0).build());
        ProbabilityInterval interval = score.interval(0.9).orElseThrow();

        assertThat(new IntervalContains(0.5, 0.9).holds(score)).isTrue();
        assertThat(new IntervalContains(interval.lower(), 0.9).holds(score)).isTrue();
        assertThat(new IntervalContains(interval.upper(), 0.9).holds(score)).isTrue();
        assertThat(new IntervalContains(Math.nextDown(interval.lower()), 0.9).holds(score))
                .isFalse();
        assertThat(new IntervalContains(Math.nextUp(interval.upper()), 0.9).holds(score))
                .isFalse();
    }

    @Test
    void modelWithoutACovarianceHasNoIntervalThatContainsAnything() {
        Score score = score(Map.of("hours", 0));

        assertThat(new IntervalContains(score.probability(), 0.95).holds(score)).isFalse();
    }

    @Test
    void allHoldOnlyIfEachDoes() {
        Condition few = new NumberIs("hours", Comparison.BELOW, 3);
        Condition weekend = new FlagIs("weekend", true);

        assertThat(AllOf.of(few, weekend).holds(score(Map.of("hours", 1, "weekend", true))))
                .isTrue();
        assertThat(AllOf.of(few, weekend).holds(score(Map.of("hours", 4, "weekend", true))))
                .isFalse();
        assertThat(AllOf.of(few, weekend).holds(score(Map.of("hours", 1, "weekend", false))))
                .isFalse();
    }

    @Test
    void signalThatTheSchemaDoesNotHaveIsAProgrammingError() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new NumberIs("clicks", Comparison.BELOW, 3).holds(score(Map.of())))
                .withMessage("schema \"trial\" 1 has no numeric signal \"clicks\"");
    }

    @Test
    void conditionsReadAsPeopleWriteThem() {
        Condition all = AllOf.of(
                new NumberIs("hours", Comparison.AT_MOST, 3),
                new NumberIs("hours", Comparison.DIFFERENT, 0.5),
                LevelIn.of("plan", "month", "year"),
                LevelIn.noneOf("plan", "decade"),
                new FlagIs("weekend", true),
                new Missing("plan"),
                new Extrapolated("hours"),
                new InsufficientEvidence(),
                new ObservedShareBelow(0.5),
                new IntervalContains(0.4, 0.95));

        assertThat(all)
                .hasToString(
                        "\"hours\" <= 3 and \"hours\" != 0.5 and \"plan\" in [month, year]"
                                + " and \"plan\" not in [decade] and \"weekend\" is true and \"plan\" is missing"
                                + " and \"hours\" is beyond the training rows and evidence is insufficient and observed share < 0.5 and 0.95 interval contains 0.4");
    }

    private static Score score(Map<String, ?> values) {
        return MODEL.scorer().score(SCHEMA.read(values).orElseThrow());
    }
}
