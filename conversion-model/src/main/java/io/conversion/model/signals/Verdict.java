package io.conversion.model.signals;

/** What becomes of a signal; in rising order of severity. */
public enum Verdict {
    /** It may enter a model. */
    KEEP,
    /** It may enter a model once somebody has looked at the reasons. */
    CONDITIONAL,
    /** It may not enter a model. */
    DROP
}
