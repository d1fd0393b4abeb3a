package io.conversion.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.within;

import io.conversion.core.shapes.Shape;
import io.conversion.core.signals.Signal;
import io.conversion.core.signals.SignalSchema;
import io.conversion.model.data.DataSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which rows are separated is decided by the linear program of {@code src/test/reference/logistic.py}. */
class SeparationTest {

    private static final LogisticTrainer TRAINER = LogisticTrainer.linear();
    private static final LogisticTrainer UNPENALISED = TRAINER.penalty(0);
    private static final String REMEDY = ": along this combination every training row has the outcome it points to, so"
            + " no finite estimate exists; train with a penalty, such as 1, or exclude the signal if it gives the"
            + " outcome away";

    @ParameterizedTest
    @CsvSource(useHeadersInDisplayName = true, delimiter = '|', textBlock = """
                    separation           | rows
                    complete             | 1,0 2,0 3,0 4,1 5,1 6,1
                    two rows             | 1,0 2,1
                    all but one value    | 1,0 2,0 3,0 3,1 5,1 6,1
                    lowest value         | 0,1 0,0 5,1 2,1 5,1 3,1 0,0 5,1
                    value of a flag      | 1,1 1,0 1,1 0,0 0,0 1,1
                    """)
    void separationIsRefusedWithItsRemedyWithoutAPenalty(String separation, String rows) {
        DataSet data = LabelledUsers.numbers(rows).dataSet();

        assertThatExceptionOfType(SeparationException.class)
                .as(separation)
                .isThrownBy(() -> UNPENALISED.train(data))
                .withMessage("the outcomes are separated by \"x1\"" + REMEDY)
                .satisfies(refusal -> assertThat(refusal.columns()).containsExactly("x1"));
    }

    @Test
    void columnsThatSeparateOnlyTogetherAreNamedTogether() {
        DataSet data = LabelledUsers.numbers("1,2,1 4,0,0 3,0,1 4,4,1 1,0,0 4,4,1 3,1,1")
                .dataSet();

        assertThatExceptionOfType(SeparationException.class)
                .isThrownBy(() -> UNPENALISED.train(data))
                .withMessageStartingWith("the outcomes are separated by ")
                .withMessageContaining("\"x2\"")
                .withMessageEndingWith(REMEDY);
    }

    @Test
    void signalThatHasNoPartInTheSeparationIsNotNamed() {
        DataSet data = LabelledUsers.numbers("0,1,0 0,2,1 0,3,0 0,4,1 1,1,1 1,2,1 1,3,1 0,2,0")
                .dataSet();

        assertThatExceptionOfType(SeparationException.class)
                .isThrownBy(() -> UNPENALISED.train(data))
                .withMessage("the outcomes are separated by \"x1\"" + REMEDY);
    }

    @Test
    void singleOutcomeOfTheFirstLevelIsASeparationByTheOthers() {
        DataSet.Builder users =
                DataSet.builder(SignalSchema.of("plans", "1", Signal.categorical("plan", "basic", "pro")));
        for (String user : "basic,1 basic,1 pro,0 pro,1 pro,1 basic,1".split(" ", -1)) {
            users.add(Map.of("plan", user.split(",", -1)[0]), user.endsWith("1"));
        }

        assertThatExceptionOfType(SeparationException.class)
                .isThrownBy(() -> UNPENALISED.train(users.build("converted")))
                .withMessage("the outcomes are separated by \"plan=pro\"" + REMEDY);
    }

    @ParameterizedTest
    @CsvSource(useHeadersInDisplayName = true, delimiter = '|', textBlock = """
                    rows
                    1,0 2,1 3,0 4,1 5,1 6,1
                    0,0 0,1 5,1 2,1 5,1 3,1 0,0 5,0
                    """)
    void overlapIsFitted(String rows) {
        LabelledUsers users = LabelledUsers.numbers(rows);

        TrainingResult result = UNPENALISED.train(users.dataSet());

        ReferenceFit.assertOptimum(result, users, new ReferenceDesign(users, true, false));
        assertThat(result.diagnostics().warnings()).isEmpty();
    }

    @Test
    void farRowOnItsOwnSideOfAnOverlapChangesNothing() {
        Shape without = UNPENALISED
                .train(LabelledUsers.numbers("1,0 2,1 3,0 4,1 5,1 6,1").dataSet())
                .overridingRefusals("a test")
                .publish("model", "1")
                .shapes()
                .get("x1");
        Shape with = UNPENALISED
                .train(LabelledUsers.numbers("1,0 2,1 3,0 4,1 5,1 6,1 1000000,1")
                        .dataSet())
                .overridingRefusals("a test")
                .publish("model", "1")
                .shapes()
                .get("x1");

        assertThat(with)
                .isInstanceOfSatisfying(
                        Shape.Linear.class,
                        far -> assertThat(without)
                                .isInstanceOfSatisfying(
                                        Shape.Linear.class,
                                        near -> assertThat(far.slope()).isCloseTo(near.slope(), within(1e-7))));
    }

    @ParameterizedTest
    @CsvSource(useHeadersInDisplayName = true, delimiter = '|', textBlock = """
                    separation           | rows
                    complete             | 1,0 2,0 3,0 4,1 5,1 6,1
                    two rows             | 1,0 2,1
                    all but one value    | 1,0 2,0 3,0 3,1 5,1 6,1
                    lowest value         | 0,1 0,0 5,1 2,1 5,1 3,1 0,0 5,1
                    value of a flag      | 1,1 1,0 1,1 0,0 0,0 1,1
                    one of two columns   | 0,1,0 0,2,1 0,3,0 0,4,1 1,1,1 1,2,1 1,3,1 0,2,0
                    """)
    void separationUnderAPenaltyIsAWarning(String separation, String rows) {
        LabelledUsers users = LabelledUsers.numbers(rows);

        TrainingResult result = TRAINER.train(users.dataSet());

        ReferenceFit.assertOptimum(result, users, new ReferenceDesign(users, true, false));
        assertThat(result.diagnostics().leftOut()).isEmpty();
        assertThat(result.diagnostics().warnings())
                .as(separation)
                .containsExactly("the outcomes are separated by \"x1\"; without the penalty there would be no finite"
                        + " estimate; exclude a signal that gives the outcome away");
    }

    @Test
    void overlapUnderAPenaltyIsNoWarning() {
        TrainingResult result = TRAINER.train(
                LabelledUsers.numbers("0,0 0,1 5,1 2,1 5,1 3,1 0,0 5,0").dataSet());

        assertThat(result.diagnostics().warnings()).isEmpty();
    }

    @Test
    void refusedDataCanBeTrainedOnWithTheRemedy() {
        for (String rows : List.of("1,0 2,1", "1,1 1,0 1,1 0,0 0,0 1,1", "1,0 2,0 3,0 3,1 5,1 6,1")) {
            assertThatNoException()
                    .isThrownBy(() -> TRAINER.train(LabelledUsers.numbers(rows).dataSet())
                            .overridingRefusals("a test")
                            .publish("model", "1"));
        }
    }
}
