/**
 * Validation of signals before they enter a model: start at {@link io.conversion.model.signals.SignalValidation}, which
 * gives every signal of a {@link io.conversion.model.data.DataSet} the verdict keep, conditional or drop, with its reasons.
 */
@NullMarked
package io.conversion.model.signals;

import org.jspecify.annotations.NullMarked;
