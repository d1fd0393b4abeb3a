/**
 * Bands from what an action costs and brings: start at {@link io.conversion.policy.economics.ThresholdSearch}, which
 * finds the bounds that {@link io.conversion.policy.economics.Economics} and a capacity make best.
 */
@NullMarked
package io.conversion.policy.economics;

import org.jspecify.annotations.NullMarked;
