package io.conversion.model.report;

/**
 * What of a policy decides in place of a band, as a report shows it. Immutable and safe to share between threads.
 *
 * @param kind what it is
 * @param name the name of the guardrail, the segment of the band, or the reason of the fallback
 * @param when of whom it decides, such as the condition of a guardrail; may be empty
 * @param action what is done with its users
 * @param volume the users on whom it decides
 */
public record ReportRule(Kind kind, String name, String when, String action, ReportVolume volume) {

    /** What decides in place of a band. */
    public enum Kind {
        /** A guardrail whose condition holds. */
        GUARDRAIL,
        /** The control group, whose users do not get the action of their band. */
        CONTROL,
        /** The action was drawn from alternatives of the band. */
        EXPLORATION,
        /** No decision could be made, for one of the reasons. */
        FALLBACK
    }
}
