/**
 * How well probabilities fit outcomes: start at {@link io.conversion.model.evaluation.Evaluation}, which measures a model
 * on labelled users; {@link io.conversion.model.evaluation.PairedBootstrap} compares two models on the same users.
 */
@NullMarked
package io.conversion.model.evaluation;

import org.jspecify.annotations.NullMarked;
