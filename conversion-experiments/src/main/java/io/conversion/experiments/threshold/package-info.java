/**
 * What an action does to users at the bound where it begins, from the ordinary log of a banded policy: start at
 * {@link io.conversion.experiments.threshold.ThresholdEffect}, made of {@link io.conversion.experiments.threshold.ThresholdUsers}
 * and a {@link io.conversion.experiments.threshold.ThresholdPlan}.
 */
@NullMarked
package io.conversion.experiments.threshold;

import org.jspecify.annotations.NullMarked;
