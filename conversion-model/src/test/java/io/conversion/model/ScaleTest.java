package io.conversion.model;

import static io.conversion.model.ReferenceFit.assertOptimum;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Timeout.ThreadMode.SEPARATE_THREAD;

import io.conversion.core.Scorer;
import io.conversion.core.shapes.Shape;
import io.conversion.core.signals.NumericSignal;
import io.conversion.core.signals.Signal;
import io.conversion.core.signals.WhenMissing;
import io.conversion.model.LeftOutColumn.Reason;
import io.conversion.model.data.DataSet;
import io.conversion.model.data.InvalidDataException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Signals in units that Smile alone cannot handle. */
class ScaleTest {

    private static final NumericSignal SESSIONS = Signal.numeric("sessions");
    private static final NumericSignal HOURS = Signal.numeric("hours").whenMissing(WhenMissing.IMPUTE);
    private static final LabelledUsers USERS = LabelledUsers.trial(SESSIONS, HOURS);
    private static final LogisticTrainer TRAINER = LogisticTrainer.linear();

    @ParameterizedTest
    @CsvSource(useHeadersInDisplayName = true, textBlock = """
                    factor, offset, penalty
                    1e5,    0,      1
                    1e5,    0,      0
                    1e-9,   0,      1
                    1e-9,   0,      0
                    1,      1e9,    1
                    1,      1e9,    0
                    1e100,  0,      1
                    -1e-100, 0,     0
                    """)
    void unitOfASignalChangesNoScore(double factor, double offset, double penalty) {
        LabelledUsers users = USERS.scaled("hours", hours -> hours * factor + offset);
        LogisticTrainer trainer = TRAINER.penalty(penalty);

        TrainingResult expected = trainer.train(USERS.dataSet());
        TrainingResult result = trainer.train(users.dataSet());

        assertOptimum(result, users, new ReferenceDesign(users, true, false));
        assertSameScores(result, users, expected, USERS, 1e-9);
        assertThat(slope(result, "hours") * factor).isCloseTo(slope(expected, "hours"), within(1e-12));
    }

    @ParameterizedTest
    @CsvSource(useHeadersInDisplayName = true, textBlock = """
                    factor, offset
                    1e5,    0
                    1e-9,   0
                    1,      1e9
                    """)
    void signalInItsOwnUnitReachesTheSameOptimumWithoutPenalty(double factor, double offset) {
        LabelledUsers users = USERS.scaled("hours", hours -> hours * factor + offset);
        LogisticTrainer trainer = TRAINER.penalty(0).standardise(false);

        TrainingResult result = trainer.train(users.dataSet());

        // An intercept of 3e8 cannot hold more than seven decimals of the log-odds.
        assertSameScores(result, users, trainer.train(USERS.dataSet()), USERS, offset == 0 ? 1e-9 : 1e-6);
    }

