package io.conversion.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.conversion.core.signals.CategoricalSignal;
import io.conversion.core.signals.Signal;
import io.conversion.core.signals.WhenMissing;
import io.conversion.model.data.DataSet;
import io.conversion.model.data.InvalidDataException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrainingBadInputTest {

    private static final CategoricalSignal PLAN =
            Signal.categorical("plan", "basic", "family", "student", "trial").whenMissing(WhenMissing.IMPUTE);
    private static final LabelledUsers USERS = LabelledUsers.trial(
            Signal.numeric("hours").whenMissing(WhenMissing.IMPUTE),
            PLAN,
            Signal.flag("weekend").whenMissing(WhenMissing.IMPUTE));
    private static final LogisticTrainer TRAINER = LogisticTrainer.linear();

    @ParameterizedTest
    @ValueSource(doubles = {-1, -Double.MIN_VALUE, Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void penaltyMustBeAFiniteNumberOfAtLeastZero(double penalty) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TRAINER.penalty(penalty))
                .withMessage("the penalty is " + penalty + "; it must be a finite number of at least 0");
    }

    @Test
    void bothOutcomesAreNeeded() {
        DataSet converters = USERS.dataSet().rows(row -> USERS.converted().get(row));
        DataSet others = USERS.dataSet().rows(row -> !USERS.converted().get(row));

        assertThatExceptionOfType(InvalidDataException.class)
                .isThrownBy(() -> TRAINER.train(converters))
                .withMessage("the 23 training rows hold no negative outcome; both are needed");
        assertThatExceptionOfType(InvalidDataException.class)
                .isThrownBy(() -> TRAINER.train(others))
                .withMessage("the 37 training rows hold no positive outcome; both are needed");
        assertThatExceptionOfType(InvalidDataException.class)
                .isThrownBy(() -> TRAINER.train(others.rows(row -> false)))
                .withMessage("the 0 training rows hold no positive outcome; both are needed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"hours", "plan", "weekend"})
    void signalWithoutAnyValueIsRefused(String signal) {
        LabelledUsers users =
                new LabelledUsers(USERS.schema(), USERS.values(), USERS.converted()).with(signal, user -> null);

        assertThatExceptionOfType(InvalidDataException.class)
                .isThrownBy(() -> TRAINER.train(users.dataSet()))
                .withMessage("signal \"" + signal + "\" has no value in any of the training rows; exclude it, or give"
                        + " rows that have it")
                .satisfies(refusal ->
                        assertThat(refusal.problems()).isEqualTo(List.of(String.valueOf(refusal.getMessage()))));
    }

    @Test
    void ofSeveralSignalsWithoutAnyValueTheFirstIsNamed() {
        LabelledUsers users = new LabelledUsers(USERS.schema(), USERS.values(), USERS.converted())
                .with("plan", user -> null)
                .with("weekend", user -> null);

        for (int i = 0; i < 20; i++) {
            assertThatExceptionOfType(InvalidDataException.class)
                    .isThrownBy(() -> TRAINER.train(users.dataSet()))
                    .withMessageStartingWith("signal \"plan\" has no value");
        }
    }

    @Test
    void signalNamedLikeALevelOfAnotherIsRefused() {
        LabelledUsers users =
                LabelledUsers.trial(PLAN, Signal.numeric("plan=family")).with("plan=family", user -> 1.0);

        assertThatExceptionOfType(InvalidDataException.class)
                .isThrownBy(() -> TRAINER.train(users.dataSet()))
                .withMessage("two columns of the fit would be named \"plan=family\"; rename one of the signals");
    }
}
