package io.conversion.core.signals;

import io.conversion.core.internal.HiddenCopy;
import java.lang.invoke.MethodHandles;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The quick way from a map to signals. It only knows how to say yes: where anything is missing, unknown, out of range or
 * of an unusual type, it gives up, and {@link SignalsBuilder} finds out what to do or to say. Immutable.
 */
final class CleanMap {

    private final SignalSchema schema;
    private final int size;
    private final Slots[] slots;

    CleanMap(SignalSchema schema, CompiledSignal[] signals) {
        this.schema = schema;
        this.size = signals.length;
        this.slots = new Slots[(size + Slots.SIZE - 1) / Slots.SIZE];
        Arrays.setAll(
                slots,
                i -> HiddenCopy.of(
                        MethodHandles.lookup(),
                        CleanMapTemplate.class,
                        Arrays.copyOfRange(signals, i * Slots.SIZE, (i + 1) * Slots.SIZE)));
    }

    /** The signals, if each one is in the map with a value that is scored as it is, and nothing else is there. */
    @Nullable
    Signals read(Map<?, ?> map) {
        double[] values = new double[size];
        if (!isPlain(map) || map.size() != size) {
            return null;
        }
        for (Slots some : slots) {
            if (!some.read(map, values)) {
                return null;
            }
        }
        return new Signals(schema, values, List.of());
    }

    /** Other maps, such as sorted ones or classes made of these, may find a name that is spelt otherwise. */
    private static boolean isPlain(Map<?, ?> map) {
        return map.getClass() == HashMap.class || map.getClass() == LinkedHashMap.class;
    }

    /** Some of the signals, each one a constant. */
    abstract static class Slots {

        static final int SIZE = 16;

        /** Whether the values of all these signals are clean; they are set then. */
        abstract boolean read(Map<?, ?> map, double[] values);

        static boolean read(@Nullable CompiledSignal signal, Map<?, ?> map, double[] values) {
            if (signal == null) {
                return true;
            }
            double value = signal.clean(map.get(signal.name()));
            values[signal.position()] = value;
            return !Double.isNaN(value);
        }
    }
}
