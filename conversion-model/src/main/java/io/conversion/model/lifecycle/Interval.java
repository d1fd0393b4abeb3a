package io.conversion.model.lifecycle;

/**
 * An interval of a number.
 *
 * @param lower the lower end
 * @param upper the upper end
 */
public record Interval(double lower, double upper) {}
