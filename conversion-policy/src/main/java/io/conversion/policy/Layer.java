package io.conversion.policy;

import java.math.BigDecimal;

/**
 * The part of all users that an {@link Experiment} takes: those whose draw of the layer lies from {@code from} to below
 * {@code from + share}. Experiments of one layer take parts that do not overlap, so that nobody is in two; layers have salts of
 * their own, so that they do not know of each other. Growing the share leaves everybody in it who was. Immutable and safe to
 * share between threads.
 *
 * @param name its name
 * @param salt what its draws are made of
 * @param from where the part begins, from 0 to below 1
 * @param share how much it takes, above 0, at most {@code 1 - from}
 */
public record Layer(String name, String salt, double from, double share) {

    /** All users. */
    static Layer all(String name, String salt) {
        return new Layer(name, salt, 0, 1);
    }

    /**
     * Where the part ends: the sum of the two decimals as people write them, so that 0.1 and 0.2 end where 0.3 begins.
     *
     * @return the first draw behind it
     */
    public double end() {
        return BigDecimal.valueOf(from).add(BigDecimal.valueOf(share)).doubleValue();
    }

    /**
     * The number by which a user is in one part of the layer or another.
     *
     * @param key the caller's key of the user
     * @return from 0 to below 1
     */
    public double draw(String key) {
        return Draws.of(salt, key);
    }

    /**
     * Whether the part has a draw.
     *
     * @param draw from 0 to below 1
     * @return whether users with that draw are in it
     */
    public boolean includes(double draw) {
        return draw >= from && draw < end();
    }
}
