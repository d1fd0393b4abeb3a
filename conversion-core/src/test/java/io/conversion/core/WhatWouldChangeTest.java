package io.conversion.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.conversion.core.Change.CannotReach;
import io.conversion.core.Change.NotObserved;
import io.conversion.core.Change.Reaches;
import io.conversion.core.shapes.Shape;
import io.conversion.core.signals.CategoricalSignal;
import io.conversion.core.signals.FlagSignal;
import io.conversion.core.signals.NumericSignal;
import io.conversion.core.signals.Signal;
import io.conversion.core.signals.SignalSchema;
import io.conversion.core.signals.Signals;
import io.conversion.core.signals.WhenMissing;
import io.conversion.core.signals.WhenUnseen;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The log-odds of the examples are binary fractions, so all sums are exact; the target 0.5 is at log-odds 0. */
class WhatWouldChangeTest {

    private static final NumericSignal SESSIONS =
            Signal.numeric("sessions").wholeNumbers().range(0, 100).actionable();
    private static final NumericSignal HOURS = Signal.numeric("hours")
            .range(0, 168)
            .whenMissing(WhenMissing.IMPUTE)
            .actionable();
    private static final FlagSignal REMINDED = Signal.flag("reminded").actionable();
    private static final CategoricalSignal PLAN = Signal.categorical("plan", "month", "quarter", "year", "decade")
            .whenUnseen(WhenUnseen.average())
            .actionable();
    private static final NumericSignal AGE = Signal.numeric("age");
    private static final FlagSignal SECRET = Signal.flag("secret").hidden();

    private static final SignalSchema SCHEMA =
            SignalSchema.of("offers", "1", SESSIONS, HOURS, REMINDED, PLAN, AGE, SECRET);

    private static final ConversionModel MODEL = ConversionModel.of(
            "offers",
            "1",
            SCHEMA,
            -3,
            Map.of(
                    "sessions", new Shape.Linear(0.25, 0, 0),
                    "hours", new Shape.Linear(-0.5, 2, -0.125),
                    "reminded", new Shape.Flag(1, 0),
                    "plan",
                            Fixtures.levels(
                                    0.5,
                                    0,
                                    Set.of("decade"),
                                    "month",
                                    0.0,
                                    "quarter",
                                    1.5,
                                    "year",
                                    2.25,
                                    "decade",
                                    0.0),
                    "age", new Shape.Linear(1, 0, 0),
                    "secret", new Shape.Flag(8, 0)));

    private static List<Change> ask(double target, Object... values) {
        Map<String, Object> user = new LinkedHashMap<>();
        for (int i = 0; i < values.length; i += 2) {
            user.put((String) values[i], values[i + 1]);
        }
        user.putIfAbsent("age", 0);
        user.putIfAbsent("secret", false);
        return MODEL.scorer()
                .whatWouldChange(SCHEMA.read(user).orElseThrow(), target)
                .orElseThrow();
    }

    /** The user has log-odds -3 + 1 - 0.5 (4 - 2) + 0 + 1.5 = -1.5: what is lacking is 1.5. */
    @Test
    void smallestChangeOfEachActionableSignalAloneIsAnswered() {
        List<Change> changes = ask(0.5, "sessions", 4, "hours", 4, "reminded", false, "plan", "quarter");

        assertThat(changes)
                .containsExactly(
                        // 6 sessions more, 0.25 each.
                        new Reaches(SESSIONS, 4.0, 10.0, 0.5),
                        // 3 hours less, 0.5 each; log-odds of -2^-52 have a probability that is rounded to 0.5.
                        new Reaches(HOURS, 4.0, 1 + 0x1p-51, 0.5),
                        // 1 / (1 + exp(0.5)), of 50 digits
                        new CannotReach(REMINDED, false, true, 0.3775406687981454),
                        // 1 / (1 + exp(0.75)), of 50 digits
                        new CannotReach(PLAN, "quarter", "year", 0.320821300824607));
    }

    /** The user has log-odds -0.75: a fraction of a session is no session, and a level may be more than is asked. */
    @Test
    void wholeNumbersAndLevelsReachTheTargetOrMore() {
        List<Change> changes = ask(0.5, "sessions", 5, "hours", 0, "reminded", false, "plan", "month");

        assertThat(changes)
                .containsExactly(
                        new Reaches(SESSIONS, 5.0, 8.0, 0.5),
                        // Fewer than no hours there are not.
                        new CannotReach(HOURS, 0.0, 0.0, 0.320821300824607),
                        // 1 / (1 + exp(-0.25)), of 50 digits
                        new Reaches(REMINDED, false, true, 0.5621765008857981),
                        // 1 / (1 + exp(-0.75)), of 50 digits: the nearest level, not the best
                        new Reaches(PLAN, "month", "quarter", 0.679178699175393));
    }

    @Test
    void answerOfANumberIsExactToTheLastBit() {
        double target = 0.3;

        Reaches hours = (Reaches) ask(target, "sessions", 4, "hours", 9, "reminded", true, "plan", "quarter")
                .get(1);

        assertThat(probability(4, (double) hours.to())).isGreaterThanOrEqualTo(target);
        assertThat(probability(4, Math.nextUp((double) hours.to()))).isLessThan(target);
    }

