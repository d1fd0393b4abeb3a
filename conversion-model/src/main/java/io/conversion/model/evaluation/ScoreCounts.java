package io.conversion.model.evaluation;

import java.util.Arrays;
import java.util.stream.IntStream;

/** Users counted by distinct score, ascending. Users who share a score cannot be told apart, so they stay together. */
final class ScoreCounts {

    private final double[] scores;
    private final int[] positives;
    private final int[] negatives;

    private ScoreCounts(double[] scores, int[] positives, int[] negatives) {
        this.scores = scores;
        this.positives = positives;
        this.negatives = negatives;
    }

    static ScoreCounts of(double[] scores, boolean[] converted) {
        if (scores.length != converted.length) {
            throw new IllegalArgumentException(
                    scores.length + " scores do not match " + converted.length + " outcomes");
        }
        double[] ones = sorted(scores, converted, true);
        double[] zeros = sorted(scores, converted, false);
        double[] distinct = new double[scores.length];
        int[] positives = new int[scores.length];
        int[] negatives = new int[scores.length];
        int size = 0;
        for (int p = 0, n = 0; p < ones.length || n < zeros.length; size++) {
            double score = p == ones.length ? zeros[n] : n == zeros.length ? ones[p] : Math.min(ones[p], zeros[n]);
            distinct[size] = score;
            for (; p < ones.length && ones[p] == score; p++) {
                positives[size]++;
            }
            for (; n < zeros.length && zeros[n] == score; n++) {
                negatives[size]++;
            }
        }
        return new ScoreCounts(
                Arrays.copyOf(distinct, size), Arrays.copyOf(positives, size), Arrays.copyOf(negatives, size));
    }

    private static double[] sorted(double[] scores, boolean[] converted, boolean outcome) {
        // Adding zero makes 0.0 of -0.0, which equals it and would be sorted before it.
        double[] some = IntStream.range(0, scores.length)
                .filter(i -> converted[i] == outcome)
                .mapToDouble(i -> scores[i] + 0.0)
                .sorted()
                .toArray();
        if (some.length > 0 && Double.isNaN(some[some.length - 1])) {
            throw new IllegalArgumentException("a score is NaN; every score must be a number");
        }
        return some;
    }

    int size() {
        return scores.length;
    }

    /** The score at a position. */
    double score(int i) {
        return scores[i];
    }

    /** Those who have the score at a position. */
    int rows(int i) {
        return positives[i] + negatives[i];
    }

    int[] positives() {
        return positives;
    }

    int[] negatives() {
        return negatives;
    }

    /** The first position whose score is at least the threshold. */
    int firstAtLeast(double threshold) {
        int found = Arrays.binarySearch(scores, threshold + 0.0);
        return found >= 0 ? found : -found - 1;
    }
}
