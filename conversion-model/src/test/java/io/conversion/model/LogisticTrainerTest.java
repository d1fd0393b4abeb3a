package io.conversion.model;

import static io.conversion.model.ReferenceFit.assertFit;
import static io.conversion.model.ReferenceFit.assertOptimum;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.conversion.core.signals.CategoricalSignal;
import io.conversion.core.signals.FlagSignal;
import io.conversion.core.signals.NumericSignal;
import io.conversion.core.signals.Signal;
import io.conversion.core.signals.SignalSchema;
import io.conversion.core.signals.WhenMissing;
import io.conversion.model.LeftOutColumn.Reason;
import io.conversion.model.data.DataSet;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The numbers are those that {@code src/test/reference/logistic.py} prints. */
class LogisticTrainerTest {

    private static final NumericSignal SESSIONS = Signal.numeric("sessions");
    private static final NumericSignal HOURS = Signal.numeric("hours").whenMissing(WhenMissing.IMPUTE);
    private static final CategoricalSignal PLAN =
            Signal.categorical("plan", "basic", "family", "student", "trial").whenMissing(WhenMissing.IMPUTE);
    private static final FlagSignal WEEKEND = Signal.flag("weekend").whenMissing(WhenMissing.IMPUTE);
    private static final LabelledUsers USERS = LabelledUsers.trial(SESSIONS, HOURS, PLAN, WEEKEND);
    private static final LogisticTrainer TRAINER = LogisticTrainer.linear();

    private static final String UNPENALISED = """
            intercept    -1.1768592562072475
            sessions      0.1333750916380273
            hours        -0.9502820852177174
            plan=family   0.6673812004302169
            plan=student -0.7071861909389018
            weekend       1.1466147388300514
            """;
    private static final String TRIAL_LEFT_OUT = "level \"trial\" of signal \"plan\" has the single outcome"
            + " \"converted\" in its 3 training rows; it was left out and scores as the first level; give more rows of"
            + " it, or make it one with another level";

    @Test
    void defaultFitHasPenaltyOneAndKeepsEveryColumn() {
        TrainingResult result = TRAINER.train(USERS.dataSet());

        assertFit(result, """
                intercept    -1.0595364776815466
                sessions      0.14924850068867804
                hours        -0.8095022994843238
                plan=family   0.5874283047816903
                plan=student -0.32861209377529826
                plan=trial    1.1056407073982295
                weekend       0.7150238366601375
                """);
        assertOptimum(result, USERS, new ReferenceDesign(USERS, true, false));
        assertThat(result.penalty()).isEqualTo(1);
        assertThat(result.diagnostics().objective()).isCloseTo(33.380109206779494, within(1e-11));
        assertThat(result.diagnostics().largestGradient()).isLessThan(1e-12);
        assertThat(result.diagnostics().relativeGradient()).isLessThan(1e-13);
        assertThat(result.diagnostics().leftOut()).isEmpty();
        assertThat(result.diagnostics().warnings())
                .containsExactly("level \"trial\" of signal \"plan\" has the single outcome \"converted\" in its 3"
                        + " training rows; its estimate rests on the penalty; give more rows of it, or make it one with"
                        + " another level");
    }

    @Test
    void smallPenaltyIsFollowed() {
        TrainingResult result = TRAINER.penalty(0.01).train(USERS.dataSet());

        assertFit(result, """
                intercept    -1.4622925470068167
                sessions      0.2501151441617404
                hours        -0.9589161333064304
                plan=family   1.021111440196222
                plan=student -0.32106375470393667
                plan=trial    5.002198431858439
                weekend       0.9650336107261468
                """);
        assertOptimum(result, USERS, new ReferenceDesign(USERS, true, false));
    }

    @Test
    void withoutPenaltyTheLevelWithASingleOutcomeIsLeftOut() {
        TrainingResult result = TRAINER.penalty(0).train(USERS.dataSet());

        assertFit(result, UNPENALISED);
        assertOptimum(result, USERS, new ReferenceDesign(USERS, true, false));
        assertThat(result.diagnostics().objective()).isCloseTo(33.247791866973444, within(1e-11));
        assertThat(result.diagnostics().leftOut())
                .containsExactly(new LeftOutColumn("plan=trial", Reason.SINGLE_OUTCOME));
        assertThat(result.diagnostics().warnings()).containsExactly(TRIAL_LEFT_OUT);
    }

