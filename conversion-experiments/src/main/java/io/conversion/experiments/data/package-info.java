/**
 * Where the users of an experiment come from: start at {@link io.conversion.experiments.data.CsvExperiment}, which reads a
 * plain table.
 */
@NullMarked
package io.conversion.experiments.data;

import org.jspecify.annotations.NullMarked;
