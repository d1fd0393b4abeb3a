package io.conversion.model;

/**
 * One parameter of a fit, on the column that it was fitted on.
 *
 * @param column the signal, or {@code signal=level}
 * @param value log-odds per unit of the column; for a standardised signal, per standard deviation
 */
public record Coefficient(String column, double value) {}
