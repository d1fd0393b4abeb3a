package io.conversion.policy.review;

/**
 * One thing that is wrong with a policy, or worth a look. Immutable and safe to share between threads.
 *
 * @param code what it is
 * @param pointer where it is in the policy's file, as a JSON pointer such as {@code /bands/1/from}
 * @param sentence the same in a whole sentence, with names and numbers and what to do
 */
public record PolicyFinding(Code code, String pointer, String sentence) {

    /**
     * How bad it is.
     *
     * @return the severity of the code
     */
    public Severity severity() {
        return code.severity();
    }

    /** How bad a finding is. */
    public enum Severity {
        /** The policy cannot have been meant like this. */
        ERROR,
        /** The policy does what it says, and that is probably not what is wanted. */
        WARNING,
        /** Something to know. */
        INFO
    }

    /** What a policy can be found to have. */
    public enum Code {
        /** A guardrail never decides, because earlier ones hold whenever its condition does. */
        UNREACHABLE_GUARDRAIL(Severity.ERROR),
        /** The condition of a guardrail holds for no signals at all. */
        CONTRADICTION(Severity.ERROR),
        /** A guardrail is about a signal, a kind or a level that the model does not have: everybody gets the fallback. */
        GUARDRAIL_DOES_NOT_FIT(Severity.ERROR),
        /** Guardrails take one signal for several kinds, so they fit no model. */
        SIGNAL_OF_TWO_KINDS(Severity.ERROR),
        /** The policy names another model: everybody gets the fallback. */
        OTHER_MODEL(Severity.ERROR),
        /** A higher band has an action of a lower declared rank. */
        DESCENDING_RANK(Severity.ERROR),
        /** Two neighbouring bands have one action. */
        SAME_ACTION(Severity.WARNING),
        /** A band is narrower than the probabilities of the model are off. */
        NARROW_BAND(Severity.WARNING),
        /** No user is in a band. */
        EMPTY_BAND(Severity.WARNING),
        /** One of several bands holds nearly everybody. */
        CROWDED_BAND(Severity.WARNING),
        /** Whether a guardrail can decide depends on the evidence or the intervals of scores, and was not found out. */
        NOT_DECIDED(Severity.INFO),
        /** Whether earlier guardrails leave a guardrail any users was not found out: there are too many combinations. */
        TOO_MANY_COMBINATIONS(Severity.INFO);

        private final Severity severity;

        Code(Severity severity) {
            this.severity = severity;
        }

        /**
         * How bad findings of this code are.
         *
         * @return the severity
         */
        public Severity severity() {
            return severity;
        }
    }

    /** The severity and the code, the pointer, the sentence. */
    @Override
    public String toString() {
        return severity() + " " + code + " " + pointer + ": " + sentence;
    }
}
