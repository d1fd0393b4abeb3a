package io.conversion.core.shapes;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

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

    static final String MISSING = "missing";
    static final String UNSEEN = "unseen";
    static final String SLOPE = "slope";
    static final String TRUE = "true";
    static final String POINT_MASS = "point_mass";
    static final String VALUES = "values/";

    /** The names of a list of values, and missing. */
    static List<String> values(int count) {
        List<String> numbers = new ArrayList<>();
        IntStream.range(0, count).forEach(i -> numbers.add(VALUES + i));
        numbers.add(MISSING);
        return numbers;
    }

    /** The position in a list of values. */
    static int position(String number) {
        return Integer.parseInt(number.substring(VALUES.length()));
    }

    /** The derivative where the value or the number is that for missing: 1 if both are. */
    static double ofMissing(String number, boolean missing) {
        return missing && number.equals(MISSING) ? 1 : 0;
    }
}
