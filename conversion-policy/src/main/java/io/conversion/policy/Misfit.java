package io.conversion.policy;

/**
 * A part of a guardrail's condition that does not fit a schema.
 *
 * @param guardrail the name of the guardrail
 * @param pointer where the part is in the policy's file, as a JSON pointer
 * @param sentence what does not fit
 */
public record Misfit(String guardrail, String pointer, String sentence) {

    /** The sentence. */
    @Override
    public String toString() {
        return sentence;
    }
}
