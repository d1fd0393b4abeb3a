package io.conversion.model.signals;

import java.util.List;

/**
 * How much of a signal the other signals tell already, in a linear model with all of them. Missing numbers are imputed
 * with the lower median, other missing values with the most frequent one. Immutable and safe to share between threads.
 *
 * @param generalised the generalised variance inflation factor of Fox and Monette (JASA 87, 1992),
 *     {@code det(R11) det(R22) / det(R)} with the correlations R of all columns, R11 of those of the signal and R22 of
 *     the others; at least 1, infinite if the signal depends linearly on others. With one column it is the variance
 *     inflation factor
 * @param columns how many columns the signal has: 1, or one for each level but the first (of more than 51 levels, for
 *     the 50 most frequent)
 * @param related the signals that it depends on, if it does; otherwise the one with the largest correlation of two
 *     columns, if there is another signal
 */
public record Collinearity(double generalised, int columns, List<String> related) {

    /** Copies the list. {@inheritDoc} */
    public Collinearity {
        related = List.copyOf(related);
    }

    /**
     * The factor that limits are compared with: the generalised one to the power {@code 1 / columns}, which is the
     * square of Fox and Monette's {@code GVIF^(1 / (2 df))} and so comparable to the factor of a single column.
     *
     * @return the variance inflation factor of a column, at least 1
     */
    public double factor() {
        return columns == 1 || Double.isInfinite(generalised)
                ? generalised
                : StrictMath.pow(generalised, 1.0 / columns);
    }

    /**
     * Whether the signal depends linearly on others.
     *
     * @return whether the factor is infinite
     */
    public boolean isPerfect() {
        return Double.isInfinite(generalised);
    }
}
