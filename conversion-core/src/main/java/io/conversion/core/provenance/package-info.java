/**
 * Where a model comes from: start at {@link io.conversion.core.provenance.TrainingProvenance}, which tells the rows, the
 * figures and the verdicts of the gate that let it pass.
 */
@NullMarked
package io.conversion.core.provenance;

import org.jspecify.annotations.NullMarked;
