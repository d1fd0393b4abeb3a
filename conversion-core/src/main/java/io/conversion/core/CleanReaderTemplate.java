package io.conversion.core;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;

/** What {@link CleanReader} copies: the handle of a copy is a constant to a JIT compiler. Never used itself. */
final class CleanReaderTemplate extends CleanReader {

    private static final MethodHandle READ = handle();

    CleanReaderTemplate() {}

    private static MethodHandle handle() {
        try {
            return MethodHandles.classData(MethodHandles.lookup(), "_", MethodHandle.class);
        } catch (IllegalAccessException e) {
            throw new AssertionError("a class may read its own data", e);
        }
    }

    @Override
    void read(Record user, double[] values) {
        try {
            READ.invokeExact(values, user);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("a record of " + user.getClass() + " cannot be read", e);
        }
    }
}
