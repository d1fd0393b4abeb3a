package io.conversion.policy.economics;

/** What a search answers: the best bands, or why there are none. */
public sealed interface ThresholdAnswer permits Thresholds, ThresholdAnswer.None {

    /** Why economics have no bounds that a search could find. */
    enum Reason {
        /** An effect is the same for everybody, so it does not say who is to get the action. */
        CONSTANT_EFFECT,
        /** More than one action has a capacity; prices of several places at once are not searched for. */
        SEVERAL_CAPACITIES
    }

    /**
     * There are no bounds.
     *
     * @param reason why not
     * @param sentence the same in words, with what to do
     */
    record None(Reason reason, String sentence) implements ThresholdAnswer {}

    /**
     * The bands, for those who expect some.
     *
     * @return the answer
     * @throws IllegalStateException if there are none; the message says why
     */
    default Thresholds orElseThrow() {
        if (this instanceof None none) {
            throw new IllegalStateException(none.sentence());
        }
        return (Thresholds) this;
    }
}
