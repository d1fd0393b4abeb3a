package io.conversion.core.signals;

import java.util.List;
import java.util.function.Function;

/**
 * The declaration of a categorical signal. Made by {@link Signal#categorical(String, String...)} and refined by the
 * methods that return a changed copy.
 *
 * @param common what every kind of signal declares
 * @param levels the levels in order, compared exactly, letter case included
 * @param whenUnseen what happens when the level is not among {@code levels}
 */
public record CategoricalSignal(Common common, List<String> levels, WhenUnseen whenUnseen) implements Signal {

    /** Copies the levels. {@inheritDoc} */
    public CategoricalSignal {
        levels = List.copyOf(levels);
    }

    private CategoricalSignal with(Common changed) {
        return new CategoricalSignal(changed, levels, whenUnseen);
    }

    /**
     * States what happens when the level is unseen.
     *
     * @param rule the rule
     * @return the changed copy
     */
    public CategoricalSignal whenUnseen(WhenUnseen rule) {
        return new CategoricalSignal(common, levels, rule);
    }

    /**
     * Nothing: levels have no order.
     *
     * @return {@link ExpectedDirection#ANY}
     */
    @Override
    public ExpectedDirection expected() {
        return ExpectedDirection.ANY;
    }

    @Override
    public CategoricalSignal meaning(String meaning) {
        return with(common.withMeaning(meaning));
    }

    @Override
    public CategoricalSignal whenMissing(WhenMissing rule) {
        return with(common.withMissing(rule));
    }

    @Override
    public CategoricalSignal reasons(String raises, String lowers) {
        return with(common.withReasons(new Reasons(raises, lowers, false)));
    }

    @Override
    public CategoricalSignal hidden() {
        return with(common.withReasons(Reasons.HIDDEN));
    }

    @Override
    public CategoricalSignal actionable() {
        return with(common.thatIsActionable());
    }

    @Override
    public <T> T match(
            Function<? super NumericSignal, ? extends T> numeric,
            Function<? super CategoricalSignal, ? extends T> categorical,
            Function<? super FlagSignal, ? extends T> flag) {
        return categorical.apply(this);
    }
}
