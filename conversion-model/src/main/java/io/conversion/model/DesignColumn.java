package io.conversion.model;

/**
 * One column of the design matrix: {@code (value - centre) / scale} of a numeric signal, 0 or 1 of a flag, or whether a
 * categorical signal has a level.
 *
 * @param name the signal, or {@code signal=level}
 * @param position the position of the signal in the schema
 * @param level the code of the level; -1 for numeric signals and flags
 * @param centre what is subtracted, in the signal's unit
 * @param scale what is divided by, in the signal's unit
 */
record DesignColumn(String name, int position, int level, double centre, double scale) {

    static DesignColumn ofLevel(String signal, int position, String label, int level) {
        return new DesignColumn(signal + "=" + label, position, level, 0, 1);
    }
}
