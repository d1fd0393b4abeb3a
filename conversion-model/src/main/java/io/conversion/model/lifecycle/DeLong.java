package io.conversion.model.lifecycle;

import java.util.Comparator;
import java.util.stream.IntStream;
import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * Area under the ROC curve with DeLong's interval (DeLong, DeLong and Clarke-Pearson, Biometrics 44, 1988) by midranks
 * (Sun and Xu, IEEE Signal Processing Letters 21, 2014), on the logit scale so that it stays inside (0, 1).
 *
 * @param value the area, 0 to 1
 * @param variance DeLong's variance of it
 */
record DeLong(double value, double variance) {

    static DeLong of(double[] scores, boolean[] converted) {
        int[] positives =
                IntStream.range(0, scores.length).filter(i -> converted[i]).toArray();
        int[] negatives =
                IntStream.range(0, scores.length).filter(i -> !converted[i]).toArray();
        double[] all = midranks(scores, IntStream.range(0, scores.length).toArray());
        double[] within = new double[scores.length];
        copy(midranks(scores, positives), positives, within);
        copy(midranks(scores, negatives), negatives, within);
        int m = positives.length;
        int n = negatives.length;
        double[] wonByPositive = IntStream.of(positives)
                .mapToDouble(i -> (all[i] - within[i]) / n)
                .toArray();
        double[] wonOverNegative = IntStream.of(negatives)
                .mapToDouble(i -> 1 - (all[i] - within[i]) / m)
                .toArray();
        double auc = mean(wonByPositive);
        return new DeLong(auc, variance(wonByPositive, auc) / m + variance(wonOverNegative, auc) / n);
    }

    Interval interval(double level) {
        if (value <= 0 || value >= 1 || !(variance > 0)) {
            return new Interval(value, value);
        }
        double z = NormalDistribution.of(0, 1).inverseCumulativeProbability((1 + level) / 2);
        double logit = StrictMath.log(value / (1 - value));
        double half = z * StrictMath.sqrt(variance) / (value * (1 - value));
        return new Interval(probability(logit - half), probability(logit + half));
    }

    private static double probability(double logOdds) {
        return 1 / (1 + StrictMath.exp(-logOdds));
    }

    /** The ranks, from 1, of some of the scores among themselves; tied ones share the mean of their ranks. */
    private static double[] midranks(double[] scores, int[] rows) {
        int[] order = IntStream.range(0, rows.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> scores[rows[i]]))
                .mapToInt(Integer::intValue)
                .toArray();
        double[] ranks = new double[rows.length];
        for (int first = 0, end; first < order.length; first = end) {
            end = first;
            while (end < order.length && scores[rows[order[end]]] == scores[rows[order[first]]]) {
                end++;
            }
            for (int i = first; i < end; i++) {
                ranks[order[i]] = (first + 1 + end) / 2.0;
            }
        }
        return ranks;
    }

    private static void copy(double[] values, int[] rows, double[] into) {
        for (int i = 0; i < rows.length; i++) {
            into[rows[i]] = values[i];
        }
    }

    private static double mean(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return sum / values.length;
    }

    private static double variance(double[] values, double mean) {
        double sum = 0;
        for (double value : values) {
            sum += (value - mean) * (value - mean);
        }
        return sum / (values.length - 1);
    }
}
