package io.conversion.model.signals;

import static io.conversion.model.signals.SampleUsers.spread;
import static org.assertj.core.api.Assertions.assertThat;

import io.conversion.core.ConversionModel;
import io.conversion.core.signals.Signal;
import io.conversion.model.LogisticTrainer;
import io.conversion.model.TrainingResult;
import io.conversion.model.data.DataSet;
import org.junit.jupiter.api.Test;

/** A signal that is judged drop and trained on says that it is in, why, and what it weighs. */
class DroppedInModelTest {

    @Test
    void aSignalWithoutStrengthSaysThatNobodyExcludedIt() {
        DataSet users = users().with(Signal.numeric("dice"), row -> row % 6)
                .with(Signal.flag("never"), row -> false)
                .dataSet();
        ConversionModel model = trainer().train(users).publish("m", "1");

        SignalValidation validation = SignalValidation.of(users).inModel(model);

        assertThat(validation.dropped()).extracting(SignalReport::signal).containsExactly("dice", "never");
        assertThat(validation.signal("dice").reasons())
                .singleElement()
                .asString()
                .startsWith("predictive strength: ")
                .matches(".*; it is in the model all the same, with [0-9.]+ % of its weight: training takes each signal"
                        + " of its schema; exclude it to leave it out");
        assertThat(validation.signal("never").reasons())
                .containsExactly(
                        "predictive strength: it has the same value in every row; it is in the model all the"
                                + " same, with no weight: training takes each signal of its schema; exclude it to leave it out");
        assertThat(validation.signal("hours"))
                .isEqualTo(SignalValidation.of(users).signal("hours"));
    }

    @Test
    void aLeakThatSomebodyLetPassSaysWhoseReasonItIs() {
        DataSet users = users().with(Signal.numeric("paid"), row -> outcome(row) ? 1 + spread(row, 7) : spread(row, 7))
                .dataSet();
        TrainingResult result = trainer().train(users);
        ConversionModel model = result.override("leakage", "known on day 1").publish("m", "1");

        assertThat(SignalValidation.of(users).inModel(model).signal("paid").reasons())
                .singleElement()
                .asString()
                .matches(
                        "leakage: .* most likely holds the outcome; it is in the model, with [0-9.]+ % of its weight, since"
                                + " the gate was overridden: known on day 1");
    }

    @Test
    void aSignalThatTheModelDoesNotHaveIsAsItWas() {
        DataSet users = users().with(Signal.numeric("dice"), row -> row % 6).dataSet();
        ConversionModel model = trainer().train(users().dataSet()).publish("m", "1");

        assertThat(SignalValidation.of(users).inModel(model).signals())
                .isEqualTo(SignalValidation.of(users).signals());
    }

    private static SampleUsers users() {
        return new SampleUsers(900, DroppedInModelTest::outcome).with(Signal.numeric("hours"), row -> spread(row, 1));
    }

    private static boolean outcome(int row) {
        return spread(row, 1) + spread(row, 2) > 1;
    }

    private static LogisticTrainer trainer() {
        return LogisticTrainer.withDefaults().linearShapes().penalty(1);
    }
}