    private static double probability(double sessions, double hours) {
        return MODEL.scorer()
                .score(SCHEMA.signals()
                        .set("sessions", sessions)
                        .set("hours", hours)
                        .set("reminded", true)
                        .set("plan", "quarter")
                        .set("age", 0)
                        .set("secret", false)
                        .build())
                .probability();
    }

    @Test
    void scoreThatReachesTheTargetNeedsNoChange() {
        List<Change> changes = ask(0.5, "sessions", 10, "hours", 4, "reminded", false, "plan", "quarter");

        assertThat(changes)
                .containsExactly(
                        new Reaches(SESSIONS, 10.0, 10.0, 0.5),
                        new Reaches(HOURS, 4.0, 4.0, 0.5),
                        new Reaches(REMINDED, false, false, 0.5),
                        new Reaches(PLAN, "quarter", "quarter", 0.5));
    }

    /** The user has log-odds -3 - 0.125 + 1 + 0.5: true is better than false, so there is nothing to be had of it. */
    @Test
    void signalWithoutAnObservedValueHasNothingToChange() {
        List<Change> changes = ask(0.5, "sessions", 0, "reminded", true, "plan", "week");

        assertThat(changes)
                .containsExactly(
                        new Reaches(SESSIONS, 0.0, 7.0, probability(0.125)),
                        new NotObserved(HOURS),
                        new CannotReach(REMINDED, true, true, probability(-1.625)),
                        new NotObserved(PLAN));
    }

    private static double probability(double logOdds) {
        ConversionModel identity = Fixtures.identity();
        return identity.scorer()
                .score(identity.schema().signals().set("s0", logOdds).build())
                .probability();
    }

    @Test
    void levelWithoutAnEstimateIsNeverTheAnswer() {
        SignalSchema schema = SignalSchema.of(
                "plans", "1", Signal.categorical("plan", "b", "a", "rare").actionable());
        ConversionModel model = ConversionModel.of(
                "plans",
                "1",
                schema,
                0,
                Map.of("plan", Fixtures.levels(0, 0, Set.of("rare"), "b", 1.0, "a", 0.0, "rare", 1.0)));
        Signals rare = schema.signals().set("plan", "rare").build();
        Signals a = schema.signals().set("plan", "a").build();

        assertThat(model.scorer().whatWouldChange(a, 0.6).orElseThrow())
                .containsExactly(new Reaches(schema.at(0), "a", "b", probability(1)));
        assertThat(model.scorer().whatWouldChange(rare, 0.9).orElseThrow())
                .containsExactly(new CannotReach(schema.at(0), "rare", "rare", probability(1)));
    }

    @ParameterizedTest
    @CsvSource(useHeadersInDisplayName = true, textBlock = """
                    slope, range,  from, best
                    1,     5,      -5,   5
                    -1,    5,      5,    -5
                    0,     5,      2,    2
                    1,     1e300,  0,
                    """)
    void endOfTheRangeIsAllThereIsToReach(double slope, double range, double from, Double best) {
        NumericSignal signal = Signal.numeric("x").range(-range, range).actionable();
        SignalSchema schema = SignalSchema.of("one", "1", signal);
        ConversionModel model = ConversionModel.of("one", "1", schema, 0, Map.of("x", new Shape.Linear(slope, 0, 0)));

        List<Change> changes = model.scorer()
                .whatWouldChange(schema.signals().set("x", from).build(), 1)
                .orElseThrow();

        if (best == null) {
            assertThat(changes)
                    .first()
                    .isInstanceOfSatisfying(
                            Reaches.class,
                            reaches -> assertThat((double) reaches.to()).isBetween(36.0, 40.0));
        } else {
            assertThat(changes).containsExactly(new CannotReach(signal, from, best, probability(Math.abs(slope) * 5)));
        }
    }

    /** Log-odds of about -2^-52 have a probability that is rounded to 0.5. */
    @Test
    void signalWithoutARangeReachesWhateverADoubleCan() {
        NumericSignal signal = Signal.numeric("x").actionable();
        SignalSchema schema = SignalSchema.of("one", "1", signal);
        ConversionModel model =
                ConversionModel.of("one", "1", schema, 0, Map.of("x", new Shape.Linear(-0x1p-1000, 0, 0)));

        List<Change> changes = model.scorer()
                .whatWouldChange(schema.signals().set("x", 0x1p1000).build(), 0.5)
                .orElseThrow();

        assertThat(changes).first().isInstanceOfSatisfying(Reaches.class, reaches -> {
            assertThat((double) reaches.to()).isBetween(0x1p948, 0x1p949);
            assertThat(reaches.probability()).isEqualTo(0.5);
        });
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -0.1, 1.5, Double.NaN, Double.POSITIVE_INFINITY})
    void targetIsAProbabilityAboveZero(double target) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ask(target, "sessions", 4, "hours", 4, "reminded", false, "plan", "quarter"))
                .withMessage("the target probability is " + target + "; it must be above 0 and at most 1");
    }
}
