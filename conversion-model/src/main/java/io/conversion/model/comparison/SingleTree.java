package io.conversion.model.comparison;

import io.conversion.model.fit.Logistic;
import java.util.function.ToDoubleFunction;
import smile.base.cart.LeafNode;
import smile.base.cart.RegressionNode;
import smile.data.Tuple;
import smile.data.formula.Formula;
import smile.regression.RegressionTree;

/**
 * One of Smile's regression trees on outcomes of 0 and 1, small enough to be read (Breiman and others, Classification and
 * Regression Trees, 1984): the rate of conversion {@code (k + 1/2) / (n + 1)} of a leaf with k converters among n rows.
 *
 * @param leaves the most leaves of the tree
 */
record SingleTree(int leaves) implements TreeRecipe {

    private static final int SMALLEST_LEAF = 20;

    @Override
    public ToDoubleFunction<Tuple> grow(TreeRows training) {
        RegressionTree tree = RegressionTree.fit(
                Formula.lhs(TreeColumns.OUTCOME), training.labelled(), leaves, leaves, SMALLEST_LEAF);
        return user -> Logistic.logOdds(rate(tree.root().predict(user)));
    }

    private static double rate(LeafNode leaf) {
        return (leaf.size() * ((RegressionNode) leaf).mean() + 0.5) / (leaf.size() + 1);
    }

    @Override
    public String describe() {
        return "up to " + leaves + " leaves";
    }
}
