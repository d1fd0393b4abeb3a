package io.conversion.policy;

import io.conversion.core.Score;
import io.conversion.core.ScoredBatch;
import io.conversion.policy.Decision.Reason;
import java.util.List;
import java.util.Optional;

/**
 * The decisions on the users of a batch, in columns. Row by row what {@link PolicyEngine} decides on the same signals
 * alone. Immutable and safe to share between threads.
 */
public final class DecidedBatch {

    private static final List<Reason> REASONS = List.of(Reason.values());

    private final PolicyEngine engine;
    private final ScoredBatch scores;

    // By row: the index of the band, or for a fallback the complement of its reason's index.
    private final int[] outcomes;

    DecidedBatch(PolicyEngine engine, ScoredBatch scores, int[] outcomes) {
        this.engine = engine;
        this.scores = scores;
        this.outcomes = outcomes;
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
     * The band that decided on one row.
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
     * What the host is to do for one row.
     *
     * @param row the row, from 0
     * @return the action of the band, or the policy's fallback action
     * @throws IndexOutOfBoundsException if there is no such row
     */
    public String action(int row) {
        int outcome = outcomes[row];
        return outcome < 0
                ? engine.policy().fallbackAction()
                : engine.policy().bands().get(outcome).action();
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
     * Why no decision could be made on one row.
     *
     * @param row the row, from 0
     * @return the reason; empty for a row that was decided
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
        return score.isPresent() ? engine.decide(score.get()) : engine.refused(scores.violations(row));
    }
}
