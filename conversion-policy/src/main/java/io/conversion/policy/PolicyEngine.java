package io.conversion.policy;

import io.conversion.core.ModelReference;
import io.conversion.core.Score;
import io.conversion.core.ScoredBatch;
import io.conversion.core.Scorer;
import io.conversion.core.signals.Evidence;
import io.conversion.core.signals.SignalReading;
import io.conversion.core.signals.SignalSchema;
import io.conversion.core.signals.Violation;
import io.conversion.policy.Decision.Control;
import io.conversion.policy.Decision.Decided;
import io.conversion.policy.Decision.Fallback;
import io.conversion.policy.Decision.Overridden;
import io.conversion.policy.Decision.Reason;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Maps a score to a decision by the rules of one policy. The first of these that applies is the answer:
 *
 * <ol>
 *   <li>a fallback, if the signals were refused, the score is of another model than the policy was tuned for, a guardrail
 *       does not fit the schema of the score, or the score has no finite log-odds;
 *   <li>the first guardrail whose condition holds;
 *   <li>a fallback, if the evidence falls short of the model's minimum;
 *   <li>the control action, if the caller gave a key and the user is in the control group;
 *   <li>the band: the previous one, if the caller gave its segment and the probability has not left it by the margin of
 *       the policy; else that of the probability.
 * </ol>
 *
 * <p>Pure, immutable and safe to share between threads.
 */
public final class PolicyEngine {

    private static final Guardrail[] NO_GUARDRAILS = {};

    private final Policy policy;
    private final Guardrail[] guardrails;
    private final @Nullable ControlGroup control;

    // What the last schema was found to lack: a pure function of it, kept to ask once and not for each user.
    private volatile @Nullable Fit lastFit;

    private record Fit(SignalSchema schema, List<String> misfits) {}

