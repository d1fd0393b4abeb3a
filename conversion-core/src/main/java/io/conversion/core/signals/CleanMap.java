package io.conversion.core.signals;

import io.conversion.core.internal.HiddenCopy;
import java.lang.invoke.MethodHandles;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The quick ways from a map to signals. They only know how to say yes: where a name is unknown or given twice, a value is out
 * of range, of an unusual type, or missing without a rule for that, they give up, and {@link SignalsBuilder} finds out what
 * to do or to say. Safe to share between threads.
 */
final class CleanMap {

    private final CleanSignals signals;
    private final int size;
    private final Slots[] slots;
    private final NameOrder names;

    CleanMap(CleanSignals signals, CompiledSignal[] compiled) {
        this.signals = signals;
        this.size = compiled.length;
        this.slots = new Slots[(size + Slots.SIZE - 1) / Slots.SIZE];
        Arrays.setAll(
                slots,
                i -> HiddenCopy.of(
                        MethodHandles.lookup(),
                        CleanMapTemplate.class,
                        Arrays.copyOfRange(compiled, i * Slots.SIZE, (i + 1) * Slots.SIZE)));
        this.names = new NameOrder(compiled);
    }

    /** The signals, if each value is scored as it is, or replaced where it is missing, and nothing else is there. */
    @Nullable
    Signals read(Map<?, ?> map) {
        Signals signals = isPlain(map) && map.size() == size ? lookedUp(map) : null;
        return signals != null ? signals : inOrder(map);
    }

    /** Other maps take longer to find a name, or may find one that is spelt otherwise. */
    private static boolean isPlain(Map<?, ?> map) {
        return map.getClass() == HashMap.class || map.getClass() == LinkedHashMap.class;
    }

    /** The signals, if each one is in the map. */
    private @Nullable Signals lookedUp(Map<?, ?> map) {
        double[] values = new double[size];
        for (Slots some : slots) {
            if (!some.read(map, values)) {
                return null;
            }
        }
        return signals.of(values);
    }

    /** The signals, by the entries in their order, as the thorough way looks at them. */
    private @Nullable Signals inOrder(Map<?, ?> map) {
        Values values = new Values(names, signals.nothing());
        map.forEach(values);
        return values.clean ? signals.of(values.byPosition, values.given) : null;
    }

    /** The values of one user, as far as they are clean. */
    private static final class Values implements BiConsumer<@Nullable Object, @Nullable Object> {

        private final NameOrder names;
        private final double[] byPosition;
        private int given;
        private boolean clean = true;

        Values(NameOrder names, double[] byPosition) {
            this.names = names;
            this.byPosition = byPosition;
        }

        @Override
        public void accept(@Nullable Object name, @Nullable Object value) {
            CompiledSignal signal = names.find(given++, name);
            if (signal == null) {
                clean = false;
                return;
            }
            double number = value == null ? CleanSignals.GIVEN_AS_MISSING : signal.clean(value);
            clean &= !Double.isNaN(number);
            byPosition[signal.position()] = number;
        }
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
