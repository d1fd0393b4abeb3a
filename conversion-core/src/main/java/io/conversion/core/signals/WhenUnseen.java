package io.conversion.core.signals;

/** What happens when a categorical signal has a level that its schema does not list. */
public sealed interface WhenUnseen {

    /**
     * The signals are refused.
     *
     * @return the rule
     */
    static WhenUnseen refuse() {
        return new Refuse();
    }

    /**
     * The mean of the level values is scored, each level weighted by its training rows, and the score's evidence says
     * so.
     *
     * @return the rule
     */
    static WhenUnseen average() {
        return new Average();
    }

    /**
     * The value of a named level is scored, and the score's evidence says so.
     *
     * @param level one of the levels of the signal
     * @return the rule
     */
    static WhenUnseen level(String level) {
        return new Level(level);
    }

    /** The signals are refused. */
    record Refuse() implements WhenUnseen {}

    /** The mean of the level values is scored, each level weighted by its training rows. */
    record Average() implements WhenUnseen {}

    /**
     * The value of a named level is scored.
     *
     * @param level one of the levels of the signal
     */
    record Level(String level) implements WhenUnseen {}
}