    private PolicyEngine(Policy policy) {
        this.policy = policy;
        this.guardrails = policy.guardrails().toArray(NO_GUARDRAILS);
        this.control = policy.parts().control();
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
     * Decides on a score of a user of whom nothing else is known.
     *
     * @param score the score
     * @return the decision; never an exception for what the score holds
     */
    public Decision decide(Score score) {
        return decide(score, DecisionContext.NONE);
    }

    /**
     * Decides on a score.
     *
     * @param score the score
     * @param context the segment of the decision before and the key of the user, where they are known. A segment that is
     *     not in the policy counts as unknown
     * @return the decision; never an exception for what the score or the context hold
     */
    public Decision decide(Score score, DecisionContext context) {
        if (!policy.model().isMetBy(score.model())) {
            return otherModel(score.model());
        }
        if (guardrails.length > 0 && !misfits(score.signals().schema()).isEmpty()) {
            return doesNotFit(score);
        }
        int plain = bandIndex(score.logOdds(), score.probability());
        if (plain < 0) {
            return undefined(score);
        }
        String previous = context.segmentOrNull();
        int index = previous == null ? plain : policy.bandIndex(score.probability(), policy.indexOf(previous));
        Band band = policy.bands().get(index);
        int guardrail = firstGuardrail(score);
        if (guardrail >= 0) {
            return new Overridden(score, band, guardrails[guardrail], policy.reference());
        }
        Evidence evidence = score.evidence();
        if (!evidence.isSufficient()) {
            return fallback(Reason.INSUFFICIENT_EVIDENCE, evidence.shortfalls(), score.model());
        }
        Reason reason = index == plain ? Reason.BAND : Reason.HELD_BAND;
        return control == null || !context.hasDraw()
                ? new Decided(score, band, reason, 1, policy.reference())
                : drawn(score, band, reason, control, context.drawn(control));
    }

    private Decision drawn(Score score, Band band, Reason reason, ControlGroup group, double draw) {
        boolean included = draw < group.share();
        // Where both sides of the draw get one action, nobody can get another one.
        double propensity = group.action().equals(band.action()) ? 1 : included ? group.share() : 1 - group.share();
        return included
                ? new Control(score, band, group, propensity, policy.reference())
                : new Decided(score, band, reason, propensity, policy.reference());
    }

    /** The index of the first guardrail whose condition holds; -1 if none does. */
    private int firstGuardrail(Score score) {
        for (int i = 0; i < guardrails.length; i++) {
            if (guardrails[i].condition().holds(score)) {
                return i;
            }
        }
        return -1;
    }

    private List<String> misfits(SignalSchema schema) {
        Fit fit = lastFit;
        if (fit == null || !fit.schema().equals(schema)) {
            fit = new Fit(schema, policy.misfits(schema));
            lastFit = fit;
        }
        return fit.misfits();
    }

    /** The index of the band of a probability; -1 if the log-odds are not finite. */
    private int bandIndex(double logOdds, double probability) {
        return Double.isFinite(logOdds) ? policy.bandIndex(probability) : -1;
    }

    /**
     * Decides on the scores of a batch, each row by itself, with no previous segments and no keys.
     *
     * @param scores the scores
     * @return the decisions by row, as {@link #decide(Scorer, SignalReading)} makes them
     */
    public DecidedBatch decide(ScoredBatch scores) {
        int[] outcomes = new int[scores.rows()];
        int[] overriding = new int[guardrails.length == 0 ? 0 : outcomes.length];
        Reason ofAll = reasonOfAll(scores);
        for (int row = 0; row < outcomes.length; row++) {
            int band = bandIndex(scores.logOdds(row), scores.probability(row));
            if (ofAll == null && band >= 0) {
                int guardrail = guardrails.length == 0
                        ? -1
                        : firstGuardrail(scores.score(row).orElseThrow());
                if (guardrail >= 0) {
                    overriding[row] = guardrail + 1;
                }
                outcomes[row] = guardrail >= 0 || scores.isSufficient(row)
                        ? band
                        : DecidedBatch.outcome(Reason.INSUFFICIENT_EVIDENCE);
            } else {
                Reason reason = scores.batch().isRefused(row)
                        ? Reason.INVALID_SIGNALS
                        : ofAll != null ? ofAll : Reason.UNDEFINED_PROBABILITY;
                outcomes[row] = DecidedBatch.outcome(reason);
            }
        }
        return new DecidedBatch(this, scores, outcomes, overriding);
    }

    /** Why no row of a batch can be decided; null if there is no such reason. */
    private @Nullable Reason reasonOfAll(ScoredBatch scores) {
        if (!policy.model().isMetBy(scores.model())) {
            return Reason.OTHER_MODEL;
        }
        return guardrails.length > 0 && !misfits(scores.batch().schema()).isEmpty() ? Reason.POLICY_DOES_NOT_FIT : null;
    }

    /**
     * Scores and decides on signals that were read from outside, of a user of whom nothing else is known.
     *
     * @param scorer the scorer of the model
     * @param reading what came of reading the signals
     * @return the decision on the score; a fallback that names every violation if the signals were refused
     * @throws IllegalArgumentException if the signals were accepted by another schema than the scorer's
     */
    public Decision decide(Scorer scorer, SignalReading reading) {
        return decide(scorer, reading, DecisionContext.NONE);
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
    public Decision decide(Scorer scorer, SignalReading reading, DecisionContext context) {
        if (reading instanceof SignalReading.Refused refused) {
            return refused(refused.violations(), scorer.model());
        }
        return decide(scorer.score(reading.orElseThrow()), context);
    }

    Fallback refused(List<Violation> violations, ModelReference model) {
        return fallback(
                Reason.INVALID_SIGNALS,
                violations.stream().map(Violation::message).toList(),
                model);
    }

    private Fallback otherModel(ModelReference model) {
        return fallback(
                Reason.OTHER_MODEL,
                List.of("policy " + policy + " is tuned for model " + policy.model() + "; the score is of model \""
                        + model.name() + "\" with digest " + model.digest()),
                model);
    }

    private Fallback doesNotFit(Score score) {
        return fallback(Reason.POLICY_DOES_NOT_FIT, misfits(score.signals().schema()), score.model());
    }

    private Fallback undefined(Score score) {
        return fallback(
                Reason.UNDEFINED_PROBABILITY,
                List.of("the score has log-odds " + score.logOdds()
                        + ": a signal is too large for its shape, so there is no probability to decide on"),
                score.model());
    }

    private Fallback fallback(Reason reason, List<String> details, ModelReference model) {
        return new Fallback(reason, details, policy.fallbackAction(), model, policy.reference());
    }
}
