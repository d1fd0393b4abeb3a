package io.conversion.core;

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
    double addTo(double start, double[] values) {
        double sum = start;
        sum = add(sum, T0, values);
        sum = add(sum, T1, values);
        sum = add(sum, T2, values);
        sum = add(sum, T3, values);
        sum = add(sum, T4, values);
        sum = add(sum, T5, values);
        sum = add(sum, T6, values);
        sum = add(sum, T7, values);
        sum = add(sum, T8, values);
        sum = add(sum, T9, values);
        sum = add(sum, T10, values);
        sum = add(sum, T11, values);
        sum = add(sum, T12, values);
        sum = add(sum, T13, values);
        sum = add(sum, T14, values);
        sum = add(sum, T15, values);
        return sum;
    }

    @Override
    void terms(double[] values, double[] terms) {
        set(terms, T0, values);
        set(terms, T1, values);
        set(terms, T2, values);
        set(terms, T3, values);
        set(terms, T4, values);
        set(terms, T5, values);
        set(terms, T6, values);
        set(terms, T7, values);
        set(terms, T8, values);
        set(terms, T9, values);
        set(terms, T10, values);
        set(terms, T11, values);
        set(terms, T12, values);
        set(terms, T13, values);
        set(terms, T14, values);
        set(terms, T15, values);
    }
}
