package io.conversion.experiments.threshold;

/**
 * Who is near a bound on one side of it, closer than the bandwidth of the lines, whom the bound decided about. Immutable and
 * safe to share between threads.
 *
 * @param rows how many decisions
 * @param units of how many users; as many as rows where each row is a user
 * @param values at how many different values of the running variable
 * @param mean the mean of their outcomes; NaN if there are none
 */
public record NearBound(long rows, long units, long values, double mean) {

    static NearBound of(Side side) {
        double sum = 0;
        for (double outcome : side.y()) {
            sum += outcome;
        }
        return new NearBound(side.size(), side.clusterCount(), side.distinct(), sum / side.size());
    }
}
