/**
 * What a budget buys when several actions cost differently: start at {@link io.conversion.experiments.budget.BudgetPath} for
 * the path of spend and predicted gain, and at {@link io.conversion.experiments.budget.RandomisedUsers} for what users who got
 * their action at random say of a point on it.
 */
@NullMarked
package io.conversion.experiments.budget;

import org.jspecify.annotations.NullMarked;
