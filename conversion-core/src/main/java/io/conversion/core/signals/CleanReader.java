package io.conversion.core.signals;

import static java.lang.invoke.MethodType.methodType;

import io.conversion.core.internal.HiddenCopy;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodHandles.Lookup;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The quick way from a record to values. Like {@link CleanMap} it only knows how to say yes: a value that is not scored
 * as it is becomes NaN.
 *
 * <p>The accessors and checks of all components are put together to one method handle. A JIT compiler sees through a
 * handle only if it is a constant of a class, so each binding has a {@link HiddenCopy} of a class for it.
 */
abstract class CleanReader {

    private static final Lookup LOOKUP = MethodHandles.lookup();

    /** Reads all components of a record into an array by position. */
    abstract void read(Record user, double[] values);

    static CleanReader of(SignalSchema schema, List<BoundComponent> components) {
        MethodHandle[] steps = new MethodHandle[components.size()];
        Arrays.setAll(steps, i -> step(schema, components.get(i)));
        return HiddenCopy.of(MethodHandles.lookup(), CleanReaderTemplate.class, inSequence(steps, 0, steps.length));
    }

    /** One handle that calls all, as a balanced tree, since a compiler goes down a limited number of calls only. */
    private static MethodHandle inSequence(MethodHandle[] steps, int from, int to) {
        int middle = (from + to) >>> 1;
        return to - from == 1
                ? steps[from]
                : MethodHandles.foldArguments(inSequence(steps, middle, to), inSequence(steps, from, middle));
    }

    /** Stores the clean value of a component: from (values, record) to nothing. */
    private static MethodHandle step(SignalSchema schema, BoundComponent component) {
        try {
            MethodHandle store = LOOKUP.findStatic(
                    CleanReader.class, "store", methodType(void.class, int.class, double[].class, double.class));
            MethodHandle value = MethodHandles.filterReturnValue(component.accessor(), check(schema, component));
            MethodHandle stored = MethodHandles.filterArguments(
                    MethodHandles.insertArguments(store, 0, component.position()), 1, value);
            return stored.asType(methodType(void.class, double[].class, Record.class));
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("a method of this package", e);
        }
    }

    /** From the value of a component to the number or the code that is scored, NaN if it is not clean. */
    private static MethodHandle check(SignalSchema schema, BoundComponent component)
            throws ReflectiveOperationException {
        Class<?> type = component.accessor().type().returnType();
        CompiledSignal signal = schema.compiled(component.position());
        if (type == boolean.class) {
            return LOOKUP.findStatic(CompiledSignal.class, "cleanFlag", methodType(double.class, boolean.class));
        } else if (type == long.class) {
            return clean(signal, "cleanLong", long.class);
        } else if (type == double.class || type == float.class) {
            return clean(signal, "cleanNumber", double.class).asType(methodType(double.class, type));
        } else if (type.isPrimitive()) {
            return clean(signal, "cleanWhole", double.class).asType(methodType(double.class, type));
        } else if (type.isEnum()) {
            return constants(type, component, signal);
        }
        MethodHandle any = LOOKUP.findStatic(
                CleanReader.class,
                "any",
                methodType(double.class, CompiledSignal.class, BoundComponent.class, Object.class));
        return MethodHandles.insertArguments(any, 0, signal, component).asType(methodType(double.class, type));
    }

    private static MethodHandle clean(CompiledSignal signal, String method, Class<?> type)
            throws ReflectiveOperationException {
        return LOOKUP.findVirtual(CompiledSignal.class, method, methodType(double.class, type))
                .bindTo(signal);
    }

    private static MethodHandle constants(Class<?> type, BoundComponent component, CompiledSignal signal)
            throws ReflectiveOperationException {
        int[] codes = Arrays.stream(type.getEnumConstants())
                .mapToInt(constant ->
                        signal.code(Objects.requireNonNull(component.levels().get(constant))))
                .toArray();
        MethodHandle code =
                LOOKUP.findStatic(CleanReader.class, "code", methodType(double.class, int[].class, Enum.class));
        return MethodHandles.insertArguments(code, 0, (Object) codes).asType(methodType(double.class, type));
    }

    // Called by their handles.

    static void store(int position, double[] values, double value) {
        values[position] = value;
    }

    // The constants of one enum in their order are what ordinals are for.
    @SuppressWarnings("EnumOrdinal")
    static double code(int[] codes, @Nullable Enum<?> constant) {
        return constant == null ? Double.NaN : codes[constant.ordinal()];
    }

    /** Of a component that may be an optional or a boxed value. */
    static double any(CompiledSignal signal, BoundComponent component, @Nullable Object value) {
        return signal.clean(component.plain(value));
    }
}
