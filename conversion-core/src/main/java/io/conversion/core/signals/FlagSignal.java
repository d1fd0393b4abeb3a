package io.conversion.core.signals;

import java.util.function.Function;

/**
 * The declaration of a flag. Made by {@link Signal#flag(String)} and refined by the methods that return a changed copy.
 *
 * @param common what every kind of signal declares
 * @param expected which way true is declared to move the probability
 */
public record FlagSignal(Common common, ExpectedDirection expected) implements Signal {

    private FlagSignal with(Common changed) {
        return new FlagSignal(changed, expected);
    }

    /**
     * Declares which way the signal moves the probability, by what the product knows. Training holds a fit against it, and
     * takes no shape that goes the other way.
     *
     * @param direction the direction
     * @return the changed copy
     */
    public FlagSignal expected(ExpectedDirection direction) {
        return new FlagSignal(common, direction);
    }

    @Override
    public FlagSignal meaning(String meaning) {
        return with(common.withMeaning(meaning));
    }

    @Override
    public FlagSignal whenMissing(WhenMissing rule) {
        return with(common.withMissing(rule));
    }

    @Override
    public FlagSignal reasons(String raises, String lowers) {
        return with(common.withReasons(new Reasons(raises, lowers, false)));
    }

    @Override
    public FlagSignal hidden() {
        return with(common.withReasons(Reasons.HIDDEN));
    }

    @Override
    public FlagSignal actionable() {
        return with(common.thatIsActionable());
    }

    @Override
    public <T> T match(
            Function<? super NumericSignal, ? extends T> numeric,
            Function<? super CategoricalSignal, ? extends T> categorical,
            Function<? super FlagSignal, ? extends T> flag) {
        return flag.apply(this);
    }
}
