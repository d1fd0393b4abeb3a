package io.conversion.openfeature;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * What a user did after a decision, as the application tracked it: a row of the outcomes by which an experiment is read out, or a
 * report to a drift monitor. Immutable and safe to share between threads.
 *
 * @param metric the name of the tracking event
 * @param moment the attribute {@code moment} of its details; when it was tracked, by the clock of the provider, without it
 * @param givenKey the targeting key of its context; null if there is none
 * @param givenRequest the attribute {@code request} of its context, by which the decision was asked for; null if there is none
 * @param givenValue the value of its details; NaN if there is none
 */
public record TrackedOutcome(
        String metric,
        Instant moment,
        @Nullable String givenKey,
        @Nullable String givenRequest,
        double givenValue) {

    /**
     * The key of the user.
     *
     * @return the targeting key; empty if there was none, so that the outcome belongs to nobody in an experiment
     */
    public Optional<String> userKey() {
        return Optional.ofNullable(givenKey);
    }

    /**
     * What the decision was called.
     *
     * @return the request; empty if the context does not say
     */
    public Optional<String> request() {
        return Optional.ofNullable(givenRequest);
    }

    /**
     * How much it was, such as an amount of money.
     *
     * @return the value; empty if the event had none
     */
    public OptionalDouble value() {
        return Double.isNaN(givenValue) ? OptionalDouble.empty() : OptionalDouble.of(givenValue);
    }

    /** The metric and the moment; no key, since that may be personal. */
    @Override
    public String toString() {
        return metric + " at " + moment;
    }
}
