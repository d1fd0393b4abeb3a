package io.conversion.policy.monitoring;

import java.util.function.LongBinaryOperator;
import java.util.stream.LongStream;

/**
 * What became of the decisions whose outcomes were to be followed, and of the reports that did not count. Immutable and
 * safe to share between threads.
 *
 * @param pending the decisions that are being followed
 * @param pendingDropped the decisions on a probability that were not followed: there was no room, they had no moment, or one
 *     that was ahead of the clock, their
 *     request was longer than 500 characters, or a decision of the same request was being followed; those outside the
 *     {@link DriftOptions#followedShare() followed share} are not among them
 * @param unreported the decisions that were settled without a reported outcome, whatever they were taken for
 * @param outcomesUnknown reports that were answered {@link OutcomeAnswer#UNKNOWN_REQUEST}
 * @param outcomesTwice reports that were answered {@link OutcomeAnswer#REPORTED_TWICE}
 * @param outcomesTooEarly reports that were answered {@link OutcomeAnswer#TOO_EARLY}
 * @param outcomesTooLate reports that were answered {@link OutcomeAnswer#TOO_LATE}
 */
public record FollowUp(
        long pending,
        long pendingDropped,
        long unreported,
        long outcomesUnknown,
        long outcomesTwice,
        long outcomesTooEarly,
        long outcomesTooLate) {

    /** Nothing was followed and nothing reported. */
    public static final FollowUp NONE = new FollowUp(0, 0, 0, 0, 0, 0, 0);

    /**
     * Checks the counts. {@inheritDoc}
     *
     * @throws IllegalArgumentException if one is negative
     */
    public FollowUp {
        boolean negative = LongStream.of(
                        pending,
                        pendingDropped,
                        unreported,
                        outcomesUnknown,
                        outcomesTwice,
                        outcomesTooEarly,
                        outcomesTooLate)
                .anyMatch(count -> count < 0);
        if (negative) {
            throw new IllegalArgumentException("a count of the follow-up is negative; at least 0 is allowed");
        }
    }

    /**
     * Adds what became of others.
     *
     * @param other the others
     * @return the sums
     */
    public FollowUp plus(FollowUp other) {
        return combine(other, Long::sum);
    }

    FollowUp combine(FollowUp other, LongBinaryOperator operator) {
        return new FollowUp(
                operator.applyAsLong(pending, other.pending),
                operator.applyAsLong(pendingDropped, other.pendingDropped),
                operator.applyAsLong(unreported, other.unreported),
                operator.applyAsLong(outcomesUnknown, other.outcomesUnknown),
                operator.applyAsLong(outcomesTwice, other.outcomesTwice),
                operator.applyAsLong(outcomesTooEarly, other.outcomesTooEarly),
                operator.applyAsLong(outcomesTooLate, other.outcomesTooLate));
    }

    /** The same with nothing pending. */
    FollowUp settled() {
        return new FollowUp(
                0, pendingDropped, unreported, outcomesUnknown, outcomesTwice, outcomesTooEarly, outcomesTooLate);
    }
}