    @Test
    void zeroPointOfASignalInItsOwnUnitChangesNoCoefficientUnderAPenalty() {
        LabelledUsers far = USERS.scaled("hours", hours -> hours / 8 + 1e9);
        LabelledUsers near = USERS.scaled("hours", hours -> hours / 8);
        LogisticTrainer trainer = TRAINER.standardise(false);

        TrainingResult expected = trainer.train(near.dataSet());
        TrainingResult result = trainer.train(far.dataSet());

        assertThat(slope(result, "hours")).isCloseTo(slope(expected, "hours"), within(1e-9));
        assertSameScores(result, far, expected, near, 1e-6);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.1, -7.3, 1e9, 1e200})
    void constantColumnHasNoWeightUnderAPenalty(double constant) {
        LabelledUsers users = constantColumn(constant);

        TrainingResult result = TRAINER.train(users.dataSet());

        assertThat(result.coefficients().get(0).column()).isEqualTo("constant");
        assertThat(result.coefficients().get(0).value()).isCloseTo(0, within(1e-15));
        assertThat(slope(result, "sessions"))
                .isCloseTo(slope(TRAINER.train(USERS.dataSet()), "sessions"), within(1e-12));
        assertThat(result.diagnostics().leftOut()).isEmpty();
        assertThat(result.diagnostics().warnings())
                .containsExactly("signal \"constant\" has the same value in every training row; exclude it");
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.1, -7.3, 1e9, 1e200})
    void constantColumnIsLeftOutWithoutAPenalty(double constant) {
        LabelledUsers users = constantColumn(constant);

        TrainingResult result = TRAINER.penalty(0).train(users.dataSet());

        assertThat(result.diagnostics().leftOut())
                .containsExactly(new LeftOutColumn("constant", Reason.LINEAR_DEPENDENCE));
        assertThat(result.diagnostics().warnings())
                .containsExactly(
                        "signal \"constant\" has the same value in every training row; exclude it",
                        "column \"constant\" was left out: it depends linearly on earlier columns; exclude a signal"
                                + " that repeats others");
        assertThat(slope(result, "constant")).isZero();
        assertOptimum(result, users, new ReferenceDesign(users, true, false));
    }

    @ParameterizedTest
    @ValueSource(doubles = {1e200, Double.MAX_VALUE})
    void valuesWhoseSquaresOverflowAreRefused(double huge) {
        LabelledUsers users = USERS.scaled("hours", hours -> hours > 3 ? huge : -huge);

        for (LogisticTrainer trainer : List.of(TRAINER, TRAINER.penalty(0), TRAINER.standardise(false))) {
            assertThatExceptionOfType(InvalidDataException.class)
                    .isThrownBy(() -> trainer.train(users.dataSet()))
                    .withMessageStartingWith("signal \"hours\" has values too large to standardise, the largest ")
                    .withMessageEndingWith("; correct it, or give the signal in another unit");
        }
    }

    @Test
    void valuesWhoseSquaresVanishAreRefused() {
        LabelledUsers users = USERS.scaled("hours", hours -> hours * 1e-200);

        assertThatExceptionOfType(InvalidDataException.class)
                .isThrownBy(() -> TRAINER.train(users.dataSet()))
                .withMessage("signal \"hours\" has values too small to standardise; give it in another unit");
    }

    @Test
    @Timeout(value = 20, unit = SECONDS, threadMode = SEPARATE_THREAD)
    void hugeValuesInTheirOwnUnitEndTheFitInOneWayOrTheOther() {
        LabelledUsers users = USERS.scaled("hours", hours -> hours * 1e150);
        LogisticTrainer trainer = TRAINER.standardise(false);

        try {
            TrainingResult result = trainer.train(users.dataSet());

            // On a coefficient of 1e-151 a penalty has no weight; only that of the sessions is felt.
            assertSameScores(result, users, TRAINER.penalty(0).train(USERS.dataSet()), USERS, 0.1);
        } catch (InvalidDataException refusal) {
            assertThat(refusal).hasMessageContaining("\"hours\"");
        }
    }

    private static LabelledUsers constantColumn(double constant) {
        return LabelledUsers.trial(Signal.numeric("constant"), SESSIONS, HOURS).with("constant", user -> constant);
    }

    /** The users are the same, so their scores must be, whatever unit their signals were given in. */
    private static void assertSameScores(
            TrainingResult result,
            LabelledUsers users,
            TrainingResult expected,
            LabelledUsers expectedUsers,
            double tolerance) {
        Scorer scorer =
                result.overridingRefusals("a test").publish("model", "1").scorer();
        Scorer reference =
                expected.overridingRefusals("a test").publish("model", "1").scorer();
        DataSet given = users.dataSet();
        DataSet usual = expectedUsers.dataSet();
        for (int i = 0; i < users.size(); i++) {
            assertThat(scorer.score(given.signals(i)).logOdds())
                    .as("log-odds of row %d", i)
                    .isCloseTo(reference.score(usual.signals(i)).logOdds(), within(tolerance));
        }
    }

    private static double slope(TrainingResult result, String signal) {
        Shape shape = result.overridingRefusals("a test")
                .publish("model", "1")
                .shapes()
                .get(signal);
        assertThat(shape).isInstanceOf(Shape.Linear.class);
        return shape instanceof Shape.Linear linear ? linear.slope() : Double.NaN;
    }
}
