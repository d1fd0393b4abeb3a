package io.conversion.policy;

import io.conversion.core.Score;
import io.conversion.core.ScoredBatch;
import io.conversion.core.Scorer;
import io.conversion.core.signals.SignalReading;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Maps a score to a decision. The engine {@linkplain #of of a policy} answers by the rules of that policy; others wrap
 * engines, such as to choose one by the key of the user, and need no more than {@link #policy(DecisionContext)} and
 * {@link #decide(Score, DecisionContext)} for it.
 *
 * <p>Implementations are pure, and safe to share between threads: the same score and context get the same decision.
 */
public interface PolicyEngine {

    /**
     * Makes the engine of a policy. The first of these that applies is its answer:
     *
     * <ol>
     *   <li>a fallback, if the signals were refused, the score is of another model than the policy was tuned for, a
     *       guardrail does not fit the schema of the score, or the score has no probability to decide on;
     *   <li>the first guardrail whose condition holds;
     *   <li>a fallback, if the evidence falls short of the model's minimum;
     *   <li>the control action, if the caller gave a key and the user is in the control group;
     *   <li>an alternative of the band that follows, if the caller gave a key and the policy draws the action of the user;
     *   <li>the band: the previous one, if the caller gave its segment and the probability has not left it by the margin
     *       of the policy; else that of the probability.
     * </ol>
     *
     * @param policy the policy
     * @return the engine
     */
    static PolicyEngine of(Policy policy) {
        return new BandEngine(policy);
    }

    /**
     * The policy that decides on a user.
     *
     * @param context what is known of the user
     * @return the policy that {@link #decide(Score, DecisionContext)} applies in this context
     */
    Policy policy(DecisionContext context);

    /**
     * The policy that decides on a user of whom nothing is known; on everybody, for the engine of one policy.
     *
     * @return the policy
     */
    default Policy policy() {
        return policy(DecisionContext.NONE);
    }

    /**
     * Decides on a score.
     *
     * @param score the score
     * @param context the segment of the decision before and the key of the user, where they are known. A segment that is
     *     not in the policy counts as unknown
     * @return the decision; never an exception for what the score or the context hold
     */
    Decision decide(Score score, DecisionContext context);

    /**
     * Decides on a score of a user of whom nothing else is known.
     *
     * @param score the score
     * @return the decision; never an exception for what the score holds
     */
    default Decision decide(Score score) {
        return decide(score, DecisionContext.NONE);
    }

    /**
     * Scores and decides on signals that were read from outside.
     *
     * @param scorer the scorer of the model
     * @param reading what came of reading the signals
     * @param context the segment of the decision before and the key of the user, where they are known
     * @return the decision on the score; a fallback that names every violation if the signals were refused
     * @throws IllegalArgumentException if the signals were accepted by another schema than the scorer's
     */
    default Decision decide(Scorer scorer, SignalReading reading, DecisionContext context) {
        if (reading instanceof SignalReading.Refused refused) {
            return BandEngine.refused(refused.violations(), policy(context), scorer.model());
        }
        return decide(scorer.score(reading.orElseThrow()), context);
    }

    /**
     * Scores and decides on signals that were read from outside, of a user of whom nothing else is known.
     *
     * @param scorer the scorer of the model
     * @param reading what came of reading the signals
     * @return the decision on the score; a fallback that names every violation if the signals were refused
     * @throws IllegalArgumentException if the signals were accepted by another schema than the scorer's
     */
    default Decision decide(Scorer scorer, SignalReading reading) {
        return decide(scorer, reading, DecisionContext.NONE);
    }

    /**
     * Decides on the scores of a batch, each row by itself.
     *
     * @param scores the scores
     * @param contexts answers what else is known of the user of a row, given its number from 0; asked once for each row
     * @return the decisions by row, as {@link #decide(Scorer, SignalReading, DecisionContext)} makes them
     */
    default DecidedBatch decide(ScoredBatch scores, IntFunction<DecisionContext> contexts) {
        return DecidedRows.of(this, scores, contexts);
    }

    /**
     * Decides on the scores of a batch, each row by itself, of users of whom nothing else is known.
     *
     * @param scores the scores
     * @return the decisions by row, as {@link #decide(Scorer, SignalReading)} makes them
     */
    default DecidedBatch decide(ScoredBatch scores) {
        return decide(scores, row -> DecisionContext.NONE);
    }

    /**
     * Whether decisions are part of experiments, so that what is kept of them must hold the {@link #assignment}.
     *
     * @return whether they are; not for the engine of one policy
     */
    default boolean runsExperiments() {
        return false;
    }

    /**
     * The policy that made a decision of this engine.
     *
     * @param decision the decision
     * @return the policy that its {@linkplain Decision#policy() reference} names
     */
    default Policy policy(Decision decision) {
        return policy();
    }

    /**
     * Where a user stands in an experiment. It costs more than a decision, since it asks for the actions of all arms: it is
     * made for the record of a decision, not for the decision.
     *
     * @param scorer the scorer of the model
     * @param reading what came of reading the signals
     * @param context what else is known of the user
     * @return the assignment; empty if the engine runs no experiment
     */
    default Optional<Assignment> assignment(Scorer scorer, SignalReading reading, DecisionContext context) {
        return Optional.empty();
    }

    /**
     * Where a user stands in an experiment, as cheap as a decision.
     *
     * @param score the score of the user; null if the signals were refused
     * @param context what else is known of the user
     * @return the placement; empty if the engine runs no experiment
     */
    default Optional<Assignment.Placement> placement(@Nullable Score score, DecisionContext context) {
        return Optional.empty();
    }

    /**
     * The probability of each action that a user like this one could get, over all that the engine draws.
     *
     * @param scorer the scorer of the model
     * @param reading what came of reading the signals
     * @param context what else is known of the user
     * @return the probability by action, summing to 1; that of the one action where nothing is drawn
     */
    default Map<String, Double> propensities(Scorer scorer, SignalReading reading, DecisionContext context) {
        return Map.of(decide(scorer, reading, context).action(), 1.0);
    }
}
