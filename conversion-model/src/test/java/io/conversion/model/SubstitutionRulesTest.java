package io.conversion.model;

import static io.conversion.model.ReferenceFit.assertFit;
import static io.conversion.model.ReferenceFit.assertOptimum;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.conversion.core.ConversionModel;
import io.conversion.core.Score;
import io.conversion.core.shapes.Shape;
import io.conversion.core.signals.CategoricalSignal;
import io.conversion.core.signals.Evidence.Rule;
import io.conversion.core.signals.Evidence.Substitution;
import io.conversion.core.signals.NumericSignal;
import io.conversion.core.signals.Signal;
import io.conversion.core.signals.SignalSchema;
import io.conversion.core.signals.WhenMissing;
import io.conversion.core.signals.WhenOutOfRange;
import io.conversion.core.signals.WhenUnseen;
import io.conversion.model.data.DataSet;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * What training makes of values that are missing, out of range or unseen, and of levels that it cannot estimate; the
 * numbers are those that {@code src/test/reference/logistic.py} prints.
 */
class SubstitutionRulesTest {

    private static final NumericSignal SESSIONS = Signal.numeric("sessions");
    private static final NumericSignal HOURS = Signal.numeric("hours").whenMissing(WhenMissing.IMPUTE);
    private static final CategoricalSignal PLAN =
            Signal.categorical("plan", "basic", "family", "student", "trial").whenMissing(WhenMissing.IMPUTE);
    private static final CategoricalSignal THREE_PLANS =
            Signal.categorical("plan", "basic", "family", "student").whenMissing(WhenMissing.IMPUTE);
    private static final LogisticTrainer TRAINER = LogisticTrainer.linear();

    @Test
    void missingValuesScoreAsMedianAndMode() {
        LabelledUsers users =
                LabelledUsers.trial(HOURS, PLAN, Signal.flag("weekend").whenMissing(WhenMissing.IMPUTE));
        ConversionModel model =
                TRAINER.train(users.dataSet()).overridingRefusals("a test").publish("model", "1");

        Score none = score(model, Map.of());

        assertThat(none.logOdds())
                .isCloseTo(
                        score(model, Map.of("hours", 2.75, "plan", "basic", "weekend", false))
                                .logOdds(),
                        within(1e-14));
        assertThat(none.evidence().signals(Rule.MISSING)).containsExactly("hours", "plan", "weekend");
    }

    @Test
    void firstOfTwoEquallyFrequentValuesIsImputed() {
        SignalSchema schema = SignalSchema.of(
                "ties",
                "1",
                Signal.categorical("plan", "basic", "family").whenMissing(WhenMissing.IMPUTE),
                Signal.flag("weekend").whenMissing(WhenMissing.IMPUTE),
                Signal.numeric("hours").whenMissing(WhenMissing.IMPUTE));
        DataSet data = DataSet.builder(schema)
                .add(Map.of("plan", "family", "weekend", true, "hours", 1), true)
                .add(Map.of("plan", "basic", "weekend", false, "hours", 4), false)
                .add(Map.of(), true)
                .build("converted");

        Map<String, Shape> shapes = TRAINER.train(data)
                .overridingRefusals("a test")
                .publish("model", "1")
                .shapes();

        assertThat(shapes.get("plan")).isInstanceOfSatisfying(Shape.Levels.class, plan -> {
            assertThat(plan.missing()).isZero();
            assertThat(plan.values().get("family")).isPositive();
        });
        assertThat(shapes.get("weekend")).isInstanceOfSatisfying(Shape.Flag.class, weekend -> {
            assertThat(weekend.missing()).isZero();
            assertThat(weekend.whenTrue()).isPositive();
        });
        assertThat(shapes.get("hours"))
                .isInstanceOfSatisfying(
                        Shape.Linear.class,
                        hours -> assertThat(hours.missing())
                                .isCloseTo(hours.slope() * (2.5 - hours.centre()), within(1e-15)));
    }

    @Test
    void valuesOutOfRangeAreClippedInTrainingAsInScoring() {
        LabelledUsers users = LabelledUsers.trial(SESSIONS.range(2, 6).whenOutOfRange(WhenOutOfRange.CLIP), HOURS);

        TrainingResult result = TRAINER.train(users.dataSet());

        assertFit(result, """
                intercept -0.5701528977468215
                sessions   0.1080757606509883
                hours     -0.815455039075425
                """);
        assertOptimum(result, users, new ReferenceDesign(users, true, false));
        assertThat(score(result.overridingRefusals("a test").publish("model", "1"), Map.of("sessions", 40, "hours", 1))
                        .evidence()
                        .substitutions())
                .containsExactly(new Substitution("sessions", Rule.CLIPPED, "40"));
    }

