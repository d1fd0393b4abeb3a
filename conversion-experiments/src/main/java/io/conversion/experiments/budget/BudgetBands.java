package io.conversion.experiments.budget;

import io.conversion.core.json.ArtifactText;
import io.conversion.experiments.internal.NumberTexts;
import io.conversion.policy.Band;
import io.conversion.policy.ModelRequirement;
import io.conversion.policy.Policy;
import io.conversion.policy.economics.ActionBand;
import io.conversion.policy.economics.ActionBands;
import io.conversion.policy.economics.ActionEconomics;
import io.conversion.policy.economics.Capacity;
import io.conversion.policy.economics.Economics;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Bands of a policy that spend a budget where it gains most: a point on the path of {@link BudgetPath}, of users who are told
 * apart by their probability alone. Users of one probability stay together, so that a policy can do it, and what the bands
 * spend on the reference population is at most the budget, exactly; what is left is less than the next users would cost. Gains
 * and costs are expected ones, by the effects that the economics declare. Immutable and safe to share between threads.
 */
public final class BudgetBands {

    private final Economics economics;
    private final BudgetPath path;
    private final ActionBands bands;
    private final double budget;
    private final BigDecimal spent;
    private final double gain;
    private final long users;

    private BudgetBands(Economics economics, Reference reference, BudgetPath path, int[] actions, double budget) {
        this.economics = economics;
        this.path = path;
        this.budget = budget;
        this.spent = reference.spent(actions);
        this.gain = reference.gain(actions);
        this.users = reference.size;
        this.bands = reference.bands(actions);
    }

