package io.conversion.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;
import static org.assertj.core.api.Assertions.within;

import io.conversion.core.ConversionModel;
import io.conversion.core.shapes.Shape;
import io.conversion.core.signals.Signal;
import io.conversion.core.signals.Signals;
import io.conversion.core.signals.WhenMissing;
import io.conversion.core.signals.WhenOutOfRange;
import io.conversion.core.signals.WhenUnseen;
import io.conversion.model.data.DataSet;
import io.conversion.model.design.ShapeWeights;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The numbers are those that {@code src/test/reference/weights.py} prints, or added up by hand. */
class ShapeWeightsTest {

    private static final LabelledUsers USERS = LabelledUsers.trial(
            Signal.numeric("sessions").range(1, 5).whenOutOfRange(WhenOutOfRange.CLIP),
            Signal.numeric("hours").whenMissing(WhenMissing.IMPUTE),
            Signal.categorical("plan", "basic", "family")
                    .whenMissing(WhenMissing.IMPUTE)
                    .whenUnseen(WhenUnseen.average()),
            Signal.flag("weekend").whenMissing(WhenMissing.IMPUTE));

    @Test
    void weightIsTheMeanAbsoluteDeviationOfWhatTheShapeAddsRowByRow() {
        Map<String, Double> plans = new LinkedHashMap<>();
        plans.put("basic", 0.0);
        plans.put("family", 0.75);

        Map<String, Double> weights = ShapeWeights.of(
                USERS.dataSet(),
                Map.of(
                        "sessions", new Shape.Linear(-0.4, 3.7, 0),
                        "hours", new Shape.Linear(0.15, 2.5, 0.2),
                        "plan", new Shape.Levels(plans, 0.21, -0.3, Set.of()),
                        "weekend", new Shape.Flag(0.5, 0.125)));

        assertThat(weights.keySet()).containsExactly("sessions", "hours", "plan", "weekend");
        assertThat(weights.get("sessions")).isCloseTo(0.472, within(1e-15));
        assertThat(weights.get("hours")).isCloseTo(0.32735416666666667, within(1e-15));
        assertThat(weights.get("plan")).isCloseTo(0.2793666666666667, within(1e-15));
        assertThat(weights.get("weekend")).isCloseTo(0.24194444444444443, within(1e-15));
    }

    /** Deviations of 0.5 for both of two users, of 1.5, 0.5, 0.5 and 1.5 for four. */
    @ParameterizedTest
    @CsvSource(useHeadersInDisplayName = true, textBlock = """
                    slope, users, weight
                    1,     2,     0.5
                    -1,    2,     0.5
                    2,     4,     2
                    0,     4,     0
                    """)
    void weightOfALineIsThatOfItsSlope(double slope, int users, double weight) {
        double[][] rows = new double[users][];
        for (int i = 0; i < users; i++) {
            rows[i] = new double[] {10 + i, i % 2};
        }
        DataSet data = LabelledUsers.numbers(List.of(Signal.numeric("x")), rows).dataSet();

        assertThat(ShapeWeights.of(data, Map.of("x", new Shape.Linear(slope, 11, 0))))
                .containsExactly(entry("x", weight));
    }

    @Test
    void publishedModelHasTheWeightsOfItsOwnShapes() {
        DataSet data = USERS.dataSet();

        ConversionModel model = LogisticTrainer.linear()
                .train(data)
                .overridingRefusals("a test")
                .publish("model", "1");

        assertThat(model.weights()).isEqualTo(ShapeWeights.of(data, model.shapes()));
        assertThat(model.weights().values())
                .allSatisfy(weight -> assertThat(weight).isPositive());
    }

    @Test
    void referenceUserHasMediansAndMostFrequentValues() {
        ConversionModel model = LogisticTrainer.linear()
                .train(USERS.dataSet())
                .overridingRefusals("a test")
                .publish("model", "1");

        Signals reference = model.referenceUser();

        assertThat(reference.number("sessions")).hasValue(4);
        assertThat(reference.number("hours")).hasValue(2.75);
        assertThat(reference.level("plan")).contains("basic");
        assertThat(reference.flag("weekend")).contains(false);
    }

    /** Of 1, 2, 5 and 8 the two medians are 2 and 5. */
    @ParameterizedTest
    @CsvSource(useHeadersInDisplayName = true, textBlock = """
                    whole, reference
                    true,  2
                    false, 3.5
                    """)
    void lowerOfTwoMediansIsTakenOfWholeNumbers(boolean whole, double reference) {
        Signal signal = whole ? Signal.numeric("x").wholeNumbers() : Signal.numeric("x");
        DataSet data = LabelledUsers.numbers(List.of(signal), new double[][] {{8, 1}, {1, 0}, {5, 0}, {2, 1}})
                .dataSet();

        ConversionModel model = LogisticTrainer.linear()
                .train(data)
                .overridingRefusals("a test")
                .publish("model", "1");

        assertThat(model.referenceUser().number("x")).hasValue(reference);
    }

    /** The reference user is accepted by the schema, so numbers are clipped before the median is taken. */
    @Test
    void medianIsTakenOfClippedNumbers() {
        Signal signal = Signal.numeric("x").range(0, 6).whenOutOfRange(WhenOutOfRange.CLIP);
        DataSet data = LabelledUsers.numbers(List.of(signal), new double[][] {{80, 1}, {90, 0}, {5, 0}, {100, 1}})
                .dataSet();

        ConversionModel model = LogisticTrainer.linear()
                .train(data)
                .overridingRefusals("a test")
                .publish("model", "1");

        assertThat(model.referenceUser().number("x")).hasValue(6);
    }

    @Test
    void firstOfEquallyFrequentLevelsAndFalseOfEquallyFrequentTruthsAreTheReference() {
        LabelledUsers users = new LabelledUsers(
                LabelledUsers.trial(Signal.categorical("plan", "b", "a"), Signal.flag("weekend"))
                        .schema(),
                List.of(
                        Map.of("plan", "a", "weekend", true),
                        Map.of("plan", "b", "weekend", true),
                        Map.of("plan", "a", "weekend", false),
                        Map.of("plan", "b", "weekend", false)),
                List.of(true, false, false, true));

        Signals reference = LogisticTrainer.linear()
                .train(users.dataSet())
                .overridingRefusals("a test")
                .publish("model", "1")
                .referenceUser();

        assertThat(reference.level("plan")).contains("b");
        assertThat(reference.flag("weekend")).contains(false);
    }
}
