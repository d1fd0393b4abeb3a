package io.conversion.experiments;

/**
 * Why a number is not given, in place of the number. Immutable and safe to share between threads.
 *
 * @param code what the reason is, in lower case with underscores
 * @param reason the reason, in a sentence
 * @param remedy what would make the number possible, in a sentence
 */
public record Refusal(String code, String reason, String remedy) {}
