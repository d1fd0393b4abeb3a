package io.conversion.policy.monitoring;

import io.conversion.policy.internal.Wording;
import java.util.function.LongBinaryOperator;

/**
 * The users of one band.
 *
 * @param segment the segment of the band
 * @param from its lower bound
 * @param users how many users had a probability in it, whatever was decided for them
 * @param outcomes what came of the users for whom the band was decided on, once their outcome window has passed
 */
public record BandCounts(String segment, double from, long users, CalibrationCounts outcomes) {

    /**
     * Checks the count. {@inheritDoc}
     *
     * @throws IllegalArgumentException if it is negative
     */
    public BandCounts {
        if (users < 0) {
            throw new IllegalArgumentException(
                    "band " + Wording.quoted(segment) + " has " + users + " users; at least 0 is allowed");
        }
    }

    /**
     * Adds other users.
     *
     * @param other the others, of the same band
     * @return the sums
     * @throws IllegalArgumentException if they are of another band
     */
    public BandCounts plus(BandCounts other) {
        return combine(other, Long::sum);
    }

    BandCounts combine(BandCounts other, LongBinaryOperator operator) {
        if (!(segment.equals(other.segment) && from == other.from)) {
            throw new IllegalArgumentException("the users of band " + Wording.quoted(segment) + " from " + from
                    + " do not go with those of band " + Wording.quoted(other.segment) + " from " + other.from);
        }
        return new BandCounts(
                segment, from, operator.applyAsLong(users, other.users), outcomes.combine(other.outcomes, operator));
    }
}
