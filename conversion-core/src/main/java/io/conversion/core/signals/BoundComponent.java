package io.conversion.core.signals;

import java.lang.invoke.MethodHandle;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * One component of a record, bound to the signal that it holds. Immutable.
 *
 * @param position the position of the signal in the schema
 * @param type the type of the component, or of its value if that is optional
 * @param accessor reads the component of a record
 * @param levels the level of each constant of an enum; empty for any other type
 */
record BoundComponent(int position, Class<?> type, MethodHandle accessor, Map<Object, String> levels) {

    /** The value of a user as {@link SignalsBuilder} takes it: a number, a truth value or a level; null if missing. */
    @Nullable
    Object value(Record user) {
        try {
            return plain(accessor.invoke(user));
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("component " + position + " of " + user.getClass() + " cannot be read", e);
        }
    }

    /** Without the optional around it; an enum constant as its level. */
    @Nullable
    Object plain(@Nullable Object value) {
        if (value instanceof Optional<?> optional) {
            return optional.isPresent() ? plain(optional.get()) : null;
        } else if (value instanceof OptionalDouble optional) {
            return optional.isPresent() ? (Object) optional.getAsDouble() : null;
        } else if (value instanceof OptionalInt optional) {
            return optional.isPresent() ? (Object) optional.getAsInt() : null;
        } else if (value instanceof OptionalLong optional) {
            return optional.isPresent() ? (Object) optional.getAsLong() : null;
        }
        return value instanceof Enum<?> ? levels.get(value) : value;
    }
}
