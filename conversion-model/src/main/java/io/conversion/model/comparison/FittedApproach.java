package io.conversion.model.comparison;

import io.conversion.model.data.DataSet;
import java.util.function.Function;

/**
 * What was learnt from training rows.
 *
 * @param probabilities the probability of each user of a data set
 * @param description what was chosen, in words
 * @param innerLogLoss the log loss of training rows that were held out while it was chosen, in nats; NaN if none were
 */
record FittedApproach(Function<DataSet, double[]> probabilities, String description, double innerLogLoss) {}
