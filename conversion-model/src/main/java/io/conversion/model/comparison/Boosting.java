package io.conversion.model.comparison;

import io.conversion.model.evaluation.Evaluation;
import io.conversion.model.fit.Logistic;
import java.util.Arrays;
import java.util.function.ToDoubleFunction;
import smile.classification.GradientTreeBoost;
import smile.data.Tuple;
import smile.data.formula.Formula;
import smile.regression.RegressionTree;

/**
 * Smile's gradient boosting of regression trees on the logistic loss (Friedman, Greedy Function Approximation: A Gradient
 * Boosting Machine, 2001), each tree on all rows. How many trees is settled by the log loss of held-out rows.
 *
 * @param trees the number of trees, in a trial the most of them
 * @param leaves the most leaves of a tree
 */
record Boosting(int trees, int leaves) implements TreeRecipe {

    private static final double SHRINKAGE = 0.1;
    private static final int SMALLEST_LEAF = 20;

    @Override
    public ToDoubleFunction<Tuple> grow(TreeRows training) {
        return fit(training);
    }

    @Override
    public TreeTrial trial(TreeRows training, TreeRows held) {
        Sum sum = fit(training);
        double[] losses = new double[trees];
        for (int row = 0; row < held.outcomes().length; row++) {
            Tuple user = held.signals().get(row);
            double logOdds = sum.start;
            for (int t = 0; t < trees; t++) {
                logOdds += sum.addend(t, user);
                losses[t] += Evaluation.logLoss(Logistic.probability(logOdds), held.outcomes()[row]);
            }
        }
        int best = 0;
        for (int t = 1; t < trees; t++) {
            best = losses[t] < losses[best] ? t : best;
        }
        return new TreeTrial(new Boosting(best + 1, leaves), new Sum(sum.start, Arrays.copyOf(sum.trees, best + 1)));
    }

    private Sum fit(TreeRows training) {
        GradientTreeBoost boosted = GradientTreeBoost.fit(
                Formula.lhs(TreeColumns.OUTCOME),
                training.labelled(),
                trees,
                leaves,
                leaves,
                SMALLEST_LEAF,
                SHRINKAGE,
                1);
        return new Sum(Logistic.logOdds(training.rate()), boosted.trees());
    }

    @Override
    public String describe() {
        return trees + " trees of up to " + leaves + " leaves";
    }

    /** The log-odds of everybody, and what each tree adds to it. Smile's trees add to half the log-odds. */
    private static final class Sum implements ToDoubleFunction<Tuple> {

        private final double start;
        private final RegressionTree[] trees;

        private Sum(double start, RegressionTree[] trees) {
            this.start = start;
            this.trees = trees;
        }

        double addend(int tree, Tuple user) {
            return 2 * SHRINKAGE * trees[tree].predict(user);
        }

        @Override
        public double applyAsDouble(Tuple user) {
            double logOdds = start;
            for (int t = 0; t < trees.length; t++) {
                logOdds += addend(t, user);
            }
            return logOdds;
        }
    }
}
