package io.conversion.policy.economics;

/**
 * What a policy gains if one assumption is another one. Immutable and safe to share between threads.
 *
 * @param assumption the assumption in words, such as {@code discount of "offer"}
 * @param assumed the number that was assumed
 * @param changed the number that is tried instead
 * @param gain the expected gain of the same decisions, by the changed assumption
 */
public record GainChange(String assumption, double assumed, double changed, double gain) {}
