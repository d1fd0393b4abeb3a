package io.conversion.policy;

/**
 * Is told of each decision after it was made, such as to count it. A listener runs on the thread of the request, so it is
 * quick and never waits; it gets references to immutable objects and may keep them. Implementations are safe to share
 * between threads.
 */
@FunctionalInterface
public interface DecisionListener {

    /**
     * Takes note of a decision.
     *
     * @param event the decision with all that it was made of
     * @param nanoseconds how long it took to read the signals, to score and to decide; at least 0
     */
    void decided(DecisionEvent event, long nanoseconds);
}
