package io.conversion.policy.records;

import io.conversion.policy.DecisionEvent;

/** Takes decisions for the record. Implementations are safe to share between threads. */
public interface DecisionLog {

    /**
     * Takes one decision, on the request path: never an exception, and no longer a wait than the implementation declares.
     *
     * @param event the decision
     */
    void log(DecisionEvent event);
}
