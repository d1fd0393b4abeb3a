package io.conversion.policy.monitoring;

/** What became of a report to {@link DriftMonitor#outcome}. Each report but the counted ones is counted by its answer. */
public enum OutcomeAnswer {
    /** It is taken, and counts once the outcome window of the decision has passed. */
    COUNTED,
    /**
     * No decision of this request is followed: there was none, it was not taken for want of room, or its window and the
     * time to report have passed.
     */
    UNKNOWN_REQUEST,
    /** There is an outcome of this request already, which stands. */
    REPORTED_TWICE,
    /** Its moment is before that of the decision. */
    TOO_EARLY,
    /** Its moment is after the outcome window of the decision. */
    TOO_LATE
}
