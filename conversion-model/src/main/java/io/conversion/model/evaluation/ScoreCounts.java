package io.conversion.model.evaluation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Users counted by distinct score, ascending: what thresholds choose and bins hold. Users who share a score cannot be told
 * apart, so they stay together.
 */
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

    private static int sum(int[] of, int begin, int end) {
        return Arrays.stream(of, begin, end).sum();
    }

    private Threshold at(double probability, int begin) {
        int hits = sum(positives, begin, size());
        int all = sum(positives, 0, size());
        return new Threshold(
                probability, hits + sum(negatives, begin, size()), hits, all + sum(negatives, 0, size()), all);
    }

    /** Those whose score is at least a threshold. */
    Threshold at(double threshold) {
        return at(threshold, firstAtLeast(threshold));
    }

    /** Every distinct score as a threshold, the highest first. */
    List<Threshold> thresholds() {
        Threshold everybody = at(0, 0);
        List<Threshold> all = new ArrayList<>();
        int chosen = 0;
        int hits = 0;
        for (int i = size() - 1; i >= 0; i--) {
            chosen += rows(i);
            hits += positives[i];
            all.add(new Threshold(scores[i], chosen, hits, everybody.rows(), everybody.positives()));
        }
        return Collections.unmodifiableList(all);
    }

    /** Those whose score is in a range, to which 1 belongs if it ends there; empty if there are none. */
    Optional<ScoreBin> between(double from, double to) {
        int begin = firstAtLeast(from);
        int end = to == 1 ? size() : firstAtLeast(to);
        return begin == end ? Optional.empty() : Optional.of(bin(begin, end));
    }

    /** At most so many bins of about equally many users, the highest scores first. */
    List<ScoreBin> bins(int count) {
        long rows = at(0, 0).rows();
        List<ScoreBin> bins = new ArrayList<>();
        int above = 0;
        int begin = size();
        for (int k = 1; k <= count; k++) {
            int end = begin;
            while (begin > 0 && above < rows * k / count) {
                begin--;
                above += rows(begin);
            }
            if (begin < end) {
                bins.add(bin(begin, end));
            }
        }
        return Collections.unmodifiableList(bins);
    }

    private ScoreBin bin(int begin, int end) {
        double sum = 0;
        for (int i = begin; i < end; i++) {
            sum += rows(i) * scores[i];
        }
        int hits = sum(positives, begin, end);
        int rows = hits + sum(negatives, begin, end);
        double rate = (double) hits / rows;
        Interval interval = Interval.wilson(hits, rows, Evaluation.LEVEL);
        Threshold at = at(scores[begin], begin);
        return new ScoreBin(
                scores[begin],
                scores[end - 1],
                rows,
                hits,
                sum / rows,
                rate,
                interval.lower(),
                interval.upper(),
                rate / ((double) at.positives() / at.rows()),
                at.recall(),
                at.volume());
    }
}
