package io.conversion.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.conversion.core.ConversionModel;
import io.conversion.core.Score;
import io.conversion.core.signals.CategoricalSignal;
import io.conversion.core.signals.Evidence.Rule;
import io.conversion.core.signals.Evidence.Substitution;
import io.conversion.core.signals.NumericSignal;
import io.conversion.core.signals.Signal;
import io.conversion.core.signals.WhenMissing;
import io.conversion.core.signals.WhenUnseen;
import io.conversion.model.data.DataSet;
import io.conversion.model.data.InvalidDataException;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Levels that the training rows say too little about, or that have rows only by a rule. */
class RareLevelsTest {

    private static final NumericSignal SESSIONS = Signal.numeric("sessions");
    private static final NumericSignal HOURS = Signal.numeric("hours").whenMissing(WhenMissing.IMPUTE);
    private static final CategoricalSignal PLAN =
            Signal.categorical("plan", "basic", "family", "student", "trial").whenMissing(WhenMissing.IMPUTE);
    private static final LogisticTrainer TRAINER = LogisticTrainer.linear();

    @ParameterizedTest
    @ValueSource(doubles = {0, 1})
    void levelThatUnseenOnesScoreAsIsEstimatedFromTheirRows(double penalty) {
        CategoricalSignal buckets = Signal.categorical("plan", "basic", "family", "other")
                .whenUnseen(WhenUnseen.level("other"))
                .whenMissing(WhenMissing.IMPUTE);
        LabelledUsers users = LabelledUsers.trial(SESSIONS, buckets);
        LabelledUsers named = users.with(
                "plan",
                user -> Set.of("student", "trial").contains(user.getOrDefault("plan", ""))
                        ? "other"
                        : user.get("plan"));

        TrainingResult result = TRAINER.penalty(penalty).train(users.dataSet());
        TrainingResult expected = TRAINER.penalty(penalty).train(named.dataSet());
        ConversionModel model = result.overridingRefusals("a test").publish("model", "1");

        ReferenceFit.assertSameFit(result, expected);
        assertThat(result.diagnostics().leftOut()).isEmpty();
        assertThat(result.diagnostics().warnings()).isEmpty();
        assertThat(score(model, Map.of("sessions", 3, "plan", "other"))
                        .evidence()
                        .isComplete())
                .isTrue();
    }

    @Test
    void columnWithNothingButUnseenLevelsIsRefusedByItsName() {
        LabelledUsers users = LabelledUsers.trial(
                        SESSIONS, Signal.categorical("plan", "gold", "silver").whenUnseen(WhenUnseen.average()))
                .with("plan", user -> "gift");

        assertThatExceptionOfType(InvalidDataException.class)
                .isThrownBy(() -> TRAINER.train(users.dataSet()))
                .withMessage("signal \"plan\" has none of its levels in the training rows; correct the levels of its"
                        + " schema");
    }

    @Test
    void leftOutLevelScoresAsTheFirstLevelAndShowsInTheEvidence() {
        LabelledUsers users = LabelledUsers.trial(SESSIONS, PLAN);
        ConversionModel model = TRAINER.penalty(0)
                .train(users.dataSet())
                .overridingRefusals("a test")
                .publish("model", "1");

        Score trial = score(model, Map.of("sessions", 3, "plan", "trial"));

        assertThat(trial.logOdds())
                .isEqualTo(score(model, Map.of("sessions", 3, "plan", "basic")).logOdds());
        assertThat(trial.evidence().substitutions())
                .containsExactly(new Substitution("plan", Rule.NOT_ESTIMATED, "trial"));
        assertThat(score(model, Map.of("sessions", 3, "plan", "family"))
                        .evidence()
                        .isComplete())
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void levelWithoutTrainingRowsScoresAsTheFirstLevel(boolean allLevels) {
        LabelledUsers users = LabelledUsers.trial(
                SESSIONS,
                Signal.categorical("plan", "basic", "family", "student", "trial", "gift")
                        .whenMissing(WhenMissing.IMPUTE));

        TrainingResult result = TRAINER.allLevels(allLevels).train(users.dataSet());
        ConversionModel model = result.overridingRefusals("a test").publish("model", "1");
        Score gift = score(model, Map.of("sessions", 3, "plan", "gift"));

        assertThat(result.diagnostics().warnings())
                .contains("level \"gift\" of signal \"plan\" has no training row; it scores as the first level");
        assertThat(gift.logOdds())
                .isEqualTo(score(model, Map.of("sessions", 3, "plan", "basic")).logOdds());
        assertThat(gift.evidence().signals(Rule.NOT_ESTIMATED)).containsExactly("plan");
    }

    @Test
    void levelWithoutTrainingRowsChangesNoOtherEstimate() {
        LabelledUsers without = LabelledUsers.trial(SESSIONS, HOURS, PLAN);
        LabelledUsers with = LabelledUsers.trial(
                SESSIONS,
                HOURS,
                Signal.categorical("plan", "basic", "gift", "family", "student", "trial")
                        .whenMissing(WhenMissing.IMPUTE));

        TrainingResult expected = TRAINER.train(without.dataSet());
        TrainingResult result = TRAINER.train(with.dataSet());

        assertThat(result.intercept()).isCloseTo(expected.intercept(), ReferenceFit.ROUNDING);
        assertThat(result.coefficients())
                .filteredOn(coefficient -> !coefficient.column().equals("plan=gift"))
                .zipSatisfy(expected.coefficients(), (actual, other) -> {
                    assertThat(actual.column()).isEqualTo(other.column());
                    assertThat(actual.value()).isCloseTo(other.value(), ReferenceFit.ROUNDING);
                });
        assertThat(result.coefficients()).contains(new Coefficient("plan=gift", 0));
    }

    @Test
    void firstLevelWithoutTrainingRowsIsWarnedOf() {
        LabelledUsers users = LabelledUsers.trial(
                SESSIONS,
                Signal.categorical("plan", "gift", "basic", "family", "student", "trial")
                        .whenMissing(WhenMissing.IMPUTE));

        TrainingResult result = TRAINER.train(users.dataSet());

        assertThat(result.diagnostics().warnings())
                .contains("level \"gift\" of signal \"plan\" has no training row, though the others are compared with"
                        + " it");
        ReferenceFit.assertOptimum(result, users, new ReferenceDesign(users, true, false));
    }

    @Test
    void withoutAPenaltyAColumnForTheFirstLevelChangesNoScore() {
        LabelledUsers users = LabelledUsers.trial(SESSIONS, HOURS, PLAN);
        DataSet data = users.dataSet();

        ConversionModel usual =
                TRAINER.penalty(0).train(data).overridingRefusals("a test").publish("model", "1");
        ConversionModel model = TRAINER.penalty(0)
                .allLevels(true)
                .train(data)
                .overridingRefusals("a test")
                .publish("model", "1");

        for (int i = 0; i < data.rows(); i++) {
            assertThat(model.scorer().score(data.signals(i)).logOdds())
                    .isCloseTo(usual.scorer().score(data.signals(i)).logOdds(), ReferenceFit.ROUNDING);
        }
    }

    private static Score score(ConversionModel model, Map<String, ?> values) {
        return model.scorer().score(model.schema().read(values).orElseThrow());
    }
}
