package io.conversion.experiments.budget;

import java.util.Arrays;

/** The rungs of all users, user by user. The arrays are longer than {@link #size()} and not to be changed. */
final class PathSteps {

    private int[] rows;
    private int[] from;
    private int[] to;
    private double[] slopes;
    private int size;

    private PathSteps(int room) {
        rows = new int[room];
        from = new int[room];
        to = new int[room];
        slopes = new double[room];
    }

    static PathSteps of(ActionGains gains) {
        PathSteps steps = new PathSteps(gains.rows() + 16);
        Hull hull = new Hull(gains);
        for (int row = 0; row < gains.rows(); row++) {
            hull.of(row);
            steps.add(row, hull);
        }
        return steps;
    }

    private void add(int row, Hull hull) {
        if (size + hull.size() > rows.length) {
            int room = Math.max(size + hull.size(), rows.length + rows.length / 2);
            rows = Arrays.copyOf(rows, room);
            from = Arrays.copyOf(from, room);
            to = Arrays.copyOf(to, room);
            slopes = Arrays.copyOf(slopes, room);
        }
        for (int rung = 0; rung < hull.size(); rung++) {
            rows[size] = row;
            from[size] = rung == 0 ? BudgetStep.NOTHING : hull.action(rung - 1);
            to[size] = hull.action(rung);
            slopes[size++] = hull.slope(rung);
        }
    }

    int[] rows() {
        return rows;
    }

    int[] from() {
        return from;
    }

    int[] to() {
        return to;
    }

    double[] slopes() {
        return slopes;
    }

    int size() {
        return size;
    }
}
