package io.conversion.model.comparison;

import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import smile.data.DataFrame;
import smile.data.Tuple;
import smile.data.vector.IntVector;

/** Users in columns that trees can be grown on. */
final class TreeRows {

    private final DataFrame signals;
    private final IntVector classes;
    private final boolean[] outcomes;

    TreeRows(DataFrame signals, IntVector classes, boolean[] outcomes) {
        this.signals = signals;
        this.classes = classes;
        this.outcomes = outcomes;
    }

    /** The columns of the signals. */
    DataFrame signals() {
        return signals;
    }

    /** The columns of the signals, and the outcome as the last one. */
    DataFrame labelled() {
        return signals.merge(classes);
    }

    /** Whether the user of each row converted. */
    boolean[] outcomes() {
        return outcomes;
    }

    /** The share of rows whose user converted. */
    double rate() {
        int positives = 0;
        for (boolean outcome : outcomes) {
            positives += outcome ? 1 : 0;
        }
        return (double) positives / outcomes.length;
    }

    /** A number for each row. */
    double[] map(ToDoubleFunction<Tuple> function) {
        return IntStream.range(0, outcomes.length)
                .mapToDouble(row -> function.applyAsDouble(signals.get(row)))
                .toArray();
    }
}
