package io.conversion.model.comparison;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import smile.base.cart.SplitRule;
import smile.classification.DecisionTree;
import smile.classification.RandomForest;
import smile.data.Tuple;
import smile.data.formula.Formula;
import smile.math.MathEx;

/**
 * Smile's random forest (Breiman, Random Forests, 2001): the mean of the rates of conversion in the leaves of its trees.
 *
 * @param trees the number of trees
 * @param smallestLeaf the fewest rows of a leaf
 * @param seed what the samples and the columns to split on follow from
 */
record Forest(int trees, int smallestLeaf, long seed) implements TreeRecipe {

    @Override
    public ToDoubleFunction<Tuple> grow(TreeRows training) {
        // 0 and 1 would leave a tree without a seed.
        long[] seeds =
                new SplittableRandom(seed).longs(trees, 2, Long.MAX_VALUE).toArray();
        // Smile keeps the seeds that were set in a set which its trees share without a lock. Those that are in it
        // already do
        // not change it.
        Arrays.stream(seeds).forEach(MathEx::setSeed);
        int columns = training.signals().ncols();
        RandomForest forest = RandomForest.fit(
                Formula.lhs(TreeColumns.OUTCOME),
                training.labelled(),
                trees,
                (int) Math.ceil(Math.sqrt(columns)),
                SplitRule.GINI,
                30,
                Integer.MAX_VALUE,
                smallestLeaf,
                1,
                new int[] {1, 1},
                Arrays.stream(seeds));
        DecisionTree[] grown = forest.trees();
        return user -> Logistic.logOdds(probability(grown, user));
    }

    private static double probability(DecisionTree[] trees, Tuple user) {
        double sum = 0;
        for (DecisionTree tree : trees) {
            sum += probability(tree, user);
        }
        return sum / trees.length;
    }

    /** The rate of a leaf. Smile adds a row of either outcome to it. */
    static double probability(DecisionTree tree, Tuple user) {
        double[] rates = new double[2];
        tree.predict(user, rates);
        return rates[1];
    }

    @Override
    public String describe() {
        return trees + " trees of leaves of at least " + smallestLeaf + " rows";
    }
}
