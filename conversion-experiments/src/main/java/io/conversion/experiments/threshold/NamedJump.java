package io.conversion.experiments.threshold;

import io.conversion.experiments.statistics.Inference;

/**
 * A jump where there should be none: of the outcome at a bound that is none, or of something that was known before. Immutable and
 * safe to share between threads.
 *
 * @param name the covariate that jumps; {@code below} or {@code above} for the outcome of users on that side of the bound
 * @param at where the jump was looked for, in the units of the running variable
 * @param estimate the jump, less its bias
 * @param inference its robust interval and p-value
 */
public record NamedJump(String name, double at, double estimate, Inference inference) {}
