package io.conversion.policy;

import io.conversion.core.Score;
import io.conversion.core.ScoredBatch;
import io.conversion.policy.Decision.Reason;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** The decisions of the engine of one policy, in columns: a decision itself is made when it is asked for. */
final class DecidedColumns implements DecidedBatch {

    /** Stands among the guardrails that override a band for the action of the control group. */
    static final int CONTROL = -1;

    /** Below it stand the alternatives of the band, by their index. */
    private static final int FIRST_ALTERNATIVE = -2;

    private static final List<Reason> REASONS = List.of(Reason.values());

    private final BandEngine engine;
    private final Policy policy;
    private final ScoredBatch scores;

    // By row; empty if nothing is known of any user.
    private final DecisionContext[] contexts;

    // By row: the index of the band, or for a fallback the complement of its reason's index.
    private final int[] outcomes;

    // By row: the index of the guardrail that overrode the band plus 1, CONTROL, an alternative, or 0; empty if nothing
    // can override
    // one.
    private final int[] overriding;

    DecidedColumns(
            BandEngine engine,
            Policy policy,
            ScoredBatch scores,
            DecisionContext[] contexts,
            int[] outcomes,
            int[] overriding) {
        this.engine = engine;
        this.policy = policy;
        this.scores = scores;
        this.contexts = contexts;
        this.outcomes = outcomes;
        this.overriding = overriding;
    }

    static int outcome(Reason reason) {
        return ~REASONS.indexOf(reason);
    }

    static int explored(int alternative) {
        return FIRST_ALTERNATIVE - alternative;
    }

    static int alternative(int explored) {
        return FIRST_ALTERNATIVE - explored;
    }

    @Override
    public ScoredBatch scores() {
        return scores;
    }

    @Override
    public Decision decision(int row) {
        Optional<Score> score = scores.score(row);
        return score.isPresent()
                ? engine.decide(score.get(), contexts.length == 0 ? DecisionContext.NONE : contexts[row])
                : BandEngine.refused(scores.violations(row), policy, scores.model());
    }

    @Override
    public Optional<Band> band(int row) {
        int outcome = outcomes[row];
        return outcome < 0 ? Optional.empty() : Optional.of(policy.bands().get(outcome));
    }

    @Override
    public Optional<Guardrail> guardrail(int row) {
        int by = overriding(row);
        return by > 0 ? Optional.of(policy.guardrails().get(by - 1)) : Optional.empty();
    }

    private int overriding(int row) {
        Objects.checkIndex(row, outcomes.length);
        return overriding.length == 0 ? 0 : overriding[row];
    }

    @Override
    public String action(int row) {
        int outcome = outcomes[row];
        if (outcome < 0) {
            return policy.fallbackAction();
        }
        int by = overriding(row);
        if (by == CONTROL) {
            return policy.control().orElseThrow().action();
        }
        if (by < 0) {
            return engine.alternative(outcome, alternative(by));
        }
        return by > 0
                ? policy.guardrails().get(by - 1).action()
                : policy.bands().get(outcome).action();
    }

    @Override
    public Reason reason(int row) {
        int outcome = outcomes[row];
        if (outcome < 0) {
            return REASONS.get(~outcome);
        }
        int by = overriding(row);
        if (by != 0) {
            return by > 0 ? Reason.GUARDRAIL : by == CONTROL ? Reason.CONTROL : Reason.EXPLORATION;
        }
        return outcome == policy.bandIndex(scores.probability(row)) ? Reason.BAND : Reason.HELD_BAND;
    }
}
