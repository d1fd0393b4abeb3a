package io.conversion.core.signals;

/** What happens when a signal is missing. */
public enum WhenMissing {
    /** The signals are refused. */
    REFUSE,
    /** The model's value for missing is scored, and the score's evidence says so. */
    IMPUTE
}
