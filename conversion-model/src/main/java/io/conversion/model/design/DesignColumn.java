package io.conversion.model.design;

/**
 * One column of the design matrix.
 *
 * @param name the signal, {@code signal=level}, or the signal and what the column is a function of
 * @param position the position of the signal in the schema
 * @param part which column of the signal it is
 * @param centre what is subtracted, on the scale of the column
 * @param scale what is divided by, on the scale of the column
 */
public record DesignColumn(String name, int position, int part, double centre, double scale) {}