    @Test
    void withoutPenaltyColumnsThatDependOnEarlierOnesAreLeftOutInOrder() {
        LabelledUsers users = LabelledUsers.trial(
                        SESSIONS,
                        HOURS,
                        PLAN,
                        Signal.numeric("sessions_14d"),
                        WEEKEND,
                        Signal.flag("weekday").whenMissing(WhenMissing.IMPUTE))
                .with("sessions_14d", user -> user.get("sessions") instanceof Double x ? 2 * x + 1 : null)
                .with("weekday", user -> user.get("weekend") instanceof Boolean weekend ? !weekend : null);

        TrainingResult result = TRAINER.penalty(0).train(users.dataSet());

        assertFit(result, UNPENALISED);
        assertOptimum(result, users, new ReferenceDesign(users, true, false));
        assertThat(result.diagnostics().leftOut())
                .containsExactly(
                        new LeftOutColumn("plan=trial", Reason.SINGLE_OUTCOME),
                        new LeftOutColumn("sessions_14d", Reason.LINEAR_DEPENDENCE),
                        new LeftOutColumn("weekday", Reason.LINEAR_DEPENDENCE));
        assertThat(result.diagnostics().warnings())
                .containsExactly(
                        TRIAL_LEFT_OUT,
                        "column \"sessions_14d\" was left out: it depends linearly on earlier columns; exclude a"
                                + " signal that repeats others",
                        "column \"weekday\" was left out: it depends linearly on earlier columns; exclude a signal"
                                + " that repeats others");
    }

    @Test
    void duplicatedColumnSharesItsCoefficientUnderAPenalty() {
        LabelledUsers users = LabelledUsers.trial(SESSIONS, Signal.numeric("sessions_again"), HOURS)
                .with("sessions_again", user -> user.get("sessions"));

        TrainingResult result = TRAINER.train(users.dataSet());

        assertFit(result, """
                intercept      -0.5709746499538312
                sessions        0.07707314287739778
                sessions_again  0.07707314287739778
                hours          -0.8287790360963154
                """);
        assertOptimum(result, users, new ReferenceDesign(users, true, false));
        assertThat(result.diagnostics().warnings()).isEmpty();
    }

    @Test
    void numbersCanBeTakenInTheirOwnUnits() {
        TrainingResult penalised = TRAINER.standardise(false).train(USERS.dataSet());
        TrainingResult unpenalised = TRAINER.penalty(0).standardise(false).train(USERS.dataSet());

        assertFit(penalised, """
                intercept    -0.30044934538723195
                sessions      0.09067809783805908
                hours        -0.33009004724649843
                plan=family   0.5738103558030537
                plan=student -0.34041163349332976
                plan=trial    1.1115533776582653
                weekend       0.7228456742333091
                """);
        assertFit(unpenalised, """
                intercept    -0.2826504600190319
                sessions      0.07365655130966016
                hours        -0.3441807019205685
                plan=family   0.6673812004302165
                plan=student -0.7071861909389021
                weekend       1.1466147388300512
                """);
        assertOptimum(penalised, USERS, new ReferenceDesign(USERS, false, false));
        assertOptimum(unpenalised, USERS, new ReferenceDesign(USERS, false, false));
    }

    @Test
    void firstLevelCanHaveAColumnToo() {
        TrainingResult result = TRAINER.allLevels(true).train(USERS.dataSet());

        assertFit(result, """
                intercept    -0.6257991542297051
                sessions      0.14875633130792362
                hours        -0.7985686426547502
                plan=basic   -0.5784739445822666
                plan=family   0.2602459913758283
                plan=student -0.62432628029516
                plan=trial    0.9425542335015983
                weekend       0.6811079170231089
                """);
        assertOptimum(result, USERS, new ReferenceDesign(USERS, true, true));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 1})
    void signalThatSaysNothingHasACoefficientOfZero(double penalty) {
        DataSet.Builder users =
                DataSet.builder(SignalSchema.of("plans", "1", Signal.categorical("plan", "basic", "pro")));
        for (int i = 0; i < 12; i++) {
            users.add(Map.of("plan", i < 4 ? "basic" : "pro"), i % 4 > 0);
        }

        TrainingResult result = TRAINER.penalty(penalty).train(users.build("converted"));

        assertThat(result.coefficients().get(0).value()).isCloseTo(0, within(1e-15));
        assertThat(result.intercept()).isCloseTo(Math.log(3), within(1e-14));
    }

    @Test
    void settingsAreCopiesAndIndependentOfTheirOrder() {
        LogisticTrainer one = TRAINER.penalty(2).standardise(false).allLevels(true);
        LogisticTrainer other = TRAINER.allLevels(true).standardise(false).penalty(2);

        assertThat(one.train(USERS.dataSet()).coefficients())
                .isEqualTo(other.train(USERS.dataSet()).coefficients());
        assertThat(TRAINER.train(USERS.dataSet()).penalty()).isEqualTo(1);
    }
}
