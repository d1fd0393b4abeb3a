package io.conversion.policy.economics;

/**
 * How a capacity was kept: each place of the action is given a price, so that only users for whom the action gains more
 * than that over the next best one get it.
 *
 * @param capacity the capacity
 * @param allowed how many users of the tuning population may get the action
 * @param wanted how many would get it if there were no capacity
 * @param used how many get it; tied users are all in or all out, so it may stay below {@code allowed}
 * @param price the price of a place, in the unit of the value; 0 if the capacity does not bind
 * @param gap what the expected gain for one user of the tuning population may at most lie below that of the best choice
 *     of single users, ties split: the places left free times the gain of the first users left out
 */
public record CapacityPrice(Capacity capacity, long allowed, long wanted, long used, double price, double gap) {

    /**
     * Tells whether the capacity changes the bounds.
     *
     * @return whether more users were wanted than allowed
     */
    public boolean binds() {
        return wanted > allowed;
    }
}
