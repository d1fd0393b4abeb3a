package io.conversion.core.signals;

/** What happens when a numeric signal lies outside its range. */
public enum WhenOutOfRange {
    /** The signals are refused. */
    REFUSE,
    /** The nearer end of the range is scored, and the score's evidence says so. */
    CLIP
}
