package io.conversion.openfeature;

import java.time.InstantSource;
import java.util.function.Consumer;

/**
 * How a {@link ConversionProvider} names its flags, and whom it tells of outcomes. Starts at {@link #defaults()} and is refined
 * by the methods that return a changed copy. Immutable.
 *
 * @param prefix what the keys of its flags start with; may be empty
 * @param clock says when a decision is made and when an outcome without a moment was tracked
 * @param outcomes is told of each tracking event, on the thread that tracks it: it is quick, and hands over what takes longer
 */
public record ProviderOptions(String prefix, InstantSource clock, Consumer<TrackedOutcome> outcomes) {

    /**
     * The prefix {@code conversion.}, the system's clock, nobody told of outcomes.
     *
     * @return the options
     */
    public static ProviderOptions defaults() {
        return new ProviderOptions("conversion.", InstantSource.system(), outcome -> {});
    }

    /**
     * States the prefix, such as one for each of several models behind one client.
     *
     * @param text what the keys start with
     * @return the changed copy
     */
    public ProviderOptions prefix(String text) {
        return new ProviderOptions(text, clock, outcomes);
    }

    /**
     * States the clock.
     *
     * @param source what to ask for the moment of a decision
     * @return the changed copy
     */
    public ProviderOptions clock(InstantSource source) {
        return new ProviderOptions(prefix, source, outcomes);
    }

    /**
     * States whom to tell of outcomes.
     *
     * @param told is given each tracking event
     * @return the changed copy
     */
    public ProviderOptions outcomes(Consumer<TrackedOutcome> told) {
        return new ProviderOptions(prefix, clock, told);
    }
}
