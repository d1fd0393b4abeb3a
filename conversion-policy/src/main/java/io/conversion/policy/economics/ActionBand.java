package io.conversion.policy.economics;

/**
 * The probabilities from {@code from} up to, and not including, {@code next} that get one action; the last band, whose
 * {@code next} is 1, includes it. A band may begin at 1 and hold nothing else.
 *
 * @param from the lower bound, 0 to 1
 * @param next the upper bound, 0 to 1
 * @param action the action
 */
public record ActionBand(double from, double next, String action) {}
