package io.conversion.experiments.budget;

import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;

/**
 * How predicted gain grows with spend when each next unit goes where it gains most: the path of all budgets at once, also
 * known as the Qini curve of several actions.
 *
 * <p>Of each user's actions those on the upper left hull of (cost, gain) from (0, 0) are rungs; rungs of all users are climbed
 * in the order of gain for each unit of cost, the largest first. Rungs that gain the same go by the order of rows. The path
 * is concave, starts at nothing and ends where nothing that gains is left. A budget that ends within a step pays a part of
 * it; that is the best that any assignment of actions can gain for it, if a user's action can be drawn by lot (the linear
 * programme of the multiple-choice knapsack; Sinha and Zoltners, Operations Research 27, 1979; Sverdrup et al., "Qini curves
 * for multi-armed treatment rules", 2024; the R package {@code maq}). Whole steps only may gain less, by less than one step.
 *
 * <p>Spend and gain are for one user on average over all users, not only over those who get an action. Takes O(n K log nK)
 * for n rows and K actions, and keeps 36 bytes for each step. Gains are what they were predicted to be; see
 * {@link RandomisedUsers} for what they were. Immutable and safe to share between threads.
 */
public final class BudgetPath {

    private final ActionGains gains;
    private final int[] rows;
    private final int[] from;
    private final int[] to;
    private final double[] perUnit;
    private final double[] spend;
    private final double[] gain;

    private BudgetPath(ActionGains gains, PathSteps steps) {
        this.gains = gains;
        int[] order = FallingOrder.of(steps.slopes(), steps.size());
        this.rows = new int[order.length];
        this.from = new int[order.length];
        this.to = new int[order.length];
        this.perUnit = new double[order.length];
        this.spend = new double[order.length];
        this.gain = new double[order.length];
        RunningSum spent = new RunningSum();
        RunningSum gained = new RunningSum();
        for (int i = 0; i < order.length; i++) {
            int row = steps.rows()[order[i]];
            rows[i] = row;
            from[i] = steps.from()[order[i]];
            to[i] = steps.to()[order[i]];
            perUnit[i] = steps.slopes()[order[i]];
            spend[i] = spent.add(gains.count(row) * cost(i));
            gain[i] = gained.add(gains.count(row) * (gains.gain(to[i], row) - gainBefore(i)));
        }
    }

    /**
     * Computes the path.
     *
     * @param gains what actions cost and are predicted to gain
     * @return the path
     */
    public static BudgetPath of(ActionGains gains) {
        return new BudgetPath(gains, PathSteps.of(gains));
    }

    /** What a step costs for one user. */
    private double cost(int step) {
        double before = from[step] == BudgetStep.NOTHING ? 0 : gains.cost(from[step], rows[step]);
        return gains.cost(to[step], rows[step]) - before;
    }

    private double gainBefore(int step) {
        return from[step] == BudgetStep.NOTHING ? 0 : gains.gain(from[step], rows[step]);
    }

    /**
     * What the path is of.
     *
     * @return costs and gains
     */
    public ActionGains gains() {
        return gains;
    }

    /**
     * How many steps the path has.
     *
     * @return the number, 0 if no action gains for any user
     */
    public int steps() {
        return rows.length;
    }

    /**
     * A step of the path.
     *
     * @param index its place on the path, from 0
     * @return the step
     * @throws IndexOutOfBoundsException if there are fewer steps
     */
    public BudgetStep step(int index) {
        double size = gains.size();
        return new BudgetStep(
                rows[index], from[index], to[index], spend[index] / size, gain[index] / size, perUnit[index]);
    }

    /**
     * The spend from which on nothing more is gained, for one user on average.
     *
     * @return the spend where everything that gains is bought; 0 if nothing gains
     */
    public double mostSpend() {
        return rows.length == 0 ? 0 : spend[rows.length - 1] / gains.size();
    }

    /**
     * What a budget buys.
     *
     * @param budget the budget for one user on average, at least 0
     * @return the point of the path
     * @throws IllegalArgumentException if the budget is below 0 or NaN
     */
    public BudgetPoint at(double budget) {
        double total = require(budget) * gains.size();
        int whole = whole(total);
        long[] users = new long[gains.actions().size()];
        long nothing = gains.size();
        for (int i = 0; i < whole; i++) {
            int count = gains.count(rows[i]);
            users[to[i]] += count;
            if (from[i] == BudgetStep.NOTHING) {
                nothing -= count;
            } else {
                users[from[i]] -= count;
            }
        }
        List<Long> counts = LongStream.of(users).boxed().toList();
        double spent = whole == 0 ? 0 : spend[whole - 1];
        double gained = whole == 0 ? 0 : gain[whole - 1];
        double size = gains.size();
        if (whole == rows.length) {
            return new BudgetPoint(spent / size, gained / size, 0, nothing, counts, null, 0);
        }
        double share = share(whole, total);
        return new BudgetPoint(
                share == 0 ? spent / size : budget,
                (gained + share * (gain[whole] - gained)) / size,
                perUnit[whole],
                nothing,
                counts,
                share == 0 ? null : step(whole),
                share);
    }

    private static double require(double budget) {
        if (!(budget >= 0)) {
            throw new IllegalArgumentException("the budget is " + budget + "; expected a number of at least 0");
        }
        return budget;
    }

    /** How many steps a total of spend pays wholly; what misses a step by rounding alone pays it. */
    private int whole(double total) {
        int found = Arrays.binarySearch(spend, Math.nextUp(total * (1 + 4 * Math.ulp(1.0))));
        return found >= 0 ? found + 1 : -found - 1;
    }

    private double share(int step, double total) {
        double before = step == 0 ? 0 : spend[step - 1];
        return Math.max(0, (total - before) / (spend[step] - before));
    }

    /**
     * The action of each row under a budget, paid steps only.
     *
     * @param budget the budget for one user on average, at least 0
     * @return for each row the number of its action, or {@link BudgetStep#NOTHING}
     * @throws IllegalArgumentException if the budget is below 0 or NaN
     */
    public int[] actions(double budget) {
        int[] actions = new int[gains.rows()];
        Arrays.fill(actions, BudgetStep.NOTHING);
        int whole = whole(require(budget) * gains.size());
        for (int i = 0; i < whole; i++) {
            actions[rows[i]] = to[i];
        }
        return actions;
    }
}
