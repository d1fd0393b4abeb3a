package io.conversion.model.evaluation;

import java.util.Arrays;
import java.util.Comparator;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Compares two models on the same users: the differences of their figures, with percentile intervals over resamples of
 * the users (Efron and Tibshirani, An Introduction to the Bootstrap, 1993, chapter 13).
 *
 * <p>Both models see the same resamples, so what makes users hard for both cancels out. The models are taken as given:
 * that other training users would have given other models is no part of the intervals. All comparisons by one bootstrap
 * see the same resamples, too. A resample whose users are all of one outcome is drawn anew. Immutable and safe to share
 * between threads; the same seed gives the same bits.
 */
public final class PairedBootstrap {

    private final boolean[] converted;
    private final int resamples;
    private final long seed;
    private final double level;

    private PairedBootstrap(boolean[] converted, int resamples, long seed, double level) {
        this.converted = converted;
        this.resamples = resamples;
        this.seed = seed;
        this.level = level;
    }

    /**
     * A bootstrap of 2000 resamples with seed 1 at level 0.95.
     *
     * @param converted whether each user converted; the array is copied
     * @return the bootstrap
     * @throws IllegalArgumentException if the users are all of one outcome
     */
    public static PairedBootstrap of(boolean[] converted) {
        long positives =
                IntStream.range(0, converted.length).filter(i -> converted[i]).count();
        if (positives == 0 || positives == converted.length) {
            throw new IllegalArgumentException("the users are all of one outcome; both are needed");
        }
        return new PairedBootstrap(converted.clone(), 2000, 1, Evaluation.LEVEL);
    }

    /**
     * Sets the number of resamples.
     *
     * @param count how many, at least 100
     * @return the changed copy
     * @throws IllegalArgumentException if there are fewer
     */
    public PairedBootstrap resamples(int count) {
        if (count < 100) {
            throw new IllegalArgumentException("there are " + count + " resamples; at least 100 are needed");
        }
        return new PairedBootstrap(converted, count, seed, level);
    }

    /**
     * Sets what the resamples follow from.
     *
     * @param number any number
     * @return the changed copy
     */
    public PairedBootstrap seed(long number) {
        return new PairedBootstrap(converted, resamples, number, level);
    }

    /**
     * Sets the confidence level of the intervals.
     *
     * @param confidence the level, between 0 and 1
     * @return the changed copy
     * @throws IllegalArgumentException if it is not between 0 and 1
     */
    public PairedBootstrap level(double confidence) {
        if (!(confidence > 0 && confidence < 1)) {
            throw new IllegalArgumentException(
                    "the level of an interval is " + confidence + "; it must be between 0 and 1");
        }
        return new PairedBootstrap(converted, resamples, seed, confidence);
    }

    /**
     * Compares two models.
     *
     * @param one the probabilities of the one, by user, 0 to 1
     * @param other the probabilities of the other, by user, 0 to 1
     * @return the figures of the one minus those of the other
     * @throws IllegalArgumentException if an array is not as long as there are users, or a probability is not from 0 to 1
     */
    public ModelDifference difference(double[] one, double[] other) {
        Model first = new Model(one);
        Model second = new Model(other);
        int[] everybody = new int[converted.length];
        Arrays.fill(everybody, 1);
        double[] point = difference(first, second, everybody);
        double[][] statistics = new double[point.length][resamples];
        SplittableRandom random = new SplittableRandom(seed);
        for (int b = 0; b < resamples; b++) {
            double[] difference = difference(first, second, draw(random));
            for (int k = 0; k < difference.length; k++) {
                statistics[k][b] = difference[k];
            }
        }
        return new ModelDifference(
                new ModelDifference.Difference(point[0], Interval.percentile(statistics[0], level)),
                new ModelDifference.Difference(point[1], Interval.percentile(statistics[1], level)),
                new ModelDifference.Difference(point[2], Interval.percentile(statistics[2], level)),
                resamples,
                level);
    }

    /** How often each user is drawn. */
    private int[] draw(SplittableRandom random) {
        while (true) {
            int[] times = new int[converted.length];
            int positives = 0;
            for (int i = 0; i < times.length; i++) {
                int user = random.nextInt(times.length);
                times[user]++;
                positives += converted[user] ? 1 : 0;
            }
            if (positives > 0 && positives < times.length) {
                return times;
            }
        }
    }

    private static double[] difference(Model one, Model other, int[] times) {
        return new double[] {
            one.rocAuc(times) - other.rocAuc(times),
            weighted(one.logLosses, times) - weighted(other.logLosses, times),
            weighted(one.squares, times) - weighted(other.squares, times)
        };
    }

    private static double weighted(double[] losses, int[] times) {
        double sum = 0;
        for (int i = 0; i < losses.length; i++) {
            sum += times[i] * losses[i];
        }
        return sum / losses.length;
    }

    /** One model on all users, ready for any weights of the users. */
    private final class Model {

        private final double[] logLosses = new double[converted.length];
        private final double[] squares = new double[converted.length];
        /** The users in ascending order of their probabilities. */
        private final int[] order;
        /** For each place in the order, the position of its probability among the distinct ones. */
        private final int[] distinct;

        private Model(double[] probabilities) {
            if (probabilities.length != converted.length) {
                throw new IllegalArgumentException(
                        probabilities.length + " probabilities do not match " + converted.length + " outcomes");
            }
            for (int i = 0; i < logLosses.length; i++) {
                double p = probabilities[i];
                if (!(p >= 0 && p <= 1)) {
                    throw new IllegalArgumentException("a probability is " + p + "; it must be from 0 to 1");
                }
                logLosses[i] = Evaluation.logLoss(p, converted[i]);
                squares[i] = converted[i] ? (p - 1) * (p - 1) : p * p;
            }
            order = IntStream.range(0, probabilities.length)
                    .boxed()
                    .sorted(Comparator.comparingDouble(i -> probabilities[i] + 0.0))
                    .mapToInt(Integer::intValue)
                    .toArray();
            distinct = new int[order.length];
            for (int k = 1; k < order.length; k++) {
                distinct[k] = distinct[k - 1] + (probabilities[order[k]] > probabilities[order[k - 1]] ? 1 : 0);
            }
        }

        private double rocAuc(int[] times) {
            int[] positives = new int[distinct[distinct.length - 1] + 1];
            int[] negatives = new int[positives.length];
            for (int k = 0; k < order.length; k++) {
                int user = order[k];
                (converted[user] ? positives : negatives)[distinct[k]] += times[user];
            }
            return RankedOutcomes.area(positives, negatives);
        }
    }
}
