package io.conversion.model;

/**
 * A column of the design that was left out of a fit without penalty.
 *
 * @param column the signal, or {@code signal=level}
 * @param reason why it was left out
 */
public record LeftOutColumn(String column, Reason reason) {

    /** Why a column was left out. */
    public enum Reason {
        /** The training rows of the level have a single outcome, or there are none: no finite estimate exists. */
        SINGLE_OUTCOME,
        /** The column depends linearly on the intercept and earlier columns. */
        LINEAR_DEPENDENCE
    }
}
