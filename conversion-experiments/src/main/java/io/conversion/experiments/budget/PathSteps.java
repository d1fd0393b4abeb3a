package io.conversion.experiments.budget;

import java.util.Arrays;

/** The rungs of all users, user by user. The arrays are longer than {@code size} and not to be changed. */
record PathSteps(int[] rows, int[] from, int[] to, double[] slopes, int size) {

    static PathSteps of(ActionGains gains) {
        int room = gains.rows() + 16;
        int[] rows = new int[room];
        int[] from = new int[room];
        int[] to = new int[room];
        double[] slopes = new double[room];
        int size = 0;
        Hull hull = new Hull(gains);
        for (int row = 0; row < gains.rows(); row++) {
            hull.of(row);
            if (size + hull.size() > rows.length) {
                room = Math.max(size + hull.size(), rows.length + rows.length / 2);
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
        return new PathSteps(rows, from, to, slopes, size);
    }
}
