package io.conversion.experiments;

/**
 * Something about the data that one has to know to believe a read-out. Immutable and safe to share between threads.
 *
 * @param code what it is, in lower case with underscores
 * @param severity how bad it is
 * @param sentence what was found, and what to do
 */
public record Finding(String code, Severity severity, String sentence) {

    /** How bad it is. */
    public enum Severity {
        /** No effect can be believed. */
        REFUSES,
        /** Effects may be wrong; look into it. */
        WARNS,
        /** Good to know. */
        NOTES
    }
}
