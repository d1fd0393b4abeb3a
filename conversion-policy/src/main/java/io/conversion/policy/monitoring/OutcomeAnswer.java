package io.conversion.policy.monitoring;

/**
 * What became of a report to {@link DriftMonitor#outcome}. Each report is counted by its answer, but for those that are
 * taken and those that are not in the followed share.
 */
public enum OutcomeAnswer {
    /** It is taken, and counts once the outcome window of the decision has passed. */
    COUNTED,
    /**
     * No decision of this request is followed: there was none, it was not taken for want of room, or its window and the
     * time to report have passed.
     */
    UNKNOWN_REQUEST,
    /** The request is not in the {@link DriftOptions#followedShare() followed share}, so its outcome is not asked for. */
    NOT_IN_SHARE,
    /** There is an outcome of this request already, which stands. */
    REPORTED_TWICE,
    /**
     * Its moment is before that of the decision; or the user has not converted so far, but the outcome window of the
     * decision has not ended, so that it is not known yet. Nothing is kept of it: report the conversion when it comes, or
     * once more from the end of the window on.
     */
    TOO_EARLY,
    /** The user converted after the outcome window of the decision. For this decision that is no conversion. */
    TOO_LATE,
    /**
     * Its moment is further ahead of the clock of the monitor than is tolerated, so that nothing follows from it. Nothing is
     * kept of it: correct the moment, or the clock, and report again.
     */
    AHEAD_OF_CLOCK
}
