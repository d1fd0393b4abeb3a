package io.conversion.policy;

import io.conversion.core.Score;
import io.conversion.core.Scorer;
import io.conversion.core.SignalReading;
import io.conversion.core.Violation;
import io.conversion.policy.Decision.Decided;
import io.conversion.policy.Decision.Fallback;
import io.conversion.policy.Decision.Reason;
import java.util.List;
import java.util.Optional;

/**
 * Maps a score to a decision by the rules of one policy. Pure, immutable and safe to share between threads.
 */
public final class PolicyEngine {

    private final Policy policy;

    private PolicyEngine(Policy policy) {
        this.policy = policy;
    }

    /**
     * Makes the engine of a policy.
     *
     * @param policy the policy
     * @return the engine
     */
    public static PolicyEngine of(Policy policy) {
        return new PolicyEngine(policy);
    }

    /**
     * The policy that the engine applies.
     *
     * @return the policy
     */
    public Policy policy() {
        return policy;
    }

    /**
     * Decides on a score.
     *
     * @param score the score
     * @return decided by the band of its probability; a fallback if the score is of another model than the policy was
     *     tuned for, or has no finite log-odds
     */
    public Decision decide(Score score) {
        if (!policy.model().isMetBy(score.model())) {
            return fallback(
                    Reason.OTHER_MODEL,
                    List.of("policy " + policy + " is tuned for model " + policy.model()
                            + "; the score is of model \"" + score.model().name() + "\" with digest "
                            + score.model().digest()));
        }
        Optional<Band> band = policy.bandOf(score.probability());
        if (band.isEmpty() || !Double.isFinite(score.logOdds())) {
            return fallback(
                    Reason.UNDEFINED_PROBABILITY,
                    List.of("the score has log-odds " + score.logOdds()
                            + ": a signal is too large for its shape, so there is no probability to decide on"));
        }
        return new Decided(score, band.get(), policy.reference());
    }

    /**
     * Scores and decides on signals that were read from outside.
     *
     * @param scorer the scorer of the model
     * @param reading what came of reading the signals
     * @return the decision on the score; a fallback that names every violation if the signals were refused
     * @throws IllegalArgumentException if the signals were accepted by another schema than the scorer's
     */
    public Decision decide(Scorer scorer, SignalReading reading) {
        if (reading instanceof SignalReading.Refused refused) {
            return fallback(
                    Reason.INVALID_SIGNALS,
                    refused.violations().stream().map(Violation::message).toList());
        }
        return decide(scorer.score(reading.orElseThrow()));
    }

    private Fallback fallback(Reason reason, List<String> details) {
        return new Fallback(reason, details, policy.fallbackAction(), policy.reference());
    }
}
