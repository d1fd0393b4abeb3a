package io.conversion.experiments.data;

/** How a plain table of decisions says what the policy does whose value is asked for. Immutable and safe to share. */
public sealed interface CsvTarget {

    /**
     * By the probability that the policy gives the action that was taken.
     *
     * @param column the column of the probability
     */
    record Probability(String column) implements CsvTarget {}

    /**
     * By the action that the policy takes.
     *
     * @param column the column of the action
     */
    record Action(String column) implements CsvTarget {}

    /**
     * By the probability of each action, each in a column of its own.
     *
     * @param prefix what stands before the action in the name of its column
     */
    record Probabilities(String prefix) implements CsvTarget {}

    /**
     * The policy takes one action for everybody.
     *
     * @param action the action
     */
    record Always(String action) implements CsvTarget {}

    /** The policy takes each of the actions of the table with the same probability. */
    record Uniform() implements CsvTarget {}
}
