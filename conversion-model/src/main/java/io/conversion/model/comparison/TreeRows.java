package io.conversion.model.comparison;

import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import smile.data.DataFrame;
import smile.data.Tuple;
import smile.data.vector.IntVector;

/** Users in columns that trees can be grown on. */
record TreeRows(DataFrame signals, IntVector classes, boolean[] outcomes) {

    /** Signals and outcomes in one frame. */
    DataFrame labelled() {
        return signals.merge(classes);
    }

    /** A number for each row. */
    double[] map(ToDoubleFunction<Tuple> function) {
        return IntStream.range(0, outcomes.length)
                .mapToDouble(row -> function.applyAsDouble(signals.get(row)))
                .toArray();
    }
}
