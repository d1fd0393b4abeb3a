package io.conversion.experiments.budget;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a budget buys. Immutable.
 *
 * @param spend what is spent for one user on average: the budget, or all that is worth spending
 * @param gain the predicted gain for one user on average
 * @param perUnit what one more unit of budget would gain; 0 where nothing more is worth spending
 * @param nothing users who get no action
 * @param users how many users get each action, without the step that the budget pays a part of
 * @param last the step that the budget pays only a part of, its spend and gain being those after the whole step; none if
 *     the budget ends with a step
 * @param share the part of that step that is paid, from 0 to below 1
 */
public record BudgetPoint(
        double spend,
        double gain,
        double perUnit,
        long nothing,
        List<Long> users,
        @Nullable BudgetStep last,
        double share) {

    /** Copies the list. {@inheritDoc} */
    public BudgetPoint {
        users = List.copyOf(users);
    }

    /**
     * The step that the budget pays only a part of.
     *
     * @return the step, or none if the budget ends with one
     */
    public Optional<BudgetStep> partial() {
        return Optional.ofNullable(last);
    }
}
