package io.conversion.policy.review;

import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * How many users have one outcome of a policy, and how many of them convert. Immutable and safe to share between threads.
 */
public final class OutcomeVolume {

    private final Outcome outcome;
    private final long users;
    private final long scored;
    private final double expected;
    private final @Nullable ConversionRate observed;

    OutcomeVolume(Outcome outcome, long users, long scored, double expected, @Nullable ConversionRate observed) {
        this.outcome = outcome;
        this.users = users;
        this.scored = scored;
        this.expected = expected;
        this.observed = observed;
    }

    /**
     * The outcome.
     *
     * @return a band, a guardrail, the control group or a fallback
     */
    public Outcome outcome() {
        return outcome;
    }

    /**
     * How many users have it.
     *
     * @return the number of users
     */
    public long users() {
        return users;
    }

    /**
     * How many of these users have a probability; a user for whom both policies fall back has none.
     *
     * @return the number of users
     */
    public long scored() {
        return scored;
    }

    /**
     * How many of those who have a probability are expected to convert: the sum of the calibrated probabilities. That is
     * what they do under the treatment that was in force when the labels of the model's training rows arose, and not what
     * the action of this outcome makes them do.
     *
     * @return the expected conversions, at least 0
     */
    public double expectedUnderPastTreatment() {
        return expected;
    }

    /**
     * The mean of the calibrated probabilities.
     *
     * @return the expected rate under past treatment, 0 to 1; empty if nobody here has a probability
     */
    public OptionalDouble expectedRateUnderPastTreatment() {
        return scored == 0 ? OptionalDouble.empty() : OptionalDouble.of(Math.min(1, expected / scored));
    }

    /**
     * How many of those whose label was given converted, under the treatment that they got then.
     *
     * @return the rate with its interval; empty if no label was given
     */
    public Optional<ConversionRate> observed() {
        return Optional.ofNullable(observed);
    }
}
