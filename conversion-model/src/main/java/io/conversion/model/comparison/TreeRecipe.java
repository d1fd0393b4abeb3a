package io.conversion.model.comparison;

import java.util.function.ToDoubleFunction;
import smile.data.Tuple;

/** One way to grow trees, with all of its settings. */
interface TreeRecipe {

    /** Grows trees: the log-odds that they give a user. */
    ToDoubleFunction<Tuple> grow(TreeRows training);

    /** Grows trees and applies them to held-out rows, on which a recipe may settle what it has left open. */
    default Trial trial(TreeRows training, TreeRows held) {
        return new Trial(this, held.map(grow(training)));
    }

    /** The settings in words. */
    String describe();

    /** A recipe with everything settled, and the log-odds of the held-out rows. */
    record Trial(TreeRecipe recipe, double[] logOdds) {}
}
