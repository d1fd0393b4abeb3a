package io.conversion.model.signals;

import io.conversion.core.signals.FlagSignal;
import io.conversion.core.signals.NumericSignal;
import io.conversion.core.signals.Signal;

/** The kind of a signal. */
public enum SignalKind {
    /** Numbers. */
    NUMERIC,
    /** True or false. */
    FLAG,
    /** One of several levels. */
    CATEGORICAL;

    static SignalKind of(Signal signal) {
        if (signal instanceof NumericSignal) {
            return NUMERIC;
        }
        return signal instanceof FlagSignal ? FLAG : CATEGORICAL;
    }
}
