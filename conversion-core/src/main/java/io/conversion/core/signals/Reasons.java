package io.conversion.core.signals;

/**
 * What an explanation says of a signal in words, for each direction in which the signal may move a score, and whether it
 * says anything at all. Immutable and safe to share between threads.
 *
 * @param raises why the signal raises the probability, such as {@code comes back often}; empty for the default text
 * @param lowers why the signal lowers the probability; empty for the default text
 * @param hidden whether the signal is never named by an explanation
 */
public record Reasons(String raises, String lowers, boolean hidden) {

    /** The default texts for both directions. */
    static final Reasons DEFAULT = new Reasons("", "", false);

    /** Never named by an explanation. */
    static final Reasons HIDDEN = new Reasons("", "", true);
}
