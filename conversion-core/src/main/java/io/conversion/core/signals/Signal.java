package io.conversion.core.signals;

import io.conversion.core.Scorer;
import java.util.List;

/**
 * The declaration of one named behavioural measurement: its unit and meaning, the values it may take, and what happens
 * to a value that is missing, out of range or unseen.
 *
 * <p>The default is to refuse. A declaration is checked when a {@link SignalSchema} is made of it, together with all
 * others, so that one error names every fault. Declarations are immutable and safe to share between threads:
 *
 * <pre>{@code
 * Signal.numeric("sessions_7d").unit("sessions").wholeNumbers().range(0, 500)
 * Signal.categorical("country_tier", "tier_1", "tier_2", "tier_3").whenUnseen(WhenUnseen.average())
 * Signal.flag("weekend")
 * }</pre>
 */
public sealed interface Signal permits NumericSignal, CategoricalSignal, FlagSignal {

    /**
     * Declares a numeric signal without a range, that refuses missing values.
     *
     * @param name the name of the signal
     * @return the declaration
     */
    static NumericSignal numeric(String name) {
        return new NumericSignal(
                name,
                "",
                "",
                false,
                Double.NEGATIVE_INFINITY,
                Double.POSITIVE_INFINITY,
                WhenMissing.REFUSE,
                WhenOutOfRange.REFUSE,
                Reasons.DEFAULT,
                false,
                ExpectedDirection.ANY);
    }

    /**
     * Declares a categorical signal that refuses missing values and unseen levels.
     *
     * @param name the name of the signal
     * @param levels the levels in order; the first one is the one that the others are compared with in training
     * @return the declaration
     */
    static CategoricalSignal categorical(String name, String... levels) {
        return categorical(name, List.of(levels));
    }

    /**
     * Declares a categorical signal that refuses missing values and unseen levels.
     *
     * @param name the name of the signal
     * @param levels the levels in order; the first one is the one that the others are compared with in training
     * @return the declaration
     */
    static CategoricalSignal categorical(String name, List<String> levels) {
        return new CategoricalSignal(name, "", levels, WhenMissing.REFUSE, WhenUnseen.refuse(), Reasons.DEFAULT, false);
    }

    /**
     * Declares a flag that refuses missing values.
     *
     * @param name the name of the signal
     * @return the declaration
     */
    static FlagSignal flag(String name) {
        return new FlagSignal(name, "", WhenMissing.REFUSE, Reasons.DEFAULT, false, ExpectedDirection.ANY);
    }

    /**
     * The name of the signal, unique in its schema.
     *
     * @return the name
     */
    String name();

    /**
     * What the signal means for the product, in words; empty if nothing was said.
     *
     * @return the meaning
     */
    String meaning();

    /**
     * What happens when the signal is missing.
     *
     * @return the rule
     */
    WhenMissing whenMissing();

    /**
     * What explanations say of the signal.
     *
     * @return the texts, or that it is hidden
     */
    Reasons reasons();

    /**
     * Whether the product can move the signal, as an offer or a reminder would.
     *
     * @return whether {@link Scorer#whatWouldChange} tries to move it
     */
    boolean isActionable();

    /**
     * Which way the signal is declared to move the probability.
     *
     * @return the direction, {@link ExpectedDirection#ANY} if nothing is declared and for a categorical signal
     */
    ExpectedDirection expected();
}
