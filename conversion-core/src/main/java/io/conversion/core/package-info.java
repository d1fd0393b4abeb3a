/**
 * Signals, scoring and the model artifact: start at {@link io.conversion.core.ConversionModel}, which loads a model and
 * hands out its {@link io.conversion.core.Scorer}.
 */
@NullMarked
package io.conversion.core;

import org.jspecify.annotations.NullMarked;
