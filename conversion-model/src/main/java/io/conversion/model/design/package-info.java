/**
 * From rows of signals to columns that are fitted, and from their coefficients back to shapes: start at
 * {@link io.conversion.model.design.Design}. Not exported.
 */
@NullMarked
package io.conversion.model.design;

import org.jspecify.annotations.NullMarked;
