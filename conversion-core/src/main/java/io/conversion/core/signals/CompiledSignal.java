package io.conversion.core.signals;

import io.conversion.core.signals.Evidence.Rule;
import io.conversion.core.signals.Evidence.Substitution;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One declaration as the hot paths need it: a single class, where a call on {@link Signal} would have to find out which
 * of three it is, with every rule as a field. A record, since a JIT compiler takes the fields of a constant record for
 * constants. It knows which values are clean, that is, scored as they are given;
 * what is to be done about the others is for {@link SignalsBuilder} to say. Immutable.
 *
 * <p>{@code whenMissing} is the rule that takes the place of a missing value, null where that is refused.
 *
 * <p>The methods named {@code clean} map a value to the number or the code that is scored, and to NaN if it is not clean.
 */
record CompiledSignal(
        int position,
        String name,
        Kind kind,
        double min,
        double max,
        boolean whole,
        Map<String, Integer> codes,
        @Nullable Substitution whenMissing) {

    enum Kind {
        NUMERIC,
        CATEGORICAL,
        FLAG
    }

    static CompiledSignal of(int position, Signal signal) {
        return signal.match(
                numeric -> of(position, numeric),
                categorical -> of(position, categorical),
                flag -> new CompiledSignal(position, flag.name(), Kind.FLAG, 0, 0, false, Map.of(), missing(flag)));
    }

    private static CompiledSignal of(int position, NumericSignal signal) {
        // Infinity is inside no range.
        double min = Math.max(signal.min(), -Double.MAX_VALUE);
        double max = Math.min(signal.max(), Double.MAX_VALUE);
        return new CompiledSignal(
                position, signal.name(), Kind.NUMERIC, min, max, signal.whole(), Map.of(), missing(signal));
    }

    private static CompiledSignal of(int position, CategoricalSignal signal) {
        Map<String, Integer> codes = new HashMap<>();
        signal.levels().forEach(level -> codes.put(level, Signals.FIRST_LEVEL + codes.size()));
        return new CompiledSignal(position, signal.name(), Kind.CATEGORICAL, 0, 0, false, codes, missing(signal));
    }

    private static @Nullable Substitution missing(Signal signal) {
        return signal.whenMissing() == WhenMissing.IMPUTE ? new Substitution(signal.name(), Rule.MISSING, "") : null;
    }

    /** What stands for a missing value. */
    double missing() {
        return kind == Kind.NUMERIC ? Double.NaN : Signals.MISSING;
    }

    /** The code of a level, {@link Signals#UNSEEN} if there is no such level. */
    int code(String level) {
        Integer code = codes.get(level);
        return code == null ? Signals.UNSEEN : code;
    }

    /** Of a value as maps hold it. */
    double clean(@Nullable Object value) {
        if (kind == Kind.NUMERIC) {
            return value instanceof Integer given
                    ? cleanWhole(given)
                    : value instanceof Double given
                            ? cleanNumber(given)
                            : value instanceof Long given ? cleanLong(given) : Double.NaN;
        } else if (kind == Kind.CATEGORICAL) {
            return value instanceof String level ? cleanLevel(level) : Double.NaN;
        }
        return value instanceof Boolean given ? cleanFlag(given) : Double.NaN;
    }

    double cleanNumber(double value) {
        return value >= min && value <= max && (!whole || value == Math.rint(value)) ? value : Double.NaN;
    }

    /** Of a number that is known to be whole. */
    double cleanWhole(double value) {
        return value >= min && value <= max ? value : Double.NaN;
    }

    /** Of a whole number, which is sure to have an exact double up to 2^53. */
    double cleanLong(long value) {
        return Math.abs(value) <= 1L << 53 ? cleanWhole((double) value) : Double.NaN;
    }

    double cleanLevel(String level) {
        Integer code = codes.get(level);
        return code == null ? Double.NaN : code;
    }

    static double cleanFlag(boolean value) {
        return value ? Signals.TRUE : Signals.FIRST_LEVEL;
    }
}
