package io.conversion.experiments.budget;

import java.util.HashSet;
import java.util.List;

/**
 * What each action costs and is predicted to gain for each user, against doing nothing, which costs and gains 0. Costs and
 * gains may have units of their own: messages and conversions, or money and money. Immutable, as long as the arrays that
 * were given, which are not copied, stay as they are.
 */
public final class ActionGains {

    private final List<String> actions;
    private final double[][] costs;
    private final double[][] gains;
    private final int[] counts;
    private final long size;

    private ActionGains(List<String> actions, double[][] costs, double[][] gains, int[] counts) {
        this.actions = actions;
        this.costs = costs;
        this.gains = gains;
        this.counts = counts;
        long sum = rows();
        for (int count : counts) {
            sum += count - 1L;
        }
        this.size = sum;
    }

    /**
     * Actions that cost the same for every user.
     *
     * @param actions the actions, each of its own name, without doing nothing
     * @param costs what each costs for one user, finite and above 0
     * @param gains for each action what it is predicted to gain for each user, finite; below 0 where it does harm
     * @return costs and gains
     * @throws IllegalArgumentException if the parts do not fit, or a number is out of range
     */
    public static ActionGains of(List<String> actions, double[] costs, double[][] gains) {
        double[][] each = new double[costs.length][];
        for (int i = 0; i < costs.length; i++) {
            each[i] = new double[] {costs[i]};
        }
        return checked(actions, each, gains);
    }

    /**
     * Actions whose costs differ between users.
     *
     * @param actions the actions, each of its own name, without doing nothing
     * @param costs for each action what it costs for each user, finite and above 0
     * @param gains for each action what it is predicted to gain for each user, finite; below 0 where it does harm
     * @return costs and gains
     * @throws IllegalArgumentException if the parts do not fit, or a number is out of range
     */
    public static ActionGains ofEachUser(List<String> actions, double[][] costs, double[][] gains) {
        for (int i = 0; i < Math.min(costs.length, gains.length); i++) {
            requireRows("costs of action " + i, costs[i].length, gains[i].length);
        }
        return checked(actions, costs, gains);
    }

    private static ActionGains checked(List<String> actions, double[][] costs, double[][] gains) {
        if (actions.isEmpty()
                || new HashSet<>(actions).size() != actions.size()
                || costs.length != actions.size()
                || gains.length != actions.size()) {
            throw new IllegalArgumentException(
                    "actions " + actions + " with " + costs.length + " costs and " + gains.length
                            + " lists of gains; give at least one action, each of its own name, and as many of both");
        }
        for (int action = 0; action < gains.length; action++) {
            requireRows("gains of action " + action, gains[action].length, gains[0].length);
            for (double cost : costs[action]) {
                if (!(cost > 0 && cost < Double.POSITIVE_INFINITY)) {
                    throw new IllegalArgumentException("action " + action + " costs " + cost
                            + " for a user; expected a finite number above 0: what costs nothing needs no budget");
                }
            }
            for (double gain : gains[action]) {
                if (!Double.isFinite(gain)) {
                    throw new IllegalArgumentException(
                            "action " + action + " gains " + gain + " for a user; expected a finite number");
                }
            }
        }
        if (gains[0].length == 0) {
            throw new IllegalArgumentException("there is no user to spend a budget on; give at least one");
        }
        return new ActionGains(List.copyOf(actions), costs, gains, new int[0]);
    }

    static void requireRows(String what, int given, int rows) {
        if (given != rows) {
            throw new IllegalArgumentException(
                    "there are " + given + " " + what + " and " + rows + " users; give one for each user");
        }
    }

    /**
     * The same with rows that stand for several users each, alike in all that is known of them.
     *
     * @param counts how many users each row stands for, at least 1
     * @return the changed copy; a row of two users is two rows
     * @throws IllegalArgumentException if there are not as many counts as rows, or one is below 1
     */
    public ActionGains counts(int... counts) {
        requireRows("counts", counts.length, rows());
        for (int count : counts) {
            if (count < 1) {
                throw new IllegalArgumentException("a row stands for " + count + " users; expected at least 1");
            }
        }
        return new ActionGains(actions, costs, gains, counts);
    }

    /**
     * The actions, without doing nothing.
     *
     * @return their names, in the order of their numbers from 0
     */
    public List<String> actions() {
        return actions;
    }

    /**
     * The users.
     *
     * @return how many all rows stand for
     */
    public long size() {
        return size;
    }

    int rows() {
        return gains[0].length;
    }

    int count(int row) {
        return counts.length == 0 ? 1 : counts[row];
    }

    double cost(int action, int row) {
        return costs[action].length == 1 ? costs[action][0] : costs[action][row];
    }

    double gain(int action, int row) {
        return gains[action][row];
    }
}
