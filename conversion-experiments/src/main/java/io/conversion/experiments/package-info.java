/**
 * What an experiment says: start at {@link io.conversion.experiments.Readout}, made of what was fixed before
 * ({@link io.conversion.experiments.ReadoutPlan}) and of what users did ({@link io.conversion.experiments.UserTable}).
 */
@NullMarked
package io.conversion.experiments;

import org.jspecify.annotations.NullMarked;
