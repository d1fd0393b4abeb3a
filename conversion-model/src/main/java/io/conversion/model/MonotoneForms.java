package io.conversion.model;

import java.util.Map;

/** TODO after core. */
final class MonotoneForms {
    private MonotoneForms() {}

    static Map<Integer, NumericForm> of(Design design, Map<Integer, NumericForm> forms, double[] coefficients) {
        return forms;
    }
}
