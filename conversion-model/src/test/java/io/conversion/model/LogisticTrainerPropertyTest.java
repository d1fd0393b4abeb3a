package io.conversion.model;

import static io.conversion.model.ReferenceFit.assertSameFit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.conversion.core.signals.CategoricalSignal;
import io.conversion.core.signals.Signal;
import io.conversion.core.signals.SignalSchema;
import io.conversion.core.signals.WhenMissing;
import io.conversion.core.signals.WhenUnseen;
import io.conversion.model.data.DataSet;
import io.conversion.model.data.InvalidDataException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** Laws of the fit, on data sets of all kinds of signals with missing, unseen and clipped values. */
class LogisticTrainerPropertyTest {

    @Property(tries = 300)
    void scoreOfATrainingRowIsItsRowOfTheDesignAtTheOptimum(
            @ForAll("users") LabelledUsers users,
            @ForAll("penalties") double penalty,
            @ForAll boolean standardise,
            @ForAll boolean allLevels) {
        TrainingResult result = LogisticTrainer.linear()
                .penalty(penalty)
                .standardise(standardise)
                .allLevels(allLevels)
                .train(users.dataSet());

        ReferenceDesign design = new ReferenceDesign(users, standardise, allLevels);
        assertThat(result.coefficients()).extracting(Coefficient::column).isEqualTo(design.names());
        ReferenceFit.assertOptimum(result, users, design);
    }

    @Property(tries = 200)
    void fitWithoutPenaltyIsAnOptimumOrRefused(@ForAll("users") LabelledUsers users) {
        try {
            TrainingResult result = LogisticTrainer.linear().penalty(0).train(users.dataSet());

            ReferenceFit.assertOptimum(result, users, new ReferenceDesign(users, true, false));
        } catch (SeparationException | InvalidDataException refusal) {
            // Rows that are all but separated may end without a direction that shows it; the remedy is the same.
            assertThat(refusal).hasMessageContaining("train with a").hasMessageContaining("penalty");
        }
    }

    @Property(tries = 300)
    void singleSignalIsRefusedIfAndOnlyIfAThresholdSeparatesItsOutcomes(
            @ForAll @Size(min = 2, max = 12) List<@IntRange(max = 4) Integer> others,
            @ForAll @Size(min = 2, max = 12) List<@IntRange(max = 4) Integer> converters) {
        List<double[]> rows = new ArrayList<>();
        others.forEach(value -> rows.add(new double[] {value, 0}));
        converters.forEach(value -> rows.add(new double[] {value, 1}));
        DataSet data = LabelledUsers.numbers(List.of(Signal.numeric("x")), rows.toArray(double[][]::new))
                .dataSet();
        LogisticTrainer trainer = LogisticTrainer.linear().penalty(0);

        boolean constant = rows.stream().mapToDouble(row -> row[0]).distinct().count() == 1;
        boolean separated = Collections.max(others) <= Collections.min(converters)
                || Collections.max(converters) <= Collections.min(others);
        if (separated && !constant) {
            assertThatExceptionOfType(SeparationException.class).isThrownBy(() -> trainer.train(data));
        } else {
            assertThat(trainer.train(data).coefficients()).hasSize(constant ? 0 : 1);
        }
    }

    @Property(tries = 150)
    void orderOfTheRowsChangesNothing(
            @ForAll("users") LabelledUsers users, @ForAll("penalties") double penalty, @ForAll long seed) {
        List<Integer> order =
                new ArrayList<>(IntStream.range(0, users.size()).boxed().toList());
        Collections.shuffle(order, new Random(seed));
        LogisticTrainer trainer = LogisticTrainer.linear().penalty(penalty);

        assertSameFit(trainer.train(users.rows(order).dataSet()), trainer.train(users.dataSet()));
    }

    @Property(tries = 150)
    void namesOfTheLevelsChangeNothing(
            @ForAll("users") LabelledUsers users, @ForAll("penalties") double penalty, @ForAll boolean allLevels) {
        LogisticTrainer trainer = LogisticTrainer.linear().penalty(penalty).allLevels(allLevels);

        assertSameFit(trainer.train(renamed(users).dataSet()), trainer.train(users.dataSet()));
    }

    @Property(tries = 150)
    void everyRowTwiceWithTwiceThePenaltyChangesNothing(
            @ForAll("users") LabelledUsers users,
            @ForAll("penalties") double penalty,
            @ForAll boolean standardise,
            @ForAll boolean allLevels) {
        LogisticTrainer trainer =
                LogisticTrainer.linear().standardise(standardise).allLevels(allLevels);

        assertSameFit(
                trainer.penalty(2 * penalty).train(users.twice().dataSet()),
                trainer.penalty(penalty).train(users.dataSet()));
    }

    @Provide
    Arbitrary<Double> penalties() {
        return Arbitraries.of(0.05, 1.0, 20.0);
    }

    @Provide
    Arbitrary<LabelledUsers> users() {
        return RandomUsers.users();
    }

    /** The same users with the levels in the same order under names that sort the other way round. */
    private static LabelledUsers renamed(LabelledUsers users) {
        Map<String, String> names = Map.of("a", "z", "b", "y", "c", "x", "d", "w", "other", "unheard of");
        List<Signal> signals = users.schema().declared().stream()
                .map(signal -> signal instanceof CategoricalSignal categorical ? renamed(categorical, names) : signal)
                .toList();
        LabelledUsers result = users.schema(SignalSchema.of("renamed", "1", signals));
        for (Signal signal : signals) {
            if (signal instanceof CategoricalSignal) {
                result = result.with(
                        signal.name(),
                        user -> user.get(signal.name()) instanceof String level ? names.get(level) : null);
            }
        }
        return result;
    }

    private static CategoricalSignal renamed(CategoricalSignal signal, Map<String, String> names) {
        WhenUnseen rule = signal.whenUnseen() instanceof WhenUnseen.Level unseen
                ? WhenUnseen.level(names.getOrDefault(unseen.level(), ""))
                : signal.whenUnseen();
        return Signal.categorical(
                        signal.name(),
                        signal.levels().stream()
                                .map(level -> names.getOrDefault(level, ""))
                                .toList())
                .whenUnseen(rule)
                .whenMissing(WhenMissing.IMPUTE);
    }
}
