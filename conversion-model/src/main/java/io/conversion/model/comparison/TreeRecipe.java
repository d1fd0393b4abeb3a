package io.conversion.model.comparison;

import java.util.function.ToDoubleFunction;
import smile.data.Tuple;

/** One way to grow trees, with all of its settings. */
interface TreeRecipe {

    /** Grows trees: the log-odds that they give a user. */
    ToDoubleFunction<Tuple> grow(TreeRows training);

    /** Grows trees, and settles on held-out rows what the recipe leaves open. */
    default TreeTrial trial(TreeRows training, TreeRows held) {
        return new TreeTrial(this, grow(training));
    }

    /** The settings in words. */
    String describe();
}
