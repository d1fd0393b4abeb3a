/**
 * The commands about experiments: start at {@link io.conversion.workbench.experiments.ExperimentCommand}.
 */
@NullMarked
package io.conversion.workbench.experiments;

import org.jspecify.annotations.NullMarked;
