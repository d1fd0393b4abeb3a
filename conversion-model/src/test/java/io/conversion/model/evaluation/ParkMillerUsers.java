package io.conversion.model.evaluation;

/** The users of {@code src/test/reference/evaluation.py}, by the minimal standard generator of Park and Miller. */
final class ParkMillerUsers {

    final double[] p;
    final double[] other;
    final boolean[] converted;

    ParkMillerUsers(int rows) {
        p = new double[rows];
        other = new double[rows];
        converted = new boolean[rows];
        long state = 1;
        double[] numbers = new double[3];
        for (int i = 0; i < rows; i++) {
            for (int k = 0; k < 3; k++) {
                state = state * 16807 % 2147483647;
                numbers[k] = state / 2147483647.0;
            }
            p[i] = (int) (numbers[0] * 50) / 50.0;
            other[i] = (int) ((0.5 * numbers[0] + 0.5 * numbers[2]) * 50) / 50.0;
            converted[i] = numbers[1] < 0.1 + 0.6 * p[i] * p[i];
        }
    }
}
