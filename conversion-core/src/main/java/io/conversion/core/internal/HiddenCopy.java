package io.conversion.core.internal;

import static java.lang.invoke.MethodType.methodType;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodHandles.Lookup;
import java.util.Objects;

/**
 * Makes hidden copies of template classes. A copy has its own class data, such as the shapes of one model, in constants,
 * and a JIT compiler folds what it knows to be constant into the code: what is written once for any model runs as if it
 * were written out for this one.
 */
public final class HiddenCopy {

    /** The class files of the templates, each read once. */
    private static final ClassValue<byte[]> FILES = new ClassValue<>() {
        @Override
        protected byte[] computeValue(Class<?> template) {
            String file = template.getSimpleName() + ".class";
            try (InputStream in = template.getResourceAsStream(file)) {
                return Objects.requireNonNull(in, file).readAllBytes();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    };

    private HiddenCopy() {}

    /**
     * An instance of a copy, whose constants are made of the data.
     *
     * @param lookup of a class in the package of the template, since a copy is a member of it
     * @param template the class to copy
     * @param data what {@link #data} gives to the copy
     * @param <T> a superclass of the template
     * @return the instance
     */
    public static <T> T of(Lookup lookup, Class<? extends T> template, Object data) {
        try {
            Lookup copy = lookup.defineHiddenClassWithClassData(FILES.get(template), data, true);
            @SuppressWarnings("unchecked") // a copy has the superclass of its template
            T instance = (T) copy.findConstructor(copy.lookupClass(), methodType(void.class))
                    .invoke();
            return instance;
        } catch (Throwable e) {
            throw new IllegalStateException("this JVM does not let a class be copied: " + template, e);
        }
    }

    /**
     * The data of the copy that asks.
     *
     * @param copy the copy's own lookup
     * @param type the type of its data
     * @param <T> the type of its data
     * @return the data
     */
    public static <T> T data(Lookup copy, Class<T> type) {
        try {
            return Objects.requireNonNull(MethodHandles.classData(copy, "_", type));
        } catch (IllegalAccessException e) {
            throw new LinkageError("a class may read its own data", e);
        }
    }
}
