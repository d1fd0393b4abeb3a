package io.conversion.model;

import java.util.List;

/**
 * How a fit went.
 *
 * @param newtonSteps the number of Newton steps taken
 * @param objective {@code sum(log loss) + lambda / 2 * |w|^2} at the solution
 * @param largestGradient the largest component of its gradient, in absolute value
 * @param relativeGradient the largest component against the sum of the absolute values it was added up from; at an
 *     optimum this is rounding error
 * @param leftOut the columns that were left out
 * @param warnings what a data scientist should know, in whole sentences
 */
public record Diagnostics(
        int newtonSteps,
        double objective,
        double largestGradient,
        double relativeGradient,
        List<LeftOutColumn> leftOut,
        List<String> warnings) {

    /** Copies the lists. {@inheritDoc} */
    public Diagnostics {
        leftOut = List.copyOf(leftOut);
        warnings = List.copyOf(warnings);
    }
}
