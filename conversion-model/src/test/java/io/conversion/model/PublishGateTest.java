package io.conversion.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.conversion.core.provenance.GateCheck;
import io.conversion.core.signals.ExpectedDirection;
import io.conversion.core.signals.Signal;
import io.conversion.core.signals.SignalSchema;
import io.conversion.model.data.DataSet;
import io.conversion.model.synthetic.StreamingUsers;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.function.ToDoubleBiFunction;
import org.junit.jupiter.api.Test;

/** Faults planted in otherwise good users: each is refused, and the sentence names cause and remedy. */
class PublishGateTest {

    @Test
    void goodFitPassesEveryCheck() {
        TrainingResult result = LogisticTrainer.linear().train(StreamingUsers.generate(2000, 1));

        assertThat(result.gate()).allMatch(check -> check.verdict() == GateCheck.Verdict.PASSED);
    }

    @Test
    void signalThatHoldsTheOutcomeIsSuspectedOfLeakage() {
        TrainingResult result = train(1000, (random, converted) -> (converted ? 3 : 0) + random.nextGaussian());

        assertRefused(
                result,
                "leakage",
                "signal \"planted\" alone ranks the outcomes with a ROC AUC of 0.983; it may hold the outcome itself:"
                        + " exclude it, or override this check if it is known at prediction time");
    }

    @Test
    void separatedOutcomesAreRefusedWithoutAPenalty() {
        DataSet data = data(1000, (random, converted) -> (converted ? 3 : 0) + random.nextDouble());

        assertThatThrownBy(() -> LogisticTrainer.linear().penalty(0).train(data))
                .isInstanceOf(SeparationException.class)
                .hasMessageContaining("the outcomes are separated by \"x\", \"planted\"");
    }

    @Test
    void tooFewRowsOfTheRarerOutcomeAreRefused() {
        Random random = new Random(1);
        Map<String, Double> values = new LinkedHashMap<>();
        Signal[] signals = new Signal[6];
        for (int j = 0; j < signals.length; j++) {
            signals[j] = Signal.numeric("x" + j);
        }
        DataSet.Builder builder = DataSet.builder(SignalSchema.of("many", "1", signals));
        for (int i = 0; i < 1000; i++) {
            for (Signal signal : signals) {
                values.put(signal.name(), random.nextGaussian());
            }
            builder.add(values, i % 50 == 0);
        }

        assertRefused(
                LogisticTrainer.linear().train(builder.build("converted")),
                "rows_per_coefficient",
                "the rarer outcome has 20 rows for 6 coefficients; give more rows, or fewer signals and levels");
    }

    @Test
    void nearlyRepeatedSignalIsRefused() {
        Random noise = new Random(8);
        DataSet.Builder builder =
                DataSet.builder(SignalSchema.of("two", "1", Signal.numeric("x"), Signal.numeric("again")));
        Random random = new Random(2);
        for (int i = 0; i < 2000; i++) {
            double x = random.nextGaussian();
            builder.add(
                    Map.of("x", x, "again", x + 1e-5 * noise.nextGaussian()),
                    random.nextDouble() < 1 / (1 + Math.exp(-x)));
        }

        TrainingResult result = LogisticTrainer.linear().penalty(0).train(builder.build("converted"));

        assertThat(check(result, "condition").verdict()).isEqualTo(GateCheck.Verdict.REFUSED);
        assertThat(check(result, "condition").sentence())
                .startsWith("the columns nearly depend on each other (condition number ")
                .endsWith("exclude a signal that repeats another one, or train with a larger penalty");
    }

    @Test
    void signalThatGoesAgainstItsDeclarationIsRefused() {
        SignalSchema schema = SignalSchema.of("one", "1", Signal.numeric("x").expected(ExpectedDirection.DECREASING));
        Random random = new Random(2);
        DataSet.Builder builder = DataSet.builder(schema);
        for (int i = 0; i < 1000; i++) {
            double x = random.nextGaussian();
            builder.add(Map.of("x", x), random.nextDouble() < 1 / (1 + Math.exp(-x)));
        }

        assertRefused(
                LogisticTrainer.linear().train(builder.build("converted")),
                "expected_direction",
                "signal \"x\" goes the other way than it declares in these data; correct the declaration, look for a"
                        + " mistake in the data, exclude the signal, or let shapes be chosen, which keep to the"
                        + " declaration");
    }

    @Test
    void overrideIsNamedAndReasoned() {
        TrainingResult result = train(1000, (random, converted) -> (converted ? 3 : 0) + random.nextGaussian());

        TrainingResult overridden = result.override("leakage", "known at prediction time");

        assertThat(check(overridden, "leakage").override()).contains("known at prediction time");
        assertThat(overridden.publish("model", "1").name()).isEqualTo("model");
    }

    @Test
    void overrideThatOverridesNothingIsAMistake() {
        TrainingResult result =
                LogisticTrainer.linear().train(StreamingUsers.generate(2000, 1)).override("leakage", "no reason");

        assertThatThrownBy(() -> result.publish("model", "1"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the checks [leakage] are overridden and refuse nothing; no check does");
    }

    @Test
    void callerSetsLimits() {
        TrainingResult result = train(1000, (random, converted) -> (converted ? 3 : 0) + random.nextGaussian());

        assertThat(result.publish(
                                "model",
                                "1",
                                Instant.EPOCH,
                                GateLimits.defaults().leakage(0.999, 0.99))
                        .name())
                .isEqualTo("model");
    }

    private static void assertRefused(TrainingResult result, String name, String sentence) {
        assertThat(check(result, name).verdict()).isEqualTo(GateCheck.Verdict.REFUSED);
        assertThat(check(result, name).sentence()).isEqualTo(sentence);
        assertThatThrownBy(() -> result.publish("model", "1"))
                .isInstanceOf(RefusedModelException.class)
                .hasMessageContaining(name + ": " + sentence);
    }

    private static GateCheck check(TrainingResult result, String name) {
        return result.gate().stream()
                .filter(check -> check.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static TrainingResult train(int rows, ToDoubleBiFunction<Random, Boolean> planted) {
        return LogisticTrainer.linear().train(data(rows, planted));
    }

    private static DataSet data(int rows, ToDoubleBiFunction<Random, Boolean> planted) {
        Random random = new Random(2);
        DataSet.Builder builder =
                DataSet.builder(SignalSchema.of("two", "1", Signal.numeric("x"), Signal.numeric("planted")));
        for (int i = 0; i < rows; i++) {
            double x = random.nextGaussian();
            boolean converted = random.nextDouble() < 1 / (1 + Math.exp(-x));
            builder.add(Map.of("x", x, "planted", planted.applyAsDouble(random, converted)), converted);
        }
        return builder.build("converted");
    }
}
