package io.conversion.model.comparison;

import io.conversion.model.fit.Logistic;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import smile.data.Tuple;
import smile.data.formula.Formula;
import smile.math.MathEx;
import smile.regression.RandomForest;
import smile.regression.RegressionTree;

/**
 * Smile's random forest (Breiman, Random Forests, 2001) of regression trees on outcomes of 0 and 1, which estimates
 * probabilities (Malley and others, Probability Machines, 2012): the mean of the rates of conversion in the leaves of its
 * trees, with half a training row of either outcome added, so that it is never 0 or 1. Its classification trees will not
 * do, since they merge leaves that differ in their rates but have the same majority.
 *
 * @param trees the number of trees
 * @param smallestLeaf the fewest rows of a leaf
 * @param seed what the samples and the columns to split on follow from
 */
record Forest(int trees, int smallestLeaf, long seed) implements TreeRecipe {

    private static final int DEEPEST = 30;

    @Override
    public ToDoubleFunction<Tuple> grow(TreeRows training) {
        // 0 and 1 would leave a tree without a seed.
        long[] seeds =
                new SplittableRandom(seed).longs(trees, 2, Long.MAX_VALUE).toArray();
        // Smile keeps the seeds that were set in a set which its trees share without a lock. Those that are in it
        // already do
        // not change it.
        Arrays.stream(seeds).forEach(MathEx::setSeed);
        RandomForest forest = RandomForest.fit(
                Formula.lhs(TreeColumns.OUTCOME),
                training.labelled(),
                trees,
                (int) Math.ceil(Math.sqrt(training.signals().ncols())),
                DEEPEST,
                Integer.MAX_VALUE,
                smallestLeaf,
                1,
                Arrays.stream(seeds));
        RegressionTree[] grown = forest.trees();
        int rows = training.outcomes().length;
        return user -> Logistic.logOdds((rows * mean(grown, user) + 0.5) / (rows + 1));
    }

    private static double mean(RegressionTree[] trees, Tuple user) {
        double sum = 0;
        for (RegressionTree tree : trees) {
            sum += tree.predict(user);
        }
        return sum / trees.length;
    }

    @Override
    public String describe() {
        return trees + " trees of leaves of at least " + smallestLeaf + " rows";
    }
}
