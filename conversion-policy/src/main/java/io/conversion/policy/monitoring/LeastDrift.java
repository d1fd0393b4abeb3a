package io.conversion.policy.monitoring;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Of all counts between bounds that add up to a total, those whose population stability index against observed ones is
 * lowest. Pure.
 */
final class LeastDrift {

    private LeastDrift() {}

    /**
     * The counts {@code min(max(t q, least), most)} for the one {@code t} with which they add up. Each term of the index is
     * convex in the count, and its slope depends on the ratio of the count to {@code q} alone: so at the lowest index no
     * user can be moved from one bin to another with a lower ratio.
     *
     * @param observed the observed counts; where there is none, half a user is taken, as in the index
     */
    static double[] counts(double[] observed, double[] least, double[] most, double total) {
        double low = 0;
        double high = 1;
        while (sum(observed, least, most, high) < total && high < 0x1p200) {
            high *= 2;
        }
        for (double t = low + (high - low) / 2; low < t && t < high; t = low + (high - low) / 2) {
            if (sum(observed, least, most, t) < total) {
                low = t;
            } else {
                high = t;
            }
        }
        return atRatio(observed, least, most, high);
    }

    private static double sum(double[] observed, double[] least, double[] most, double t) {
        return Arrays.stream(atRatio(observed, least, most, t)).sum();
    }

    private static double[] atRatio(double[] observed, double[] least, double[] most, double t) {
        return IntStream.range(0, observed.length)
                .mapToDouble(i -> Math.min(Math.max(t * Math.max(observed[i], 0.5), least[i]), most[i]))
                .toArray();
    }
}
