package io.conversion.model.signals;

import io.conversion.model.evaluation.RankedOutcomes;
import io.conversion.model.evaluation.RocAuc;
import java.util.Arrays;
import java.util.Comparator;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * How well the rates of conversion of bins rank users whom the rates were not taken from. Users of a bin with the same
 * outcome cannot be told apart, so the folds are dealt from counts: the order of the rows does not matter.
 */
final class OutOfFold {

    private static final int FOLDS = 5;

    private OutOfFold() {}

    /** The mean of the AUC over five folds; null if no fold holds both outcomes. */
    static @Nullable RocAuc auc(int[] positives, int[] negatives, long seed, double level) {
        SplittableRandom random = new SplittableRandom(seed);
        int[][] heldPositives = new int[FOLDS][positives.length];
        int[][] heldNegatives = new int[FOLDS][positives.length];
        for (int bin = 0; bin < positives.length; bin++) {
            deal(positives[bin], bin, heldPositives, random);
            deal(negatives[bin], bin, heldNegatives, random);
        }
        double sum = 0;
        double variance = 0;
        long rarer = 0;
        int folds = 0;
        for (int fold = 0; fold < FOLDS; fold++) {
            RankedOutcomes held = ranked(
                    minus(positives, heldPositives[fold]),
                    minus(negatives, heldNegatives[fold]),
                    heldPositives[fold],
                    heldNegatives[fold]);
            if (held != null) {
                sum += held.area();
                variance += held.variance();
                rarer += held.rarer();
                folds++;
            }
        }
        return folds == 0
                ? null
                : RankedOutcomes.rocAuc(sum / folds, variance / ((double) folds * folds), rarer, level);
    }

    private static void deal(int rows, int bin, int[][] folds, SplittableRandom random) {
        for (int i = 0; i < rows; i++) {
            folds[random.nextInt(FOLDS)][bin]++;
        }
    }

    static int[] minus(int[] all, int[] some) {
        int[] rest = all.clone();
        for (int i = 0; i < rest.length; i++) {
            rest[i] -= some[i];
        }
        return rest;
    }

    /**
     * Rows of bins in ascending order of the rates that other rows have there, {@code (positives + b) / (rows + 1)} with
     * b the rate of all of those; null if either outcome is lacking.
     */
    static @Nullable RankedOutcomes ranked(int[] positives, int[] negatives, int[] heldPositives, int[] heldNegatives) {
        double all = Arrays.stream(positives).asLongStream().sum();
        double others = Arrays.stream(negatives).asLongStream().sum();
        if (all + others == 0) {
            return null;
        }
        double base = all / (all + others);
        double[] rates = new double[positives.length];
        for (int bin = 0; bin < rates.length; bin++) {
            rates[bin] = (positives[bin] + base) / (positives[bin] + (double) negatives[bin] + 1);
        }
        return byRate(rates, heldPositives, heldNegatives);
    }

    /** Rows of bins in ascending order of given rates, equal ones being one value. */
    static @Nullable RankedOutcomes byRate(double[] rates, int[] positives, int[] negatives) {
        int[] order = IntStream.range(0, rates.length)
                .boxed()
                .sorted(Comparator.comparingDouble(bin -> rates[bin]))
                .mapToInt(Integer::intValue)
                .toArray();
        int[] tiedPositives = new int[rates.length];
        int[] tiedNegatives = new int[rates.length];
        int last = 0;
        for (int i = 0; i < order.length; i++) {
            last = i > 0 && rates[order[i]] != rates[order[i - 1]] ? last + 1 : last;
            tiedPositives[last] += positives[order[i]];
            tiedNegatives[last] += negatives[order[i]];
        }
        return RankedOutcomes.of(tiedPositives, tiedNegatives);
    }
}
