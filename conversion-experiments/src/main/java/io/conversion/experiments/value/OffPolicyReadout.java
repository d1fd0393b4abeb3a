package io.conversion.experiments.value;

import java.util.List;

/**
 * What a log says of a policy that was not in force: as a whole, by its bands, and against what was in force. Immutable and safe
 * to share between threads.
 *
 * @param policy what the policy is called
 * @param log the log
 * @param alpha how often intervals may be wrong
 * @param limits what the log had to hold
 * @param answer the value for each decision, or why it cannot be known
 * @param bands the same for each band of the policy; none if it has one only
 * @param againstLogged the difference to what was in force
 */
public record OffPolicyReadout(
        String policy,
        LoggedDecisions log,
        double alpha,
        SupportLimits limits,
        ValueAnswer answer,
        List<BandValue> bands,
        PolicyDifference againstLogged) {

    /** Copies the list. {@inheritDoc} */
    public OffPolicyReadout {
        bands = List.copyOf(bands);
    }
}
