package io.conversion.core;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * The quick way from a map to signals. It only knows how to say yes: where anything is missing, unknown, out of range or
 * of an unusual type, it gives up, and {@link SignalsBuilder} finds out what to do or to say.
 */
final class CleanMap {

    private CleanMap() {}

    /** The signals, if each one is in the map with a value that is scored as it is, and nothing else is there. */
    static @Nullable Signals read(SignalSchema schema, Map<String, ?> map) {
        CompiledSignal[] compiled = schema.compiled();
        double[] values = new double[compiled.length];
        // A sorted map may find a name that is spelt otherwise.
        if (map.size() != values.length || map instanceof SortedMap) {
            return null;
        }
        for (int i = 0; i < values.length; i++) {
            double value = compiled[i].clean(map.get(compiled[i].name()));
            if (Double.isNaN(value)) {
                return null;
            }
            values[i] = value;
        }
        return new Signals(schema, values, List.of());
    }
}
