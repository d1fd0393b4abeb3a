package io.conversion.model.comparison;

import java.util.function.ToDoubleFunction;
import smile.data.Tuple;

/**
 * A recipe with everything settled, and the trees that it grew.
 *
 * @param recipe the recipe
 * @param trees the log-odds that the trees give a user
 */
record TreeTrial(TreeRecipe recipe, ToDoubleFunction<Tuple> trees) {}
