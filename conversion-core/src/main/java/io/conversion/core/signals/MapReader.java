package io.conversion.core.signals;

import io.conversion.core.signals.Violation.Kind;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Reads the signals of one user from a map that somebody else made: nothing that it holds or does leads to an exception, and
 * none of its numbers to more work than its own size asks for.
 */
final class MapReader {

    /**
     * The longest number of arbitrary precision, some 1,233 decimal digits, of which a double written out takes 767 at most.
     * What is done to a number takes time that grows with the square of its length.
     */
    private static final int LONGEST_BITS = 4 * 1024;

    /** Beyond this power of ten any number is infinite as a double, or zero. */
    private static final int LARGEST_EXPONENT = 2_000;

    private MapReader() {}

    static SignalReading read(SignalSchema schema, CleanMap cleanMap, Map<?, ?> map) {
        Objects.requireNonNull(map);
        try {
            Signals clean = quick(cleanMap, map);
            if (clean != null) {
                return new SignalReading.Accepted(clean);
            }
            SignalsBuilder builder = schema.signals();
            map.forEach((name, value) -> set(builder, schema, name, value));
            return builder.read();
        } catch (RuntimeException e) {
            return new SignalReading.Refused(List.of(new Violation(
                    "",
                    Kind.UNREADABLE,
                    "the map of the signals cannot be read (" + e.getClass().getName()
                            + "); hand over one that nobody writes meanwhile")));
        }
    }

    /** What fails here is found again by the thorough way, which can tell what it is about. */
    private static @Nullable Signals quick(CleanMap cleanMap, Map<?, ?> map) {
        try {
            return cleanMap.read(map);
        } catch (RuntimeException e) {
            return null;
        }
    }

    private static void set(
            SignalsBuilder builder, SignalSchema schema, @Nullable Object name, @Nullable Object value) {
        if (name instanceof String signal) {
            set(builder, builder.open(signal), value);
        } else {
            String what = name == null
                    ? "a signal without a name"
                    : "a key of type " + name.getClass().getName();
            builder.unknown("", () -> what + " is not in schema " + schema);
        }
    }

    /** Sets a value of whatever type at an opened position. */
    static void set(SignalsBuilder builder, int position, @Nullable Object value) {
        if (value instanceof Boolean given) {
            builder.flag(position, given);
        } else if (value instanceof String given) {
            builder.level(position, given);
        } else if (value instanceof Number given) {
            number(builder, position, given);
        } else if (value != null) {
            builder.wrongType(position, "a value of type " + value.getClass().getName());
        }
    }

    /** A number may be of a class of the caller, also one that extends a class of the JDK, and then may throw. */
    private static void number(SignalsBuilder builder, int position, Number value) {
        try {
            if (value instanceof Long || value instanceof Integer || value instanceof AtomicLong) {
                builder.whole(position, value.longValue());
            } else if (value instanceof BigInteger given) {
                decimal(builder, position, given, 0);
            } else if (value instanceof BigDecimal given) {
                decimal(builder, position, given.unscaledValue(), given.scale());
            } else {
                builder.number(position, value.doubleValue());
            }
        } catch (RuntimeException e) {
            builder.wrongType(
                    position,
                    "a number of type " + value.getClass().getName() + " that cannot be read ("
                            + e.getClass().getName() + ")");
        }
    }

    /** A fraction is rounded to the nearest double, as a literal is; a whole number is exact or refused. */
    private static void decimal(SignalsBuilder builder, int position, BigInteger unscaled, int scale) {
        if (unscaled.bitLength() > LONGEST_BITS) {
            builder.beyond(position, "a number of " + unscaled.bitLength() + " bits");
            return;
        }
        BigDecimal value = new BigDecimal(unscaled, scale);
        long exponent = (long) value.precision() - scale;
        if (unscaled.signum() == 0 || exponent < -LARGEST_EXPONENT) {
            builder.number(position, unscaled.signum() < 0 ? -0.0 : 0.0);
        } else if (exponent > LARGEST_EXPONENT) {
            builder.beyond(position, "a number near 10^" + exponent);
        } else if (Double.isInfinite(value.doubleValue()) || isInexact(value)) {
            builder.inexact(position, value);
        } else {
            builder.number(position, value.doubleValue());
        }
    }

    private static boolean isInexact(BigDecimal value) {
        boolean whole = value.stripTrailingZeros().scale() <= 0;
        return whole && new BigDecimal(value.doubleValue()).compareTo(value) != 0;
    }
}
