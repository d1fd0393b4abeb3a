package io.conversion.policy;

import io.conversion.policy.internal.Wording;

/**
 * The share of users who get a control action in place of the action of their band, so that the effect of the policy can
 * be estimated later. Who is among them is a pure function of the salt and the caller's key of the user: the same user
 * stays on the same side until the salt changes.
 *
 * @param share the share of users in the control group, 0 to 1
 * @param salt a text that makes this assignment independent of others; another one draws other users
 * @param action what the host is to do for users in the control group
 */
public record ControlGroup(double share, String salt, String action) {

    /**
     * Tells whether a user is in the control group: whether {@link #draw} is below the share.
     *
     * @param userKey the caller's key of the user
     * @return whether the user is in it; never for a share of 0, always for a share of 1
     */
    public boolean includes(String userKey) {
        return draw(userKey) < share;
    }

    /**
     * Maps a user to a number that is spread evenly over users: the first 53 bits of the SHA-256 of the salt, a zero byte
     * and the key, in UTF-8, times 2^-53.
     *
     * @param userKey the caller's key of the user
     * @return a number from 0 to below 1
     */
    public double draw(String userKey) {
        return Draws.of(salt, userKey);
    }

    /** The share and the action, and not the salt: who knows that can tell from a key who is in the group. */
    @Override
    public String toString() {
        return "control group of share " + share + " with action " + Wording.quoted(action);
    }
}
