/**
 * What is computed of counts and sums: start at {@link io.conversion.experiments.statistics.Sample} for one arm and at
 * {@link io.conversion.experiments.statistics.Difference} for two. Nothing here reads a file or knows of an experiment.
 */
@NullMarked
package io.conversion.experiments.statistics;

import org.jspecify.annotations.NullMarked;