    @Test
    void unseenLevelIsTheShareOfEachLevel() {
        LabelledUsers users = LabelledUsers.trial(SESSIONS, THREE_PLANS.whenUnseen(WhenUnseen.average()));

        TrainingResult penalised = TRAINER.train(users.dataSet());
        TrainingResult unpenalised = TRAINER.penalty(0).train(users.dataSet());

        assertFit(penalised, """
                intercept    -0.7127124213368848
                sessions      0.08127062571111414
                plan=family   0.7910896975038914
                plan=student -0.04816195034829972
                """);
        assertFit(unpenalised, """
                intercept    -0.8450817618798795
                sessions      0.09424477427614526
                plan=family   1.112861523412946
                plan=student  0.06460230977916254
                """);
        assertOptimum(penalised, users, new ReferenceDesign(users, true, false));
        assertOptimum(unpenalised, users, new ReferenceDesign(users, true, false));
        // 23 rows are basic, 17 family and 14 student; a user who is none of them is 17/54 and 14/54 of the others.
        assertThat(penalised
                        .overridingRefusals("a test")
                        .publish("model", "1")
                        .shapes()
                        .get("plan"))
                .isInstanceOfSatisfying(
                        Shape.Levels.class,
                        plan -> assertThat(plan.unseen())
                                .isCloseTo(
                                        (17 * 0.7910896975038914 + 14 * -0.04816195034829972) / 54,
                                        ReferenceFit.ROUNDING));
    }

    @Test
    void unseenLevelIsTheLevelThatTheSchemaNames() {
        LabelledUsers asStudent = LabelledUsers.trial(SESSIONS, THREE_PLANS.whenUnseen(WhenUnseen.level("student")));
        LabelledUsers asBasic = LabelledUsers.trial(SESSIONS, THREE_PLANS.whenUnseen(WhenUnseen.level("basic")));

        TrainingResult student = TRAINER.train(asStudent.dataSet());
        TrainingResult basic = TRAINER.penalty(0).train(asBasic.dataSet());

        assertFit(student, """
                intercept    -0.7937471111110819
                sessions      0.05641418000989425
                plan=family   0.7422639691033515
                plan=student  0.34337709382998105
                """);
        assertFit(basic, """
                intercept    -0.6355263871011576
                sessions      0.09996209205552915
                plan=family   0.7633242625356117
                plan=student -0.3120478730904295
                """);
        assertOptimum(student, asStudent, new ReferenceDesign(asStudent, true, false));
        assertOptimum(basic, asBasic, new ReferenceDesign(asBasic, true, false));
        assertThat(score(
                                student.overridingRefusals("a test").publish("model", "1"),
                                Map.of("sessions", 3, "plan", "gift"))
                        .evidence()
                        .substitutions())
                .containsExactly(new Substitution("plan", Rule.UNSEEN, "gift"));
    }

    @Test
    void unseenLevelScoresAsALevelWithoutRowsDoes() {
        CategoricalSignal plan = Signal.categorical("plan", "a", "b", "c").whenUnseen(WhenUnseen.level("b"));
        DataSet.Builder users = DataSet.builder(SignalSchema.of("plans", "1", plan));
        for (int i = 0; i < 60; i++) {
            users.add(Map.of("plan", i % 2 == 0 ? "a" : "c"), i % 3 == 0 || i % 4 == 0);
        }

        ConversionModel model = LogisticTrainer.linear()
                .allLevels(true)
                .train(users.build("converted"))
                .overridingRefusals("a test")
                .publish("model", "1");

        assertThat(model.shapes().get("plan")).isInstanceOfSatisfying(Shape.Levels.class, levels -> {
            assertThat(levels.unseen())
                    .isEqualTo(levels.values().get("b"))
                    .isEqualTo(levels.values().get("a"));
            assertThat(levels.unseen()).isNotZero();
        });
    }

    private static Score score(ConversionModel model, Map<String, ?> values) {
        return model.scorer().score(model.schema().read(values).orElseThrow());
    }
}
