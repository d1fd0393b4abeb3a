package io.conversion.policy;

import io.conversion.core.ScoredBatch;
import io.conversion.policy.Decision.Banded;
import io.conversion.policy.Decision.Overridden;
import io.conversion.policy.Decision.Reason;
import java.util.Optional;

/**
 * The decisions on the users of a batch, row by row what the {@link PolicyEngine} decides on the same signals and context
 * alone. Immutable and safe to share between threads.
 */
public sealed interface DecidedBatch permits DecidedColumns, DecidedRows {

    /**
     * The scores that were decided on.
     *
     * @return the scores by row
     */
    ScoredBatch scores();

    /**
     * The decision on one row, with its score and the details of a fallback.
     *
     * @param row the row, from 0
     * @return the decision
     * @throws IndexOutOfBoundsException if there is no such row
     */
    Decision decision(int row);

    /**
     * The number of rows, fallbacks included.
     *
     * @return the number of rows
     */
    default int rows() {
        return scores().rows();
    }

    /**
     * The band of one row, whether it decided or was overridden.
     *
     * @param row the row, from 0
     * @return the band; empty for a fallback
     * @throws IndexOutOfBoundsException if there is no such row
     */
    default Optional<Band> band(int row) {
        return decision(row) instanceof Banded banded ? Optional.of(banded.band()) : Optional.empty();
    }

    /**
     * The guardrail that overrode the band of one row.
     *
     * @param row the row, from 0
     * @return the guardrail; empty if none did
     * @throws IndexOutOfBoundsException if there is no such row
     */
    default Optional<Guardrail> guardrail(int row) {
        return decision(row) instanceof Overridden overridden ? Optional.of(overridden.guardrail()) : Optional.empty();
    }

    /**
     * What the host is to do for one row.
     *
     * @param row the row, from 0
     * @return the action of the guardrail, the control group, the alternative that was drawn or the band, or the policy's fallback action
     * @throws IndexOutOfBoundsException if there is no such row
     */
    default String action(int row) {
        return decision(row).action();
    }

    /**
     * The segment of the user of one row.
     *
     * @param row the row, from 0
     * @return the segment of the band; empty for a fallback
     * @throws IndexOutOfBoundsException if there is no such row
     */
    default Optional<String> segment(int row) {
        return band(row).map(Band::segment);
    }

    /**
     * Why the decision on one row is what it is.
     *
     * @param row the row, from 0
     * @return the reason
     * @throws IndexOutOfBoundsException if there is no such row
     */
    default Reason reason(int row) {
        return decision(row).reason();
    }

    /**
     * Why no decision could be made on one row.
     *
     * @param row the row, from 0
     * @return the reason; empty for a row that was decided or overridden
     * @throws IndexOutOfBoundsException if there is no such row
     */
    default Optional<Reason> fallbackReason(int row) {
        Reason reason = reason(row);
        return reason.isFallback() ? Optional.of(reason) : Optional.empty();
    }
}
