package io.conversion.model.fit;

/**
 * The mean of values and its standard error, the standard deviation over the root of their number.
 *
 * @param value the mean
 * @param standardError its standard error, with one degree of freedom taken by the mean
 */
public record MeanEstimate(double value, double standardError) {

    /** Estimates the mean of what the values are drawn from. */
    public static MeanEstimate of(double[] values) {
        double mean = mean(values);
        double squares = 0;
        for (double value : values) {
            squares += (value - mean) * (value - mean);
        }
        return new MeanEstimate(mean, Math.sqrt(squares / (values.length - 1) / values.length));
    }

    /** The mean alone. */
    public static double mean(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return sum / values.length;
    }
}
