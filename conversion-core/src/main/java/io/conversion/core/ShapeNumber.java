package io.conversion.core;

/**
 * One of the estimated numbers that a model is made of: the intercept, or a number of one shape. A shape is linear in its
 * numbers, so their covariance gives the variance of any log-odds.
 *
 * @param signal the name of the signal; empty for the intercept
 * @param number which one: {@code slope} of a linear or log shape; {@code true} of a flag; {@code values/LEVEL} and
 *     {@code unseen} of levels; {@code values/0}, {@code values/1} and so on of a piecewise shape or of steps;
 *     {@code point_mass} of a point mass; {@code missing} of any
 */
public record ShapeNumber(String signal, String number) {

    /** The intercept. */
    public static final ShapeNumber INTERCEPT = new ShapeNumber("", "intercept");
}
