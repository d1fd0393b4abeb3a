package io.conversion.model.data;

import java.util.Arrays;
import java.util.Random;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * The rows of a data set dealt into K folds for cross-validation: each row is held out once, and belongs to the training
 * rows of all other folds.
 *
 * <p>Which fold a row falls into depends on the outcomes, K and the seed alone, on every machine: the rows are shuffled
 * by {@link Random}, whose algorithm is specified.
 *
 * <p>Immutable and safe to share between threads.
 */
public final class Folds {

    private final int count;
    private final int[] folds;

    private Folds(int count, int[] folds) {
        this.count = count;
        this.folds = folds;
    }

    /**
     * Deals the rows of each outcome into folds at random, so that all folds have the same rate of conversion.
     *
     * <p>The rows of each outcome are shuffled and then dealt in turn, the converters first: the number of rows differs
     * between folds by at most one, and so does the number of converters.
     *
     * @param outcomes whether each user converted, by row
     * @param k the number of folds, at least 2
     * @param seed the seed of the shuffle; the same seed gives the same folds
     * @return the folds
     * @throws IllegalArgumentException if k is below 2
     * @throws InvalidDataException if there are fewer than k rows of one outcome
     */
    public static Folds stratified(boolean[] outcomes, int k, long seed) {
        checkCount(k);
        int[] positives = rowsOf(outcomes, true);
        int[] negatives = rowsOf(outcomes, false);
        if (Math.min(positives.length, negatives.length) < k) {
            throw new InvalidDataException(k + " folds need at least " + k + " rows of each outcome, but there are "
                    + positives.length + " positives and " + negatives.length
                    + " negatives; use fewer folds or more rows");
        }
        Random random = new Random(seed);
        int[] folds = new int[outcomes.length];
        int dealt = 0;
        for (int[] rows : new int[][] {positives, negatives}) {
            shuffle(rows, random);
            for (int row : rows) {
                folds[row] = dealt++ % k;
            }
        }
        return new Folds(k, folds);
    }

    /**
     * Deals the rows of a data set into folds that have about the same rate of conversion: row by row as
     * {@link #stratified} does, or group by group if the rows are {@linkplain DataSet#groupedBy grouped}.
     *
     * <p>Groups are shuffled and dealt from the largest on, those with converters first, each into the fold that has the
     * fewest converters so far, then the fewest rows.
     *
     * @param data the rows
     * @param k the number of folds, at least 2
     * @param seed the seed of the shuffle; the same seed gives the same folds
     * @return the folds
     * @throws IllegalArgumentException if k is below 2
     * @throws InvalidDataException if there are fewer than k rows of one outcome, or too few groups of one
     */
    public static Folds of(DataSet data, int k, long seed) {
        int[] groups = data.groups();
        return groups == null
                ? stratified(data.outcomes(), k, seed)
                : GroupFolds.deal(groups, data.outcomes(), k, seed);
    }

    /** Folds that were dealt. */
    static Folds dealt(int k, int[] folds) {
        return new Folds(k, folds);
    }

    /**
     * Deals rows into folds by their position: row {@code i} into fold {@code i % k}. That takes the same share from all
     * parts of data that are sorted.
     *
     * @param rows the number of rows, at least k
     * @param k the number of folds, at least 2
     * @return the folds
     * @throws IllegalArgumentException if k is below 2, or there are fewer than k rows
     */
    public static Folds byPosition(int rows, int k) {
        checkCount(k);
        if (rows < k) {
            throw new IllegalArgumentException(rows + " rows cannot be dealt into " + k + " folds; use fewer folds");
        }
        return new Folds(k, IntStream.range(0, rows).map(row -> row % k).toArray());
    }

    /**
     * The number of folds.
     *
     * @return K, at least 2
     */
    public int count() {
        return count;
    }

    /**
     * The number of rows that were dealt.
     *
     * @return the number of rows
     */
    public int rows() {
        return folds.length;
    }

    /**
     * The fold that a row is held out in.
     *
     * @param row the row, from 0
     * @return the fold, from 0 to {@code count() - 1}
     */
    public int of(int row) {
        return folds[row];
    }

    /**
     * The training rows of a fold: all that are not held out in it.
     *
     * @param fold the fold, from 0
     * @return whether a row belongs to them, as {@link DataSet#rows(IntPredicate)} takes it
     * @throws IllegalArgumentException if there is no such fold
     */
    public IntPredicate training(int fold) {
        return holdout(fold).negate();
    }

    /**
     * The rows that are held out in a fold.
     *
     * @param fold the fold, from 0
     * @return whether a row belongs to them, as {@link DataSet#rows(IntPredicate)} takes it
     * @throws IllegalArgumentException if there is no such fold
     */
    public IntPredicate holdout(int fold) {
        if (!(fold >= 0 && fold < count)) {
            throw new IllegalArgumentException(
                    "there is no fold " + fold + "; the " + count + " folds are counted from 0");
        }
        return row -> folds[row] == fold;
    }

    /**
     * How many rows a fold holds out.
     *
     * @param fold the fold, from 0
     * @return the number of rows
     * @throws IllegalArgumentException if there is no such fold
     */
    public int size(int fold) {
        return (int) IntStream.range(0, folds.length).filter(holdout(fold)).count();
    }

    private static void checkCount(int k) {
        if (k < 2) {
            throw new IllegalArgumentException("the number of folds is " + k + "; it must be at least 2");
        }
    }

    private static int[] rowsOf(boolean[] outcomes, boolean outcome) {
        return IntStream.range(0, outcomes.length)
                .filter(row -> outcomes[row] == outcome)
                .toArray();
    }

    /** Fisher and Yates, from the end. */
    private static void shuffle(int[] rows, Random random) {
        for (int i = rows.length - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int row = rows[i];
            rows[i] = rows[j];
            rows[j] = row;
        }
    }

    @Override
    public String toString() {
        return count + " folds of " + folds.length + " rows, from "
                + Arrays.toString(IntStream.range(0, count).map(this::size).toArray());
    }
}
