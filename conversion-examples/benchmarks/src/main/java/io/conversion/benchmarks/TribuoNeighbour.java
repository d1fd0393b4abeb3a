package io.conversion.benchmarks;

import io.conversion.benchmarks.BenchmarkModel.Categorical;
import io.conversion.benchmarks.BenchmarkModel.Numeric;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.tribuo.Example;
import org.tribuo.Model;
import org.tribuo.Prediction;
import org.tribuo.classification.Label;
import org.tribuo.classification.LabelFactory;
import org.tribuo.impl.ArrayExample;

/** Tribuo: examples are arrays of feature names and values. */
final class TribuoNeighbour implements Neighbour {

    /** The numeric signals, the level of each categorical signal, the flag. */
    private static final int FEATURES = BenchmarkModel.NUMERICS.size() + BenchmarkModel.CATEGORICALS.size() + 1;

    private static final List<List<String>> LEVEL_FEATURES = BenchmarkModel.CATEGORICALS.stream()
            .map(TribuoNeighbour::levelFeatures)
            .toList();

    private final Model<Label> model = TribuoModel.load();

    @Override
    public String name() {
        return "Tribuo 4.3.2";
    }

    @Override
    public double fromMap(Map<String, Object> user) {
        return score(example(user));
    }

    @Override
    public DoubleSupplier prepare(Map<String, Object> user) {
        Example<Label> example = example(user);
        return () -> score(example);
    }

    @Override
    public Supplier<double[]> prepareBatch(Columns users) {
        List<Example<Label>> examples =
                users.rows().stream().map(TribuoNeighbour::example).toList();
        return () -> score(examples);
    }

    private static Example<Label> example(Map<String, Object> user) {
        String[] names = new String[FEATURES];
        double[] values = new double[FEATURES];
        int feature = 0;
        for (Numeric signal : BenchmarkModel.NUMERICS) {
            names[feature] = signal.name();
            values[feature++] = UserFields.number(user, signal);
        }
        for (int i = 0; i < LEVEL_FEATURES.size(); i++) {
            int level = UserFields.level(user, BenchmarkModel.CATEGORICALS.get(i));
            names[feature] = LEVEL_FEATURES.get(i).get(level);
            values[feature++] = 1;
        }
        names[feature] = BenchmarkModel.FLAG;
        values[feature] = UserFields.flag(user) ? 1 : 0;
        // Tribuo calls this constructor its most efficient one; add(name, value) sorts after every feature.
        return new ArrayExample<>(LabelFactory.UNKNOWN_LABEL, names, values);
    }

    private static List<String> levelFeatures(Categorical signal) {
        return IntStream.range(0, signal.levels().size())
                .mapToObj(level -> TribuoModel.feature(signal, level))
                .toList();
    }

    private double score(Example<Label> example) {
        return probability(model.predict(example));
    }

    private double[] score(List<Example<Label>> examples) {
        List<Prediction<Label>> predictions = model.predict(examples);
        double[] probabilities = new double[predictions.size()];
        for (int i = 0; i < probabilities.length; i++) {
            probabilities[i] = probability(predictions.get(i));
        }
        return probabilities;
    }

    private static double probability(Prediction<Label> prediction) {
        return Objects.requireNonNull(prediction.getOutputScores().get(TribuoModel.CONVERTED))
                .getScore();
    }
}
