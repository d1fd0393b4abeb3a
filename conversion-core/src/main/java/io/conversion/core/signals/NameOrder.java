package io.conversion.core.signals;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds signals by name. Whoever makes maps or JSON mostly gives the names in one order, so each name is first compared with
 * the one that stood at its place the last time. That memory changes how long it takes to find a signal, and nothing else:
 * safe to share between threads.
 */
final class NameOrder {

    private final Map<String, CompiledSignal> byName = new HashMap<>();

    // As they last came. Threads may overwrite each other's, but whatever stands here is a signal of the schema.
    private final CompiledSignal[] order;

    NameOrder(CompiledSignal[] signals) {
        this.order = signals.clone();
        for (CompiledSignal signal : signals) {
            byName.put(signal.name(), signal);
        }
    }

    /** The signal that stood at a place the last time, from 0, below the number of signals. */
    CompiledSignal expected(int place) {
        return order[place];
    }

    /** The signal of the name at a place from 0, null if there is none. */
    @Nullable
    CompiledSignal find(int place, @Nullable Object name) {
        if (place < order.length) {
            CompiledSignal expected = order[place];
            if (expected.name().equals(name)) {
                return expected;
            }
        }
        return remember(place, name);
    }

    private @Nullable CompiledSignal remember(int place, @Nullable Object name) {
        CompiledSignal found = byName.get(name);
        if (found != null && place < order.length) {
            order[place] = found;
        }
        return found;
    }
}
