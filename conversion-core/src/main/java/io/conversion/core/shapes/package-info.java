/**
 * What a model adds up: start at {@link io.conversion.core.shapes.Shape}, the function of one signal. Beside it stand the
 * calibration of their sum and the covariance of their numbers.
 */
@NullMarked
package io.conversion.core.shapes;

import org.jspecify.annotations.NullMarked;
