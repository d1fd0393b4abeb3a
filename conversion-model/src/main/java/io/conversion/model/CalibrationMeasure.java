package io.conversion.model;

import java.util.Optional;

/**
 * One number of how log-odds relate to outcomes, or why nobody can know it.
 *
 * <p>Immutable and safe to share between threads.
 */
public sealed interface CalibrationMeasure {

    /**
     * The number.
     *
     * @param value the number with its Wald interval
     */
    record Known(CalibrationLine.Estimate value) implements CalibrationMeasure {}

    /**
     * There is no such number.
     *
     * @param why why not
     */
    record CannotKnow(Reason why) implements CalibrationMeasure {}

    /** Why a number does not exist. */
    enum Reason {
        /** The rows are all of one outcome, so no shift is large enough. */
        ONE_OUTCOME("the users are all of one outcome, so that no finite number fits them best"),

        /** One outcome has no log-odds beyond any of the other one's, so no slope is steep enough. */
        SEPARATED_OUTCOMES(
                "the log-odds of one outcome all lie on one side of the other's, so that no finite number fits them best"),

        /** The log-odds are all the same, and any slope is as good as any other one. */
        EQUAL_LOG_ODDS("the log-odds are all equal, so that every slope fits them as well"),

        /** A probability is 0 or 1, so its log-odds are infinite. */
        CERTAIN_PROBABILITY("a probability is 0 or 1, which no finite log-odds are");

        private final String sentence;

        Reason(String sentence) {
            this.sentence = sentence;
        }

        /**
         * The reason for people.
         *
         * @return the end of a sentence
         */
        public String sentence() {
            return sentence;
        }
    }

    /**
     * The number, if there is one.
     *
     * @return the estimate; empty if nobody can know it
     */
    default Optional<CalibrationLine.Estimate> known() {
        return this instanceof Known known ? Optional.of(known.value()) : Optional.empty();
    }

    /**
     * Why there is no number, if there is none.
     *
     * @return the reason; empty if the number is known
     */
    default Optional<Reason> unknown() {
        return this instanceof CannotKnow unknown ? Optional.of(unknown.why()) : Optional.empty();
    }
}
