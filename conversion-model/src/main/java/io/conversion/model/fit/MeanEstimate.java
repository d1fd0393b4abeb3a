package io.conversion.model.fit;

/**
 * The mean of values and its standard error, the standard deviation over the root of their number.
 *
 * @param value the mean
 * @param standardError its standard error, with one degree of freedom taken by the mean
 */
public record MeanEstimate(double value, double standardError) {

    /** The one-sided 95 % point of the normal distribution: so many standard errors are beyond noise. */
    public static final double BEYOND_NOISE = 1.645;

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
