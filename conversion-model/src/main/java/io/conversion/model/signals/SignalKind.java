package io.conversion.model.signals;

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
        return signal.match(numeric -> NUMERIC, categorical -> CATEGORICAL, flag -> FLAG);
    }
}
