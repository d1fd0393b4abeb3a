package io.conversion.experiments.value;

/**
 * What an action is expected to bring: outcomes, before worth and costs. It must not have seen the outcome of the user that it
 * is asked about. Implementations are safe to share between threads.
 */
@FunctionalInterface
public interface RewardModel {

    /**
     * The outcome that is expected of an action.
     *
     * @param row the number of the decision in the log, from 0
     * @param action the place of the action among those of the log
     * @return the expected outcome, finite
     */
    double outcome(int row, int action);
}
