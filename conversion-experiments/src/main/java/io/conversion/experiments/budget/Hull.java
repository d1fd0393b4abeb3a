package io.conversion.experiments.budget;

/**
 * The actions of one user that can be worth their cost: the upper left hull of (cost, gain) from (0, 0). What lies below the
 * line between two others is never chosen by a budget that can be split. For one thread.
 */
final class Hull {

    private final ActionGains gains;

    /** All actions by ascending cost; of one cost the one listed first comes first. */
    private final int[] byCost;

    private final int[] actions;
    private final double[] slopes;
    private int size;

    Hull(ActionGains gains) {
        this.gains = gains;
        int count = gains.actions().size();
        this.byCost = new int[count];
        this.actions = new int[count];
        this.slopes = new double[count];
    }

    /** Moves to another user. */
    void of(int row) {
        sort(row);
        size = 0;
        for (int action : byCost) {
            double gain = gains.gain(action, row);
            double cost = gains.cost(action, row);
            if (!(gain > (size == 0 ? 0 : gains.gain(actions[size - 1], row)))) {
                continue;
            }
            // The slopes themselves are compared, so that rounding cannot make a later rung steeper than an earlier
            // one.
            double slope = slope(row, cost, gain);
            while (size > 0 && slope >= slopes[size - 1]) {
                size--;
                slope = slope(row, cost, gain);
            }
            actions[size] = action;
            slopes[size++] = slope;
        }
    }

    int size() {
        return size;
    }

    /** The action of a rung. */
    int action(int rung) {
        return actions[rung];
    }

    /** What a unit of cost gains on the way to a rung from the one below. */
    double slope(int rung) {
        return slopes[rung];
    }

    private double slope(int row, double cost, double gain) {
        double below = size == 0 ? 0 : gains.cost(actions[size - 1], row);
        return (gain - (size == 0 ? 0 : gains.gain(actions[size - 1], row))) / (cost - below);
    }

    private void sort(int row) {
        for (int i = 0; i < byCost.length; i++) {
            double cost = gains.cost(i, row);
            int place = i;
            for (; place > 0 && gains.cost(byCost[place - 1], row) > cost; place--) {
                byCost[place] = byCost[place - 1];
            }
            byCost[place] = i;
        }
    }
}
