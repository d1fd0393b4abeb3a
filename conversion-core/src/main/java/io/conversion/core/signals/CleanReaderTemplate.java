package io.conversion.core.signals;

import io.conversion.core.internal.HiddenCopy;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;

/** What {@link CleanReader} copies for each binding. Never used itself. */
final class CleanReaderTemplate extends CleanReader {

    private static final MethodHandle READ = HiddenCopy.data(MethodHandles.lookup(), MethodHandle.class);

    CleanReaderTemplate() {}

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
