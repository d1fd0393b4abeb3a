package io.conversion.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.conversion.core.ConversionModel;
import io.conversion.core.shapes.Shape;
import io.conversion.core.signals.ExpectedDirection;
import io.conversion.core.signals.NumericSignal;
import io.conversion.core.signals.Signal;
import io.conversion.core.signals.SignalSchema;
import io.conversion.core.signals.WhenMissing;
import io.conversion.model.data.DataSet;
import io.conversion.model.data.InvalidDataException;
import io.conversion.model.evaluation.Evaluation;
import io.conversion.model.synthetic.StreamingUsers;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AutoShapesTest {

    /** Every choice is made on the training rows; the hold-out is evaluated once. */
    @ParameterizedTest
    @CsvSource(useHeadersInDisplayName = true, textBlock = """
                    USERS,             AUC,   LOG_LOSS
                    HIGHNOTE_FREEMIUM, 0.806, 0.2325
                    SHOPPERS,          0.921, 0.2335
                    TELCO,             0.841, 0.4240
                    """)
    void chosenShapesComeCloseToABlackBoxOnRealUsers(RealUsers users, double auc, double logLoss) throws IOException {
        DataSet data = users.read();

        ConversionModel model = LogisticTrainer.withDefaults()
                .train(data.training())
                .overridingRefusals("a test")
                .publish("auto", "1");

        Evaluation evaluation = Evaluation.of(model, data.holdout());
        assertThat(evaluation.rocAuc().value()).isGreaterThanOrEqualTo(auc);
        assertThat(evaluation.logLoss()).isLessThanOrEqualTo(logLoss);
    }

    @Test
    void chosenShapesLoseNothingWhereTheTruthIsLinear() throws IOException {
        DataSet data = RealUsers.ORIGINAL_SYNTHETIC.read();

        Evaluation linear = holdOut(LogisticTrainer.linear(), data);
        Evaluation auto = holdOut(LogisticTrainer.withDefaults(), data);

        assertThat(auto.logLoss()).isLessThanOrEqualTo(linear.logLoss() + 0.002);
    }

    private static Evaluation holdOut(LogisticTrainer trainer, DataSet data) {
        return Evaluation.of(trainer.train(data.training()).publish("model", "1"), data.holdout());
    }

    @Test
    void missingAndAPointMassHaveValuesOfTheirOwn() {
        // Log-odds of 1 at zero, of -1 where missing, and a line on both sides of zero that does not lead there.
        DataSet data = users(4000, random -> {
            double kind = random.nextDouble();
            return kind < 0.3 ? 0 : kind < 0.4 ? Double.NaN : 4 * random.nextGaussian();
        });

        TrainingResult result = LogisticTrainer.withDefaults().train(data);

        Shape shape = shape(result, "x");
        assertThat(shape).isInstanceOf(Shape.PointMass.class);
        Shape.OfNumber curve = (Shape.OfNumber) shape;
        assertThat(curve.at(0) - curve.at(0.01)).isCloseTo(2, within(0.4));
        assertThat(curve.at(2) - curve.at(-2)).isCloseTo(1.2, within(0.3));
        assertThat(curve.at(0) - curve.missing()).isCloseTo(2, within(0.4));
    }

    /** The log-odds grow with the square of a number, so most of what there is to know lies in its tails. */
    @Test
    void curveReachesIntoTheTails() {
        DataSet data = users(8000, Random::nextGaussian, x -> 0.4 * x * x - 1);

        Shape.OfNumber curve =
                (Shape.OfNumber) shape(LogisticTrainer.withDefaults().train(data), "x");

        assertThat(curve.at(3) - curve.at(0)).isCloseTo(3.6, within(1.2));
        assertThat(curve.at(-3) - curve.at(0)).isCloseTo(3.6, within(1.2));
        assertThat(curve.at(1e9)).isEqualTo(curve.at(1e6));
    }

    /** Few of the signals gain one standard error by a curve; what the others gain is together more than noise. */
    @Test
    void smallGainsOfManySignalsAddUp() {
        List<Signal> signals = IntStream.range(0, 12)
                .<Signal>mapToObj(j -> Signal.numeric("x" + j))
                .toList();
        Random random = new Random(6);
        DataSet.Builder builder = DataSet.builder(SignalSchema.of("many", "1", signals));
        for (int i = 0; i < 3000; i++) {
            Map<String, Object> values = new HashMap<>();
            double logOdds = -1;
            for (Signal signal : signals) {
                double x = 4 * random.nextDouble();
                values.put(signal.name(), x);
                logOdds += 0.12 * Math.abs(x - 2) - 0.12;
            }
            builder.add(values, random.nextDouble() < 1 / (1 + Math.exp(-logOdds)));
        }

        TrainingResult result = LogisticTrainer.withDefaults().train(builder.build("converted"));

        assertThat(result.shapeDescriptions().values().stream().filter(shape -> !shape.equals("linear")))
                .as("three of them, if each is looked at alone")
                .hasSizeGreaterThanOrEqualTo(6);
    }

    @Test
    void flatTailsAreFlatInEveryShape() {
        DataSet data = users(4000, random -> 5 * random.nextGaussian(), x -> 0.3 * x);

        TrainingResult result = LogisticTrainer.withDefaults().flatTails().train(data);

        Shape.OfNumber curve = (Shape.OfNumber) shape(result, "x");
        assertThat(result.shapeDescriptions()).containsEntry("x", "linear with flat tails");
        assertThat(curve.at(9) - curve.at(-9)).isCloseTo(5.4, within(0.6));
        assertThat(curve.at(13)).isEqualTo(curve.at(1e9));
        assertThat(curve.at(-13)).isEqualTo(curve.at(-1e9));
    }

    /** What a declared direction leaves of a line that goes the other way is none; the gate says so. */
    @Test
    void lineAgainstItsDeclarationHasNoSlope() {
        SignalSchema schema = SignalSchema.of(
                "two",
                "1",
                Signal.numeric("against").expected(ExpectedDirection.INCREASING),
                Signal.numeric("along").expected(ExpectedDirection.INCREASING));
        Random random = new Random(3);
        DataSet.Builder builder = DataSet.builder(schema);
        for (int i = 0; i < 3000; i++) {
            double against = random.nextGaussian();
            double along = random.nextGaussian();
            double logOdds = along - against;
            builder.add(Map.of("against", against, "along", along), random.nextDouble() < 1 / (1 + Math.exp(-logOdds)));
        }

        TrainingResult result = LogisticTrainer.withDefaults().train(builder.build("converted"));

        assertThat(result.shapeDescriptions()).containsEntry("against", "none");
        Shape.OfNumber none = (Shape.OfNumber) shape(result, "against");
        assertThat(none.at(-3)).isEqualTo(none.at(3));
    }

    @Test
    void sameSeedGivesTheSameModel() {
        DataSet data = StreamingUsers.generate(2000, 5);
        LogisticTrainer trainer = LogisticTrainer.withDefaults().seed(7);

        assertThat(trainer.train(data).publish("model", "1").shapes())
                .isEqualTo(trainer.train(data).publish("model", "1").shapes());
    }

    @Test
    void shapeKeepsToTheDeclaredDirection() {
        // Rises up to 10 and falls from there, against the declaration.
        SignalSchema schema = SignalSchema.of("one", "1", Signal.numeric("x").expected(ExpectedDirection.INCREASING));
        Random random = new Random(3);
        DataSet.Builder builder = DataSet.builder(schema);
        for (int i = 0; i < 5000; i++) {
            double x = 20 * random.nextDouble();
            double logOdds = -2 + (x < 10 ? 0.4 * x : 4 - 0.2 * (x - 10));
            builder.add(Map.of("x", x), random.nextDouble() < 1 / (1 + Math.exp(-logOdds)));
        }

        TrainingResult result = LogisticTrainer.withDefaults().train(builder.build("converted"));

        Shape.OfNumber curve = (Shape.OfNumber) shape(result, "x");
        for (double x = 0; x < 20; x += 0.1) {
            assertThat(curve.at(x + 0.1)).isGreaterThanOrEqualTo(curve.at(x));
        }
    }

    @Test
    void rareLevelsShareOneValueAndThatIsSaid() {
        SignalSchema schema = SignalSchema.of("one", "1", Signal.categorical("plan", "a", "b", "rare", "rarer"));
        Random random = new Random(3);
        DataSet.Builder builder = DataSet.builder(schema);
        for (int i = 0; i < 2000; i++) {
            String plan = i % 100 == 0 ? "rare" : i % 100 == 1 ? "rarer" : i % 2 == 0 ? "a" : "b";
            builder.add(Map.of("plan", plan), random.nextDouble() < (plan.equals("a") ? 0.5 : 0.3));
        }

        TrainingResult result = LogisticTrainer.withDefaults().train(builder.build("converted"));

        Shape.Levels levels = (Shape.Levels) shape(result, "plan");
        assertThat(levels.values().get("rare")).isEqualTo(levels.values().get("rarer"));
        assertThat(result.diagnostics().warnings())
                .contains("signal \"plan\": 2 levels with fewer than 50 training rows share one value: rare, rarer");
    }

    @Test
    void aSignalOfManyLevelsIsRefusedAsAnIdentifier() {
        List<String> levels =
                IntStream.range(0, 1001).mapToObj(Integer::toString).toList();
        DataSet.Builder builder = DataSet.builder(SignalSchema.of("one", "1", Signal.categorical("id", levels)));
        levels.forEach(level -> builder.add(Map.of("id", level), level.endsWith("1")));
        DataSet data = builder.build("converted");

        assertThatThrownBy(() -> LogisticTrainer.withDefaults().train(data))
                .isInstanceOf(InvalidDataException.class)
                .hasMessage(
                        "signal \"id\" has 1001 levels, and 1000 are the most that a fit takes; exclude it if it is an"
                                + " identifier, or declare its frequent levels in a schema that scores unseen ones as the"
                                + " average");
    }

    private static Shape shape(TrainingResult result, String signal) {
        return Objects.requireNonNull(result.overridingRefusals("a test")
                .publish("model", "1")
                .shapes()
                .get(signal));
    }

    private static DataSet users(int count, ToDoubleFunction<Random> value) {
        return users(count, value, x -> Double.isNaN(x) ? -1 : x == 0 ? 1 : 0.3 * x - 1);
    }

    private static DataSet users(int count, ToDoubleFunction<Random> value, DoubleUnaryOperator logOdds) {
        NumericSignal x = Signal.numeric("x").whenMissing(WhenMissing.IMPUTE);
        Random random = new Random(11);
        DataSet.Builder builder = DataSet.builder(SignalSchema.of("one", "1", x));
        for (int i = 0; i < count; i++) {
            double number = value.applyAsDouble(random);
            Map<String, Object> values = new HashMap<>();
            if (!Double.isNaN(number)) {
                values.put("x", number);
            }
            double rate = 1 / (1 + Math.exp(-logOdds.applyAsDouble(number)));
            builder.add(values, random.nextDouble() < rate);
        }
        return builder.build("converted");
    }
}
