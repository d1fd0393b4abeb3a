package io.conversion.model.design;

import io.conversion.core.signals.Signal;
import io.conversion.model.data.DataSet;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** Computes something of each signal, side by side. */
final class EachSignal {

    private EachSignal() {}

    /** What is computed of a signal and its column. */
    @FunctionalInterface
    interface Of<T> {
        T signal(Signal signal, double[] values, int position);
    }

    /** The results in the order of the schema; if some signals have none, the exception of the first of these. */
    static <T> List<T> map(DataSet data, Of<T> of) {
        List<Signal> declared = data.schema().declared();
        List<Supplier<T>> results = IntStream.range(0, declared.size())
                .parallel()
                .<Supplier<T>>mapToObj(i -> {
                    try {
                        T result = of.signal(declared.get(i), data.column(i), i);
                        return () -> result;
                    } catch (RuntimeException e) {
                        return () -> {
                            throw e;
                        };
                    }
                })
                .toList();
        return results.stream().map(Supplier::get).toList();
    }
}
