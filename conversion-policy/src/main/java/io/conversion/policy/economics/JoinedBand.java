package io.conversion.policy.economics;

/**
 * A band that had too few users to stand alone, and was given the action of a neighbour.
 *
 * @param band the band as it was
 * @param users how many users of the tuning population are in it
 * @param into the action that it now gets
 * @param cost what that costs on all of these users together, in the unit of the value, at least 0 unless a capacity made
 *     the band what it was
 */
public record JoinedBand(ActionBand band, long users, String into, double cost) {}
