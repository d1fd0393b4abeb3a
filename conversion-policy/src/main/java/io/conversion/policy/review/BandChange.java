package io.conversion.policy.review;

import io.conversion.policy.Band;
import io.conversion.policy.internal.Wording;

/**
 * An interval of probabilities whose users get another action, or are called by another segment. Immutable and safe to
 * share between threads.
 *
 * @param from the smallest probability of the interval
 * @param to where the interval ends
 * @param closed whether {@code to} belongs to the interval, which is so for the last one only, where it is 1
 * @param before the band that held the interval, or the first one of several that say the same
 * @param after the band that holds it now, or the first one of several that say the same
 */
public record BandChange(double from, double to, boolean closed, Band before, Band after) {

    /**
     * Tells whether the action changes, and not only the segment.
     *
     * @return whether it does
     */
    public boolean changesAction() {
        return !before.action().equals(after.action());
    }

    /**
     * Tells whether a probability lies in the interval.
     *
     * @param probability a number
     * @return whether it does; false for NaN
     */
    public boolean contains(double probability) {
        return probability >= from && (probability < to || (closed && probability == to));
    }

    /**
     * The change in a sentence.
     *
     * @return such as {@code probability 0.2 to below 0.4: action "wait" becomes "offer"}
     */
    public String sentence() {
        String segment = before.segment().equals(after.segment())
                ? "segment " + Wording.quoted(after.segment()) + " stays"
                : "segment " + Wording.quoted(before.segment()) + " becomes " + Wording.quoted(after.segment());
        String action = changesAction()
                ? "action " + Wording.quoted(before.action()) + " becomes " + Wording.quoted(after.action())
                : "action " + Wording.quoted(after.action()) + " stays";
        return "probability " + Wording.range(from, to, closed) + ": " + action + ", " + segment;
    }
}
