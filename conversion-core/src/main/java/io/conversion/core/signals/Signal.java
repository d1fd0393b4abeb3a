package io.conversion.core.signals;

import java.util.List;
import java.util.function.Function;

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
                Common.of(name),
                "",
                false,
                Double.NEGATIVE_INFINITY,
                Double.POSITIVE_INFINITY,
                WhenOutOfRange.REFUSE,
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
        return new CategoricalSignal(Common.of(name), levels, WhenUnseen.refuse());
    }

    /**
     * Declares a flag that refuses missing values.
     *
     * @param name the name of the signal
     * @return the declaration
     */
    static FlagSignal flag(String name) {
        return new FlagSignal(Common.of(name), ExpectedDirection.ANY);
    }

    /**
     * Answers by the kind of the signal.
     *
     * @param numeric the answer for a numeric signal
     * @param categorical the answer for a categorical signal
     * @param flag the answer for a flag
     * @param <T> the type of the answer
     * @return the answer for this one
     */
    <T> T match(
            Function<? super NumericSignal, ? extends T> numeric,
            Function<? super CategoricalSignal, ? extends T> categorical,
            Function<? super FlagSignal, ? extends T> flag);

    /**
     * What every kind of signal declares.
     *
     * @return name, meaning and rules
     */
    Common common();

    /**
     * States the meaning.
     *
     * @param meaning what the signal means for the product
     * @return the changed copy
     */
    Signal meaning(String meaning);

    /**
     * States what happens when the signal is missing.
     *
     * @param rule the rule
     * @return the changed copy
     */
    Signal whenMissing(WhenMissing rule);

    /**
     * States why the signal moves a score, for explanations.
     *
     * @param raises why it raises the probability, such as {@code comes back often}; empty for the default text
     * @param lowers why it lowers the probability; empty for the default text
     * @return the changed copy
     */
    Signal reasons(String raises, String lowers);

    /**
     * States that explanations never name the signal.
     *
     * @return the changed copy
     */
    Signal hidden();

    /**
     * States that the product can move the signal, so that {@code Scorer.whatWouldChange} tries to.
     *
     * @return the changed copy
     */
    Signal actionable();

    /**
     * The name of the signal, unique in its schema.
     *
     * @return the name
     */
    default String name() {
        return common().name();
    }

    /**
     * What the signal means for the product, in words; empty if nothing was said.
     *
     * @return the meaning
     */
    default String meaning() {
        return common().meaning();
    }

    /**
     * What happens when the signal is missing.
     *
     * @return the rule
     */
    default WhenMissing whenMissing() {
        return common().whenMissing();
    }

    /**
     * What explanations say of the signal.
     *
     * @return the texts, or that it is hidden
     */
    default Reasons reasons() {
        return common().reasons();
    }

    /**
     * Whether the product can move the signal, as an offer or a reminder would.
     *
     * @return whether {@code Scorer.whatWouldChange} tries to move it
     */
    default boolean isActionable() {
        return common().isActionable();
    }

    /**
     * Which way the signal is declared to move the probability.
     *
     * @return the direction, {@link ExpectedDirection#ANY} if nothing is declared and for a categorical signal
     */
    ExpectedDirection expected();

    /**
     * What every kind of signal declares.
     *
     * @param name the name, unique in its schema
     * @param meaning what it means for the product; may be empty
     * @param whenMissing what happens when it is missing
     * @param reasons what explanations say of it
     * @param isActionable whether the product can move it, so that {@code Scorer.whatWouldChange} tries to
     */
    record Common(String name, String meaning, WhenMissing whenMissing, Reasons reasons, boolean isActionable) {

        static Common of(String name) {
            return new Common(name, "", WhenMissing.REFUSE, Reasons.DEFAULT, false);
        }

        Common withMeaning(String text) {
            return new Common(name, text, whenMissing, reasons, isActionable);
        }

        Common withMissing(WhenMissing rule) {
            return new Common(name, meaning, rule, reasons, isActionable);
        }

        Common withReasons(Reasons texts) {
            return new Common(name, meaning, whenMissing, texts, isActionable);
        }

        Common thatIsActionable() {
            return new Common(name, meaning, whenMissing, reasons, true);
        }
    }
}
