package io.conversion.core.signals;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodHandles.Lookup;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Maps instances of one record type to signals: bound to a schema and type-checked once, then a few nanoseconds a user.
 *
 * <p>Each component holds one signal. They are matched by their names without regard to letter case and separators, so
 * that {@code sessions7d} holds {@code sessions_7d}, or by {@link SignalName}. A component may be
 *
 * <ul>
 *   <li>for a numeric signal: a primitive number, a {@link Number}, an {@code OptionalInt}, {@code OptionalLong} or
 *       {@code OptionalDouble}, or an {@code Optional} of a {@link Number};
 *   <li>for a flag: a {@code boolean}, a {@link Boolean} or an {@code Optional} of it;
 *   <li>for a categorical signal: a {@link String}, an enum whose constants match the levels one to one, or an
 *       {@code Optional} of either.
 * </ul>
 *
 * <p>{@code null} and an empty {@code Optional} are missing. Immutable and safe to share between threads.
 *
 * @param <T> the record type
 */
public final class SignalBinding<T extends Record> {

    private final SignalSchema schema;
    private final List<BoundComponent> components;
    private final CleanReader clean;

    private SignalBinding(SignalSchema schema, List<BoundComponent> components) {
        this.schema = schema;
        this.components = List.copyOf(components);
        this.clean = CleanReader.of(schema, components);
    }

    /**
     * Binds a record type that this library may read: one on the class path, or in a package that is open to
     * {@code io.conversion.core}.
     *
     * @param type the record type
     * @param schema the schema
     * @param <T> the record type
     * @return the binding
     * @throws IllegalArgumentException if they do not fit; the message lists every problem
     */
    public static <T extends Record> SignalBinding<T> of(Class<T> type, SignalSchema schema) {
        return new SignalBinding<>(schema, BindingCheck.components(type, schema, null));
    }

    /**
     * Binds a record type that the caller may read, such as one in a package that is not open.
     *
     * @param type the record type
     * @param schema the schema
     * @param lookup {@link MethodHandles#lookup()}, as called where the record's accessors are accessible
     * @param <T> the record type
     * @return the binding
     * @throws IllegalArgumentException if they do not fit; the message lists every problem
     */
    public static <T extends Record> SignalBinding<T> of(Class<T> type, SignalSchema schema, Lookup lookup) {
        return new SignalBinding<>(schema, BindingCheck.components(type, schema, Objects.requireNonNull(lookup)));
    }

    /**
     * The signals of one user.
     *
     * @param user the user
     * @return valid signals
     * @throws InvalidSignalsException if the schema refuses a value; it names every violation
     */
    public Signals signalsOf(T user) {
        Signals signals = cleanSignals(user);
        return signals != null ? signals : build(user).build();
    }

    /**
     * The signals of one user, or the violations.
     *
     * @param user the user
     * @return the accepted signals, or every violation of the schema
     */
    public SignalReading read(T user) {
        Signals signals = cleanSignals(user);
        return signals != null
                ? new SignalReading.Accepted(signals)
                : build(user).read();
    }

    /**
     * The schema of the signals.
     *
     * @return the schema
     */
    public SignalSchema schema() {
        return schema;
    }

    private @Nullable Signals cleanSignals(T user) {
        double[] values = new double[schema.size()];
        clean.read(user, values);
        for (double value : values) {
            if (Double.isNaN(value)) {
                return null;
            }
        }
        return new Signals(schema, values, List.of());
    }

    private SignalsBuilder build(T user) {
        SignalsBuilder signals = schema.signals();
        components.forEach(component -> signals.set(component.position(), component.value(user)));
        return signals;
    }
}
