package io.conversion.core.signals;

import java.io.Serial;
import java.io.Serializable;

/**
 * One reason why signals were refused.
 *
 * @param signal the name of the signal as it was given
 * @param kind what is wrong
 * @param message the whole sentence: the signal, what was found, what is allowed, and what to do
 * @serial exclude
 */
public record Violation(String signal, Kind kind, String message) implements Serializable {

    @Serial
    private static final long serialVersionUID = 1L;

    /** What is wrong with a signal. */
    public enum Kind {
        /**
         * The schema has no signal of this name. After the first 100 such names of one user, a last violation of this
         * kind, whose name is empty, says how many more there are.
         */
        UNKNOWN_SIGNAL,
        /** The signal is required and was not given. */
        MISSING,
        /** The value is of another type than the signal. */
        WRONG_TYPE,
        /** The number is NaN or infinite. */
        NOT_FINITE,
        /** The signal takes whole numbers and the number is none. */
        NOT_WHOLE,
        /** The number is outside the range. */
        OUT_OF_RANGE,
        /** The level is not listed. */
        UNSEEN_LEVEL,
        /** The signal was set more than once. */
        SET_TWICE,
        /**
         * The row or the JSON that should hold the signals cannot be read, in whole or at one signal; the name of the
         * signal is empty where it is not one's.
         */
        UNREADABLE
    }

    @Override
    public String toString() {
        return message;
    }
}
