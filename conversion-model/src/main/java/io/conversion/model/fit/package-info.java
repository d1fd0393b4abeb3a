/**
 * The fit of a logistic regression: start at {@link io.conversion.model.fit.LogisticFit}, which brings the gradient to
 * rounding error. Not exported.
 */
@NullMarked
package io.conversion.model.fit;

import org.jspecify.annotations.NullMarked;
