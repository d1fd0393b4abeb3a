package io.conversion.core.signals;

import io.conversion.core.internal.HiddenCopy;
import java.lang.invoke.MethodHandles;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What {@link CleanMap} copies for each sixteen signals of a schema. Never used itself. */
final class CleanMapTemplate extends CleanMap.Slots {

    private static final @Nullable CompiledSignal S0 = signal(0);
    private static final @Nullable CompiledSignal S1 = signal(1);
    private static final @Nullable CompiledSignal S2 = signal(2);
    private static final @Nullable CompiledSignal S3 = signal(3);
    private static final @Nullable CompiledSignal S4 = signal(4);
    private static final @Nullable CompiledSignal S5 = signal(5);
    private static final @Nullable CompiledSignal S6 = signal(6);
    private static final @Nullable CompiledSignal S7 = signal(7);
    private static final @Nullable CompiledSignal S8 = signal(8);
    private static final @Nullable CompiledSignal S9 = signal(9);
    private static final @Nullable CompiledSignal S10 = signal(10);
    private static final @Nullable CompiledSignal S11 = signal(11);
    private static final @Nullable CompiledSignal S12 = signal(12);
    private static final @Nullable CompiledSignal S13 = signal(13);
    private static final @Nullable CompiledSignal S14 = signal(14);
    private static final @Nullable CompiledSignal S15 = signal(15);

    CleanMapTemplate() {}

    private static @Nullable CompiledSignal signal(int slot) {
        return HiddenCopy.data(MethodHandles.lookup(), CompiledSignal[].class)[slot];
    }

    @Override
    boolean read(Map<?, ?> map, double[] values) {
        return read(S0, map, values)
                && read(S1, map, values)
                && read(S2, map, values)
                && read(S3, map, values)
                && read(S4, map, values)
                && read(S5, map, values)
                && read(S6, map, values)
                && read(S7, map, values)
                && read(S8, map, values)
                && read(S9, map, values)
                && read(S10, map, values)
                && read(S11, map, values)
                && read(S12, map, values)
                && read(S13, map, values)
                && read(S14, map, values)
                && read(S15, map, values);
    }
}
