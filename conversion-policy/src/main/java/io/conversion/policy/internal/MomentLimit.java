package io.conversion.policy.internal;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * The latest moment that is believed: the caller's clock, and a tolerance for clocks that differ.
 *
 * @param clock the caller's clock
 * @param tolerance how far ahead of it a moment may be; not negative
 */
public record MomentLimit(InstantSource clock, Duration tolerance) {

    /** For callers that give no clock: every moment is believed. */
    public static final MomentLimit NONE = new MomentLimit(() -> Instant.MAX, Duration.ZERO);

    /** Checks the tolerance. {@inheritDoc} */
    public MomentLimit {
        if (tolerance.isNegative()) {
            throw new IllegalArgumentException(
                    "the tolerance for moments ahead of the clock is " + tolerance + "; zero or more is allowed");
        }
    }

    /** Whether a moment is further ahead of the clock than the tolerance allows. */
    public boolean isBeyond(Instant moment) {
        Instant now = clock.instant();
        return moment.isAfter(now) && Duration.between(now, moment).compareTo(tolerance) > 0;
    }
}
