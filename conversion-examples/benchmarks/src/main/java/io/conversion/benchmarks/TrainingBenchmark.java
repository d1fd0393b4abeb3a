package io.conversion.benchmarks;

import io.conversion.core.ConversionModel;
import io.conversion.core.signals.Signal;
import io.conversion.core.signals.SignalSchema;
import io.conversion.model.LogisticTrainer;
import io.conversion.model.data.DataSet;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import smile.classification.LogisticRegression;

/** Nanoseconds to train on {@value #ROWS} users with {@value #SIGNALS} signals, from memory to a published model. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(3)
public class TrainingBenchmark {

    static final int ROWS = 200_000;
    static final int SIGNALS = 17;

    private final double[][] matrix = new double[ROWS][SIGNALS];
    private final int[] outcomes = new int[ROWS];
    private DataSet data;

    /** Generates standard normal signals and outcomes that depend on them. */
    @Setup
    public void generate() {
        List<Signal> declared = new ArrayList<>();
        for (int i = 0; i < SIGNALS; i++) {
            declared.add(Signal.numeric("s" + i));
        }
        DataSet.Builder rows = DataSet.builder(SignalSchema.of("training", "1", declared));
        Random random = new Random(1);
        for (int row = 0; row < ROWS; row++) {
            Map<String, Double> values = new LinkedHashMap<>();
            double logOdds = -1;
            for (int i = 0; i < SIGNALS; i++) {
                matrix[row][i] = random.nextGaussian();
                values.put("s" + i, matrix[row][i]);
                logOdds += (i - 8) / 16.0 * matrix[row][i];
            }
            outcomes[row] = random.nextDouble() < 1 / (1 + Math.exp(-logOdds)) ? 1 : 0;
            rows.add(values, outcomes[row] == 1);
        }
        data = rows.build("converted");
    }

    /**
     * This library: standardised columns, an optimum that is checked, a published model.
     *
     * @return the model
     */
    @Benchmark
    public ConversionModel train() {
        return LogisticTrainer.linear().train(data).publish("training", "1");
    }

    /**
     * Smile's own fit of the same matrix.
     *
     * @return the fit
     */
    @Benchmark
    public LogisticRegression smile() {
        return LogisticRegression.binomial(matrix, outcomes, 1, 1e-10, 500);
    }
}
