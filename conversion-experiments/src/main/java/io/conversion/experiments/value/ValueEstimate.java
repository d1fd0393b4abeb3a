package io.conversion.experiments.value;

/**
 * What a policy would have brought for each decision, by one estimator. Immutable and safe to share between threads.
 *
 * @param estimator the estimator
 * @param value the estimate, in units of the reward
 * @param standardError its standard error, with users as what is independent; NaN where the estimator has none that one may
 *     believe, as the direct one
 * @param bound the M of {@link Estimator}; NaN for an estimator without one
 */
public record ValueEstimate(Estimator estimator, double value, double standardError, double bound) {}
