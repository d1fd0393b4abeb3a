package io.conversion.experiments.value;

import io.conversion.experiments.Refusal;
import io.conversion.experiments.value.ValueAnswer.Interval;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one policy would have brought beyond another, on the same decisions. Immutable and safe to share between threads.
 *
 * @param policy the policy
 * @param other the policy that it is compared with; {@link #LOGGED} for what was in force
 * @param estimate the difference for each decision, policy less other; null if it is refused
 * @param interval its interval at a look that was fixed before; null if it is refused
 * @param refusals why it cannot be known; none if it is
 */
public record PolicyDifference(
        String policy,
        String other,
        @Nullable ValueEstimate estimate,
        @Nullable Interval interval,
        List<Refusal> refusals) {

    /** The name of what was in force when the log was written. */
    public static final String LOGGED = "what was in force";

    /** Copies the list. {@inheritDoc} */
    public PolicyDifference {
        refusals = List.copyOf(refusals);
    }
}