    /**
     * Finds the bands.
     *
     * @param economics what actions cost and bring
     * @param probabilities the calibrated probabilities of the users of the reference population
     * @param budget the most that actions may cost for all of these users together, at least 0
     * @return the bands
     * @throws IllegalArgumentException if there is no user, a number is no probability or the budget is below 0, or the bands
     *     would give an action to more users than its capacity
     */
    public static BudgetBands of(Economics economics, double[] probabilities, double budget) {
        if (!(budget >= 0 && budget < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("the budget is " + budget + "; expected a finite number of at least 0");
        }
        Reference reference = new Reference(economics, probabilities);
        BudgetPath path = reference.path();
        BigDecimal most = new BigDecimal(budget);
        double limit = budget / reference.size;
        int[] actions = path.actions(limit);
        while (reference.spent(actions).compareTo(most) > 0) {
            // The path adds up with rounding.
            limit -= Math.max(limit * 1e-12, Double.MIN_VALUE);
            actions = path.actions(limit);
        }
        reference.requireCapacities(actions);
        return new BudgetBands(economics, reference, path, actions, budget);
    }

    /**
     * The bands.
     *
     * @return which action each probability gets
     */
    public ActionBands bands() {
        return bands;
    }

    /**
     * The path of all budgets; its spend and gain are for one user on average.
     *
     * @return the path
     */
    public BudgetPath path() {
        return path;
    }

    /**
     * The users of the reference population.
     *
     * @return how many
     */
    public long users() {
        return users;
    }

    /**
     * The budget.
     *
     * @return the most that was allowed, for all users together
     */
    public double budget() {
        return budget;
    }

    /**
     * What the bands are expected to spend on the reference population.
     *
     * @return the exact sum, at most the budget
     */
    public BigDecimal spent() {
        return spent;
    }

    /**
     * What the bands are expected to gain on the reference population, against doing nothing.
     *
     * @return the gain less what is spent, for all users together
     */
    public double gain() {
        return gain;
    }

    /**
     * A policy of these bands, whose rationales tell the budget. Its fallback is doing nothing, and it has no guardrails, margin
     * or control group.
     *
     * @param name the name of the policy
     * @param version its version
     * @param model the model whose probabilities these are
     * @return the policy
     */
    public Policy candidate(String name, String version, ModelRequirement model) {
        String rationale = "A budget of " + NumberTexts.number(budget) + " for " + NumberTexts.count(users)
                + " users is spent where it gains most; these bands are expected to spend "
                + NumberTexts.number(spent.doubleValue()) + " of it.";
        List<String> segments = bands.segments();
        List<Band> all = new ArrayList<>();
        for (ActionBand band : bands.bands()) {
            all.add(new Band(segments.get(all.size()), band.from(), band.action(), "", rationale));
        }
        return Policy.of(name, version, model, all, economics.noAction());
    }

    /** The users by their probability, each of which has one row. */
    private static final class Reference {

        private final Economics economics;
        private final List<ActionEconomics> actions;
        private final double[] probabilities;
        private final int[] counts;
        private final long size;

        Reference(Economics economics, double[] of) {
            this.economics = economics;
            this.actions = economics.actions().stream()
                    .filter(action -> !action.action().equals(economics.noAction()))
                    .toList();
            double[] sorted = of.clone();
            Arrays.sort(sorted);
            if (sorted.length == 0 || !(sorted[0] >= 0 && sorted[sorted.length - 1] <= 1)) {
                throw new IllegalArgumentException(
                        sorted.length == 0
                                ? "there is no user to spend a budget on; give at least one"
                                : "the users have probabilities from " + sorted[0] + " to " + sorted[sorted.length - 1]
                                        + "; expected 0 to 1");
            }
            this.size = sorted.length;
            // 0 and -0 are one probability.
            this.probabilities =
                    Arrays.stream(sorted).map(p -> p + 0.0).distinct().toArray();
            this.counts = new int[probabilities.length];
            int row = 0;
            for (double probability : sorted) {
                row += probability > probabilities[row] ? 1 : 0;
                counts[row]++;
            }
        }

        BudgetPath path() {
            double[][] costs = new double[actions.size()][probabilities.length];
            double[][] gains = new double[actions.size()][probabilities.length];
            for (int action = 0; action < actions.size(); action++) {
                ActionEconomics of = actions.get(action);
                for (int row = 0; row < probabilities.length; row++) {
                    // What costs nothing comes first, and the path knows no cost of 0.
                    costs[action][row] = Math.max(of.cost(probabilities[row]), 1e-12 * economics.value());
                    gains[action][row] = of.gain(economics.value(), probabilities[row]);
                }
            }
            return BudgetPath.of(ActionGains.ofEachUser(
                            actions.stream().map(ActionEconomics::action).toList(), costs, gains)
                    .counts(counts));
        }

        BigDecimal spent(int[] of) {
            BigDecimal sum = BigDecimal.ZERO;
            for (int row = 0; row < of.length; row++) {
                if (of[row] != BudgetStep.NOTHING) {
                    sum = sum.add(new BigDecimal(actions.get(of[row]).cost(probabilities[row]))
                            .multiply(BigDecimal.valueOf(counts[row])));
                }
            }
            return sum;
        }

        double gain(int[] of) {
            BigDecimal sum = BigDecimal.ZERO;
            for (int row = 0; row < of.length; row++) {
                if (of[row] != BudgetStep.NOTHING) {
                    sum = sum.add(new BigDecimal(actions.get(of[row]).gain(economics.value(), probabilities[row]))
                            .multiply(BigDecimal.valueOf(counts[row])));
                }
            }
            return sum.doubleValue();
        }

        void requireCapacities(int[] of) {
            for (Capacity capacity : economics.capacities()) {
                long given = 0;
                for (int row = 0; row < of.length; row++) {
                    boolean gets = of[row] != BudgetStep.NOTHING
                            && actions.get(of[row]).action().equals(capacity.action());
                    given += gets ? counts[row] : 0;
                }
                if (given > capacity.allowedOf(size)) {
                    throw new IllegalArgumentException("the budget would give " + ArtifactText.quoted(capacity.action())
                            + " to " + NumberTexts.count(given) + " of " + NumberTexts.count(size)
                            + " users, but its capacity is " + NumberTexts.count(capacity.allowedOf(size))
                            + "; a budget is spent without regard to capacities: lower it, or find bounds within the"
                            + " capacity without a budget");
                }
            }
        }

        ActionBands bands(int[] of) {
            List<ActionBand> all = new ArrayList<>();
            double from = 0;
            for (int row = 1; row <= of.length; row++) {
                if (row == of.length || of[row] != of[row - 1]) {
                    double next = row == of.length ? 1 : probabilities[row];
                    String action = of[row - 1] == BudgetStep.NOTHING
                            ? economics.noAction()
                            : actions.get(of[row - 1]).action();
                    all.add(new ActionBand(from, next, action));
                    from = next;
                }
            }
            return new ActionBands(all);
        }
    }
}
