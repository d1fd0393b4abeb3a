package io.conversion.experiments.value;

/**
 * What a policy would have brought of the users of one of its bands. Immutable and safe to share between threads.
 *
 * @param band the band of the policy
 * @param decisions the logged decisions of its users
 * @param logged what each of them brought, by the policies that were in force
 * @param answer the value of each of them, or why it cannot be known
 */
public record BandValue(String band, long decisions, double logged, ValueAnswer answer) {}
