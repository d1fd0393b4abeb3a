package io.conversion.model.data;

/**
 * Something about the values of users that makes a model or what is measured of it worth less than it seems.
 *
 * @param check what was looked for: {@code identifier}, {@code date}, {@code sentinel}, {@code level_variants} or
 *     {@code near_copies}
 * @param signal the signal; empty if it is about whole rows
 * @param share the share of the rows that shows it, 0 to 1
 * @param refused whether a model of it is not to be published without a reason, rather than to be warned of
 * @param sentence what was found and what to do
 */
public record DataDoubt(String check, String signal, double share, boolean refused, String sentence) {}
