package io.conversion.policy.economics;

import io.conversion.policy.internal.Wording;
import java.math.BigInteger;

/**
 * How many users may get an action: a number of users in a reference population of a stated size. Of a population of
 * another size n it allows {@code floor(n * users / outOf)}. Immutable.
 *
 * @param action the action
 * @param users the most users who may get it, at least 1
 * @param outOf the size of the population that this is said of, at least {@code users}
 */
public record Capacity(String action, long users, long outOf) {

    /** Checks the numbers. {@inheritDoc} */
    public Capacity {
        Limit.requireName("the action of the capacity", action);
        Limit.USERS.require("the capacity of " + Wording.quoted(action), (double) users);
        Limit.USERS.require("the population of the capacity of " + Wording.quoted(action), (double) outOf);
        if (users > outOf) {
            throw new IllegalArgumentException("the capacity of " + Wording.quoted(action) + " is " + users + " out of "
                    + outOf + " users; expected at most " + outOf);
        }
    }

    /**
     * How many users of a population may get the action.
     *
     * @param population the size of the population
     * @return the most users
     */
    public long allowedOf(long population) {
        return BigInteger.valueOf(population)
                .multiply(BigInteger.valueOf(users))
                .divide(BigInteger.valueOf(outOf))
                .longValueExact();
    }
}
