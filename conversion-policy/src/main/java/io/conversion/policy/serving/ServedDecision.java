package io.conversion.policy.serving;

import io.conversion.policy.Decision;
import io.conversion.policy.DecisionEvent;

/**
 * A decision and the unit that made it. Immutable and safe to share between threads.
 *
 * @param unit the unit that read the signals, scored and decided
 * @param event the decision with all that it was made of
 */
public record ServedDecision(ServingUnit unit, DecisionEvent event) {

    /**
     * What was decided.
     *
     * @return the decision
     */
    public Decision decision() {
        return event.decision();
    }
}
