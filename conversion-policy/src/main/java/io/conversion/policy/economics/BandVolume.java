package io.conversion.policy.economics;

/**
 * What a band does to a population, by the calibrated probabilities and the declared effects.
 *
 * @param band the band
 * @param users how many users of the population are in it
 * @param conversionsWithout how many of them are expected to convert without its action
 * @param conversionsWith how many of them are expected to convert with it
 * @param gain what the action is expected to gain on all of them together, in the unit of the value
 */
public record BandVolume(ActionBand band, long users, double conversionsWithout, double conversionsWith, double gain) {}
