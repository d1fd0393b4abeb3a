/**
 * A decision as a feature flag: {@link io.conversion.openfeature.ConversionProvider} answers the flags of an OpenFeature
 * client by the model and the policy that are served.
 */
@NullMarked
package io.conversion.openfeature;

import org.jspecify.annotations.NullMarked;
