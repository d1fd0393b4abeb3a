package io.conversion.experiments;

import io.conversion.experiments.statistics.Sample;

/**
 * An arm as it is. Immutable and safe to share between threads.
 *
 * @param name the name of the arm
 * @param sample its users with the mean of the metric and its variance
 */
public record ArmReadout(String name, Sample sample) {}
