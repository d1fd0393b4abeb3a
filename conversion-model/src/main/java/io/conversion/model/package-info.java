/**
 * Training and evaluation: start at {@link io.conversion.model.LogisticTrainer}, which fits a model to the rows of a
 * {@link io.conversion.model.data.DataSet}.
 */
@NullMarked
package io.conversion.model;

import org.jspecify.annotations.NullMarked;
