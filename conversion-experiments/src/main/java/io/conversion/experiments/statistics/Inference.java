package io.conversion.experiments.statistics;

/**
 * What can be said of a number at a declared error rate: from where to where it lies, and how well no effect would explain
 * what was seen. Immutable and safe to share between threads.
 *
 * @param lower the lower end; minus infinity of a bound from above
 * @param upper the upper end; infinity of a bound from below
 * @param pValue the p-value of no effect, 0 to 1
 */
public record Inference(double lower, double upper, double pValue) {

    /**
     * Whether a value is excluded.
     *
     * @param value the value
     * @return whether it lies outside
     */
    public boolean excludes(double value) {
        return value < lower || value > upper;
    }
}
