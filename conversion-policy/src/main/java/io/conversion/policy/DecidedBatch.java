package io.conversion.policy;

import io.conversion.core.Score;
import io.conversion.core.ScoredBatch;
import io.conversion.policy.Decision.Reason;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The decisions on the users of a batch, in columns: no previous segments and no keys, so no band is
 * held and nobody is in a control group. Row by row what {@link PolicyEngine} decides on the same signals
 * alone. Immutable and safe to share between threads.
 */
public final class DecidedBatch {

    private static final List<Reason> REASONS = List.of(Reason.values());

    private final PolicyEngine engine;
    private final ScoredBatch scores;

    // By row: the index of the band, or for a fallback the complement of its reason's index.
    private final int[] outcomes;

    // By row: the index of the guardrail that overrode the band plus 1, or 0; empty for a policy without guardrails.
    private final int[] overriding;

    DecidedBatch(PolicyEngine engine, ScoredBatch scores, int[] outcomes, int[] overriding) {
        this.engine = engine;
        this.scores = scores;
        this.outcomes = outcomes;
        this.overriding = overriding;
    }

    static int outcome(Reason reason) {
        return ~REASONS.indexOf(reason);
    }

    /**
     * The number of rows, fallbacks included.
     *
     * @return the number of rows
     */
    public int rows() {
        return outcomes.length;
    }

    /**
     * The policy that was applied.
     *
     * @return its reference
     */
    public PolicyReference policy() {
        return engine.policy().reference();
    }

    /**
     * The scores that were decided on.
     *
     * @return the scores by row
     */
    public ScoredBatch scores() {
        return scores;
    }

    /**
     * The band of one row, whether it decided or was overridden.
     *
     * @param row the row, from 0
     * @return the band; empty for a fallback
     * @throws IndexOutOfBoundsException if there is no such row
     */
    public Optional<Band> band(int row) {
        int outcome = outcomes[row];
        return outcome < 0
                ? Optional.empty()
                : Optional.of(engine.policy().bands().get(outcome));
    }

    /**
     * The guardrail that overrode the band of one row.
     *
     * @param row the row, from 0
     * @return the guardrail; empty if none did
     * @throws IndexOutOfBoundsException if there is no such row
     */
    public Optional<Guardrail> guardrail(int row) {
        Objects.checkIndex(row, outcomes.length);
        return overriding.length == 0 || overriding[row] == 0
                ? Optional.empty()
                : Optional.of(engine.policy().guardrails().get(overriding[row] - 1));
    }

    /**
     * What the host is to do for one row.
     *
     * @param row the row, from 0
     * @return the action of the guardrail or the band, or the policy's fallback action
     * @throws IndexOutOfBoundsException if there is no such row
     */
    public String action(int row) {
        int outcome = outcomes[row];
        if (outcome < 0) {
            return engine.policy().fallbackAction();
        }
        return overriding.length == 0 || overriding[row] == 0
                ? engine.policy().bands().get(outcome).action()
                : engine.policy().guardrails().get(overriding[row] - 1).action();
    }

    /**
     * The segment of the user of one row.
     *
     * @param row the row, from 0
     * @return the segment of the band; empty for a fallback
     * @throws IndexOutOfBoundsException if there is no such row
     */
    public Optional<String> segment(int row) {
        return band(row).map(Band::segment);
    }

    /**
     * Why the decision on one row is what it is.
     *
     * @param row the row, from 0
     * @return the reason
     * @throws IndexOutOfBoundsException if there is no such row
     */
    public Reason reason(int row) {
        int outcome = outcomes[row];
        if (outcome < 0) {
            return REASONS.get(~outcome);
        }
        return overriding.length == 0 || overriding[row] == 0 ? Reason.BAND : Reason.GUARDRAIL;
    }

    /**
     * Why no decision could be made on one row.
     *
     * @param row the row, from 0
     * @return the reason; empty for a row that was decided or overridden
     * @throws IndexOutOfBoundsException if there is no such row
     */
    public Optional<Reason> fallbackReason(int row) {
        int outcome = outcomes[row];
        return outcome < 0 ? Optional.of(REASONS.get(~outcome)) : Optional.empty();
    }

    /**
     * The decision on one row, with its score and the details of a fallback.
     *
     * @param row the row, from 0
     * @return the decision
     * @throws IndexOutOfBoundsException if there is no such row
     */
    public Decision decision(int row) {
        Optional<Score> score = scores.score(row);
        return score.isPresent() ? engine.decide(score.get()) : engine.refused(scores.violations(row), scores.model());
    }
}
