package io.conversion.policy.economics;

import io.conversion.policy.internal.Wording;

/**
 * An action for a share of users, such as the tenth of the highest probabilities.
 *
 * @param action the action
 * @param share the share of all users, above 0 and at most 1
 */
public record TopShare(String action, double share) {

    /** Checks the parts. {@inheritDoc} */
    public TopShare {
        Limit.requireName("the action of a share of users", action);
        if (!(share > 0 && share <= 1)) {
            throw new IllegalArgumentException("the share of users of " + Wording.quoted(action) + " is " + share
                    + "; expected a number above 0 and up to 1, such as 0.1 for the top tenth");
        }
    }
}
