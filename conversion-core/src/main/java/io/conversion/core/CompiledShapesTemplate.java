package io.conversion.core;

import io.conversion.core.internal.HiddenCopy;
import io.conversion.core.signals.Signals;
import java.lang.invoke.MethodHandles;
import org.jspecify.annotations.Nullable;

/** What {@link CompiledShapes} copies for each sixteen terms of a model. Never used itself. */
final class CompiledShapesTemplate extends CompiledShapes.Slots {

    private static final @Nullable Term T0 = term(0);
    private static final @Nullable Term T1 = term(1);
    private static final @Nullable Term T2 = term(2);
    private static final @Nullable Term T3 = term(3);
    private static final @Nullable Term T4 = term(4);
    private static final @Nullable Term T5 = term(5);
    private static final @Nullable Term T6 = term(6);
    private static final @Nullable Term T7 = term(7);
    private static final @Nullable Term T8 = term(8);
    private static final @Nullable Term T9 = term(9);
    private static final @Nullable Term T10 = term(10);
    private static final @Nullable Term T11 = term(11);
    private static final @Nullable Term T12 = term(12);
    private static final @Nullable Term T13 = term(13);
    private static final @Nullable Term T14 = term(14);
    private static final @Nullable Term T15 = term(15);

    CompiledShapesTemplate() {}

    private static @Nullable Term term(int slot) {
        return HiddenCopy.data(MethodHandles.lookup(), Term[].class)[slot];
    }

    @Override
    double addTo(double start, Signals signals) {
        double sum = start;
        sum = add(sum, T0, signals);
        sum = add(sum, T1, signals);
        sum = add(sum, T2, signals);
        sum = add(sum, T3, signals);
        sum = add(sum, T4, signals);
        sum = add(sum, T5, signals);
        sum = add(sum, T6, signals);
        sum = add(sum, T7, signals);
        sum = add(sum, T8, signals);
        sum = add(sum, T9, signals);
        sum = add(sum, T10, signals);
        sum = add(sum, T11, signals);
        sum = add(sum, T12, signals);
        sum = add(sum, T13, signals);
        sum = add(sum, T14, signals);
        sum = add(sum, T15, signals);
        return sum;
    }

    @Override
    void terms(Signals signals, double[] terms) {
        set(terms, T0, signals);
        set(terms, T1, signals);
        set(terms, T2, signals);
        set(terms, T3, signals);
        set(terms, T4, signals);
        set(terms, T5, signals);
        set(terms, T6, signals);
        set(terms, T7, signals);
        set(terms, T8, signals);
        set(terms, T9, signals);
        set(terms, T10, signals);
        set(terms, T11, signals);
        set(terms, T12, signals);
        set(terms, T13, signals);
        set(terms, T14, signals);
        set(terms, T15, signals);
    }
}
