package io.conversion.model.comparison;

import java.util.function.ToDoubleFunction;
import smile.base.cart.SplitRule;
import smile.classification.DecisionTree;
import smile.data.Tuple;
import smile.data.formula.Formula;

/**
 * One of Smile's classification trees, small enough to be read: the rate of conversion {@code (k + 1) / (n + 2)} of a
 * leaf with k converters among n rows.
 *
 * @param leaves the most leaves of the tree
 */
record SingleTree(int leaves) implements TreeRecipe {

    private static final int SMALLEST_LEAF = 20;

    @Override
    public ToDoubleFunction<Tuple> grow(TreeRows training) {
        DecisionTree tree = DecisionTree.fit(
                Formula.lhs(TreeColumns.OUTCOME),
                training.labelled(),
                SplitRule.ENTROPY,
                leaves,
                leaves,
                SMALLEST_LEAF);
        return user -> Logistic.logOdds(Forest.probability(tree, user));
    }

    @Override
    public String describe() {
        return "up to " + leaves + " leaves";
    }
}
