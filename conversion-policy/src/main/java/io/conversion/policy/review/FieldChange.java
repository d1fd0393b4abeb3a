package io.conversion.policy.review;

import io.conversion.policy.internal.Wording;

/**
 * A field of a policy, other than its bounds, segments, actions of bands and guardrails, that says something else.
 * Immutable and safe to share between threads.
 *
 * @param pointer where the field is in the file of the new policy, as a JSON pointer such as {@code /fallback/action}
 * @param what the field in words, such as {@code fallback action}
 * @param before what it said, as text; empty if it was not there
 * @param after what it says, as text; empty if it is not there
 */
public record FieldChange(String pointer, String what, String before, String after) {

    /**
     * The change in a sentence.
     *
     * @return such as {@code fallback action: "nothing" becomes "wait"}
     */
    public String sentence() {
        if (before.isEmpty()) {
            return what + " is new: " + Wording.quoted(after);
        }
        return what + ": " + Wording.quoted(before)
                + (after.isEmpty() ? " is gone" : " becomes " + Wording.quoted(after));
    }
}
