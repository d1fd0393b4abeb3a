package io.conversion.model.evaluation;

import io.conversion.model.fit.Logistic;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.jspecify.annotations.Nullable;

/**
 * Outcomes counted by score, in ascending order of the scores: the ROC AUC and its DeLong variance in one pass over the
 * distinct scores, as of midranks (Sun and Xu, IEEE Signal Processing Letters 21, 2014). For those who have counts rather
 * than users; others take {@link RocAuc#of}. Immutable and safe to share between threads.
 */
public final class RankedOutcomes {

    private final double area;
    private final double variance;
    private final long rarer;

    private RankedOutcomes(double area, double variance, long rarer) {
        this.area = area;
        this.variance = variance;
        this.rarer = rarer;
    }

    static @Nullable RankedOutcomes of(double[] scores, boolean[] converted) {
        ScoreCounts counts = ScoreCounts.of(scores, converted);
        return of(counts.positives(), counts.negatives());
    }

    /**
     * Ranks counted outcomes.
     *
     * @param positives the converters by distinct score, ascending
     * @param negatives the others by distinct score, ascending
     * @return the ranking; null if the users are all of one outcome
     */
    public static @Nullable RankedOutcomes of(int[] positives, int[] negatives) {
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

    /**
     * The area alone.
     *
     * @param positives the converters by distinct score, ascending
     * @param negatives the others by distinct score, ascending
     * @return the ROC AUC, 0 to 1; NaN if the users are all of one outcome
     */
    public static double area(int[] positives, int[] negatives) {
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

    /**
     * The area under the ROC curve.
     *
     * @return the area, 0 to 1
     */
    public double area() {
        return area;
    }

    /**
     * DeLong's variance of the area.
     *
     * @return the variance, at least 0
     */
    public double variance() {
        return variance;
    }

    /**
     * The users of the rarer outcome.
     *
     * @return how many, at least one
     */
    public long rarer() {
        return rarer;
    }

    /**
     * The area with its DeLong interval.
     *
     * @param level confidence level of the interval, between 0 and 1
     * @return the area and the interval
     */
    public RocAuc rocAuc(double level) {
        return rocAuc(area, variance, rarer, level);
    }

    /**
     * An area with the interval that a variance gives on the logit scale.
     *
     * @param area the area, 0 to 1
     * @param variance its variance
     * @param rarer the users of the rarer outcome, for the interval of a perfect ranking
     * @param level confidence level of the interval, between 0 and 1
     * @return the area and the interval
     */
    public static RocAuc rocAuc(double area, double variance, long rarer, double level) {
        double z = NormalDistribution.of(0, 1).inverseCumulativeProbability((1 + level) / 2);
        if (area == 0 || area == 1) {
            double width = z * z / (rarer + z * z);
            return new RocAuc(area, area == 0 ? 0 : 1 - width, area == 1 ? 1 : width, level);
        }
        double logit = Logistic.logOdds(area);
        double half = z * Math.sqrt(variance) / (area * (1 - area));
        return new RocAuc(area, Logistic.probability(logit - half), Logistic.probability(logit + half), level);
    }
}
