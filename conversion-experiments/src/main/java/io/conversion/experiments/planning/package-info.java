/**
 * How large an experiment must be: start at {@link io.conversion.experiments.planning.SampleSize}, which computes it, and at
 * {@link io.conversion.experiments.planning.Simulation}, which runs the whole procedure on one's own users.
 */
@NullMarked
package io.conversion.experiments.planning;

import org.jspecify.annotations.NullMarked;
