package io.conversion.policy.economics;

import io.conversion.policy.internal.Wording;

/**
 * What one action costs and does. Immutable.
 *
 * @param action the action, as a policy names it
 * @param contactCost what it costs for each user who gets it, converted or not, 0 to 1e12
 * @param discount what it takes off the value of each conversion under it, also of users who would have converted
 *     anyway, 0 to 1e12
 * @param effect what it does to the probability of conversion
 */
public record ActionEconomics(String action, double contactCost, double discount, Effect effect) {

    /** Checks the name and the amounts. {@inheritDoc} */
    public ActionEconomics {
        Limit.requireName("the name of the action", action);
        Limit.MONEY.require("the contact cost of " + Wording.quoted(action), contactCost);
        Limit.MONEY.require("the discount of " + Wording.quoted(action), discount);
    }

    /** Nothing is done, which costs nothing and changes nothing. */
    static ActionEconomics nothing(String action) {
        return new ActionEconomics(action, 0, 0, new Effect.Relative(0, "nothing is done"));
    }

    /**
     * The expected gain of giving the action to a user, against doing nothing:
     * {@code value * (q - p) - contactCost - q * discount}, where q is the probability with the action.
     *
     * @param value the value of a conversion
     * @param probability the calibrated probability p of the user without the action, 0 to 1
     * @return the gain, in the unit of the value
     */
    public double gain(double value, double probability) {
        double lift = effect.lift(probability);
        return value * lift - contactCost - (probability + lift) * discount;
    }

    /**
     * What giving the action to a user is expected to cost: {@code contactCost + q * discount}, where q is the probability with
     * the action.
     *
     * @param probability the calibrated probability p of the user without the action, 0 to 1
     * @return the cost, in the unit of the value
     */
    public double cost(double probability) {
        return contactCost + (probability + effect.lift(probability)) * discount;
    }
}
