package io.conversion.experiments.budget;

/**
 * One step of a path: a user gets a first action, or a dearer one than before. Immutable.
 *
 * @param row the row of the user, from 0
 * @param from the action that the user had, by its number from 0; {@link #NOTHING} for none
 * @param to the action that the user gets instead
 * @param spend what is spent after the step, for one user on average
 * @param gain what is gained after the step, for one user on average
 * @param perUnit what the step gains for each unit that it costs
 */
public record BudgetStep(int row, int from, int to, double spend, double gain, double perUnit) {

    /** The number of doing nothing. */
    public static final int NOTHING = -1;
}
