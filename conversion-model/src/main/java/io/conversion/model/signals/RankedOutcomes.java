package io.conversion.model.signals;

import org.apache.commons.statistics.distribution.NormalDistribution;
import org.jspecify.annotations.Nullable;

/**
 * Outcomes counted by value, in ascending order of the values: the ROC AUC and its DeLong interval (DeLong, DeLong and
 * Clarke-Pearson, Biometrics 44, 1988) in one pass over the distinct values, as of midranks (Sun and Xu, IEEE Signal
 * Processing Letters 21, 2014).
 */
final class RankedOutcomes {

    private final double area;
    private final double variance;
    private final long rarer;

    private RankedOutcomes(double area, double variance, long rarer) {
        this.area = area;
        this.variance = variance;
        this.rarer = rarer;
    }

    /** Null if the rows are all of one outcome. */
    static @Nullable RankedOutcomes of(int[] positives, int[] negatives) {
        long p = sum(positives);
        long n = sum(negatives);
        if (p == 0 || n == 0) {
            return null;
        }
        double area = area(positives, negatives, p, n);
        long below = 0;
        long above = p;
        double ofPositives = 0;
        double ofNegatives = 0;
        for (int i = 0; i < positives.length; i++) {
            above -= positives[i];
            double won = (below + negatives[i] / 2.0) / (double) n - area;
            double lost = (above + positives[i] / 2.0) / (double) p - area;
            ofPositives += positives[i] * won * won;
            ofNegatives += negatives[i] * lost * lost;
            below += negatives[i];
        }
        return new RankedOutcomes(area, part(ofPositives, p, area) + part(ofNegatives, n, area), Math.min(p, n));
    }

    /** The area alone; NaN if the rows are all of one outcome. */
    static double area(int[] positives, int[] negatives) {
        long p = sum(positives);
        long n = sum(negatives);
        return p == 0 || n == 0 ? Double.NaN : area(positives, negatives, p, n);
    }

    private static double area(int[] positives, int[] negatives, long p, long n) {
        // Twice the pairs that are won, in whole numbers, so that the order of the rows cannot show.
        long below = 0;
        long won = 0;
        for (int i = 0; i < positives.length; i++) {
            won += positives[i] * (2 * below + negatives[i]);
            below += negatives[i];
        }
        return won / 2.0 / ((double) p * (double) n);
    }

    /** A single row of an outcome shows no variance; the largest that is possible stands in for it. */
    private static double part(double squares, long rows, double area) {
        return rows == 1 ? area * (1 - area) : squares / (double) (rows - 1) / (double) rows;
    }

    private static long sum(int[] counts) {
        long sum = 0;
        for (int count : counts) {
            sum += count;
        }
        return sum;
    }

    double area() {
        return area;
    }

    double variance() {
        return variance;
    }

    long rarer() {
        return rarer;
    }

    SignalAuc auc(double level) {
        return auc(area, variance, rarer, level);
    }

    /**
     * The Wald interval of the logit of an area. Perfect ranking has no variance; there the interval ends where
     * Wilson's does for the rows of the rarer outcome.
     */
    static SignalAuc auc(double area, double variance, long rarer, double level) {
        double z = quantile((1 + level) / 2);
        if (area == 0 || area == 1) {
            double width = z * z / (rarer + z * z);
            return new SignalAuc(area, area == 0 ? 0 : 1 - width, area == 1 ? 1 : width, level);
        }
        double logit = StrictMath.log(area / (1 - area));
        double half = z * Math.sqrt(variance) / (area * (1 - area));
        return new SignalAuc(area, logistic(logit - half), logistic(logit + half), level);
    }

    private static double logistic(double x) {
        return 1 / (1 + StrictMath.exp(-x));
    }

    static double quantile(double probability) {
        return NormalDistribution.of(0, 1).inverseCumulativeProbability(probability);
    }
}
