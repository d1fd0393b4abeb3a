package io.conversion.core;

import static java.lang.invoke.MethodType.methodType;

import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodHandles.Lookup;
import java.util.Objects;

/**
 * Makes hidden copies of template classes. A copy has its own class data, such as the shapes of one model, in constants,
 * and a JIT compiler folds what it knows to be constant into the code: what is written once for any model runs as if it
 * were written out for this one.
 */
final class HiddenCopy {

    private static final Lookup LOOKUP = MethodHandles.lookup();

    private HiddenCopy() {}

    /** An instance of a copy, whose constants are made of the data. */
    static <T> T of(Class<? extends T> template, Object data) {
        try {
            Lookup copy = LOOKUP.defineHiddenClassWithClassData(bytes(template), data, true);
            @SuppressWarnings("unchecked") // a copy has the superclass of its template
            T instance = (T) copy.findConstructor(copy.lookupClass(), methodType(void.class))
                    .invoke();
            return instance;
        } catch (Throwable e) {
            throw new IllegalStateException("this JVM does not let a class be copied: " + template, e);
        }
    }

    private static byte[] bytes(Class<?> template) throws IOException {
        String file = template.getSimpleName() + ".class";
        try (InputStream in = template.getResourceAsStream(file)) {
            return Objects.requireNonNull(in, file).readAllBytes();
        }
    }

    /** The data of the copy that asks, by its own lookup. */
    static <T> T data(Lookup copy, Class<T> type) {
        try {
            return Objects.requireNonNull(MethodHandles.classData(copy, "_", type));
        } catch (IllegalAccessException e) {
            throw new LinkageError("a class may read its own data", e);
        }
    }
}
