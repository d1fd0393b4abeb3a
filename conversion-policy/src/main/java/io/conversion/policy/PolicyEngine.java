package io.conversion.policy;

import io.conversion.core.Evidence;
import io.conversion.core.Score;
import io.conversion.core.ScoredBatch;
import io.conversion.core.Scorer;
import io.conversion.core.SignalReading;
import io.conversion.core.Violation;
import io.conversion.policy.Decision.Decided;
import io.conversion.policy.Decision.Fallback;
import io.conversion.policy.Decision.Reason;
import java.util.List;

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
     *     tuned for, has no finite log-odds, or rests on less than the model's minimum evidence
     */
    public Decision decide(Score score) {
        if (!policy.model().isMetBy(score.model())) {
            return fallback(
                    Reason.OTHER_MODEL,
                    List.of("policy " + policy + " is tuned for model " + policy.model()
                            + "; the score is of model \"" + score.model().name() + "\" with digest "
                            + score.model().digest()));
        }
        int band = bandIndex(score.logOdds(), score.probability());
        if (band < 0) {
            return fallback(
                    Reason.UNDEFINED_PROBABILITY,
                    List.of("the score has log-odds " + score.logOdds()
                            + ": a signal is too large for its shape, so there is no probability to decide on"));
        }
        Evidence evidence = score.evidence();
        if (!evidence.isSufficient()) {
            return fallback(Reason.INSUFFICIENT_EVIDENCE, evidence.shortfalls());
        }
        return new Decided(score, policy.bands().get(band), policy.reference());
    }

    /** The index of the band to decide by; -1 if the log-odds are not finite. */
    private int bandIndex(double logOdds, double probability) {
        return Double.isFinite(logOdds) ? policy.bandIndex(probability) : -1;
    }

    /**
     * Decides on the scores of a batch, each row by itself.
     *
     * @param scores the scores
     * @return the decisions by row, as {@link #decide(Scorer, SignalReading)} makes them
     */
    public DecidedBatch decide(ScoredBatch scores) {
        int[] outcomes = new int[scores.rows()];
        boolean met = policy.model().isMetBy(scores.model());
        for (int row = 0; row < outcomes.length; row++) {
            int band = bandIndex(scores.logOdds(row), scores.probability(row));
            if (met && band >= 0 && scores.isSufficient(row)) {
                outcomes[row] = band;
            } else {
                Reason reason = scores.batch().isRefused(row)
                        ? Reason.INVALID_SIGNALS
                        : !met
                                ? Reason.OTHER_MODEL
                                : band < 0 ? Reason.UNDEFINED_PROBABILITY : Reason.INSUFFICIENT_EVIDENCE;
                outcomes[row] = DecidedBatch.outcome(reason);
            }
        }
        return new DecidedBatch(this, scores, outcomes);
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
            return refused(refused.violations());
        }
        return decide(scorer.score(reading.orElseThrow()));
    }

    Fallback refused(List<Violation> violations) {
        return fallback(
                Reason.INVALID_SIGNALS,
                violations.stream().map(Violation::message).toList());
    }

    private Fallback fallback(Reason reason, List<String> details) {
        return new Fallback(reason, details, policy.fallbackAction(), policy.reference());
    }
}
