package io.conversion.policy;

import io.conversion.core.Score;
import java.util.List;
import java.util.Optional;

/**
 * What the engine answered: decided by a band, or a fallback with its reason. A fallback is a type of its own, so that
 * it cannot be taken for a decision. Immutable and safe to share between threads.
 */
public sealed interface Decision {

    /**
     * What the host is to do.
     *
     * @return the action of the band, or the policy's fallback action
     */
    String action();

    /**
     * The segment of the user.
     *
     * @return the segment of the band, empty for a fallback
     */
    Optional<String> segment();

    /**
     * The policy that was applied.
     *
     * @return its reference
     */
    PolicyReference policy();

    /**
     * Decided by the band that the probability lies in.
     *
     * @param score the score that was decided on
     * @param band the band of its probability
     * @param policy the policy that was applied
     */
    record Decided(Score score, Band band, PolicyReference policy) implements Decision {

        @Override
        public String action() {
            return band.action();
        }

        @Override
        public Optional<String> segment() {
            return Optional.of(band.segment());
        }
    }

    /**
     * Not decided: the policy's fallback action, and why.
     *
     * @param reason why no decision could be made
     * @param details the reason in sentences, at least one
     * @param action the fallback action of the policy
     * @param policy the policy that was applied
     */
    record Fallback(Reason reason, List<String> details, String action, PolicyReference policy) implements Decision {

        /** Copies the details. {@inheritDoc} */
        public Fallback {
            details = List.copyOf(details);
            if (details.isEmpty()) {
                throw new IllegalArgumentException("a fallback states at least one reason");
            }
        }

        /** A fallback has no segment. */
        @Override
        public Optional<String> segment() {
            return Optional.empty();
        }
    }

    /** Why no decision could be made. */
    enum Reason {
        /** The schema refused the signals; the details are its violations. */
        INVALID_SIGNALS,
        /** The score is of another model than the policy was tuned for. */
        OTHER_MODEL,
        /** The score rests on less than the model's minimum evidence; the details say what it lacks. */
        INSUFFICIENT_EVIDENCE,
        /** The score has no finite log-odds: a signal is so large that a shape overflowed. */
        UNDEFINED_PROBABILITY
    }
}
