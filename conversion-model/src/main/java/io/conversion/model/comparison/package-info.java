/**
 * What interpretability costs: start at {@link io.conversion.model.comparison.ModelComparison}, which trains our model, black
 * boxes and simple baselines on the same rows and compares them on rows that none of them has seen.
 */
@NullMarked
package io.conversion.model.comparison;

import org.jspecify.annotations.NullMarked;
