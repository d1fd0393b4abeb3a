package io.conversion.experiments.threshold;

/**
 * Residuals without a model: the outcome of a user less the mean of those who are nearest to it on its side of the bound, at
 * least three; users with the same distance come in together. Scaled so that the square has the variance of the outcome as its
 * mean (Abadie and Imbens 2006; Calonico, Cattaneo and Titiunik 2014).
 */
final class NearestNeighbours {

    private static final int NEIGHBOURS = 3;

    /** Distances that differ by rounding are the same. */
    private static final double SAME = Math.sqrt(Math.ulp(1.0));

    private final double[] x;
    private final int[] starts;
    private final double[] sums;
    private final int groups;

    private NearestNeighbours(double[] x, double[] y) {
        this.x = x;
        starts = new int[x.length + 1];
        sums = new double[x.length];
        int count = 0;
        for (int i = 0; i < x.length; i++) {
            if (i == 0 || x[i] != x[i - 1]) {
                starts[count++] = i;
            }
            sums[count - 1] += y[i];
        }
        starts[count] = x.length;
        groups = count;
    }

    /** The residuals of rows in ascending order; all 0 for a single row. */
    static double[] residuals(double[] x, double[] y) {
        NearestNeighbours neighbours = new NearestNeighbours(x, y);
        double[] residuals = new double[x.length];
        for (int group = 0; group < neighbours.groups && x.length > 1; group++) {
            neighbours.fill(group, y, residuals);
        }
        return residuals;
    }

    private void fill(int group, double[] y, double[] residuals) {
        int low = group;
        int high = group;
        double sum = sums[group];
        int wanted = Math.min(NEIGHBOURS, x.length - 1) + 1;
        while (starts[high + 1] - starts[low] < wanted) {
            int side = nearer(group, low, high);
            if (side <= 0) {
                sum += sums[--low];
            }
            if (side >= 0) {
                sum += sums[++high];
            }
        }
        int others = starts[high + 1] - starts[low] - 1;
        double scale = Math.sqrt(others / (others + 1.0));
        for (int i = starts[group]; i < starts[group + 1]; i++) {
            residuals[i] = scale * (y[i] - (sum - y[i]) / others);
        }
    }

    /** -1 if the next value below is nearer, 1 if the one above is, 0 if both are as near. */
    private int nearer(int group, int low, int high) {
        if (low == 0) {
            return 1;
        } else if (high == groups - 1) {
            return -1;
        }
        double at = x[starts[group]];
        double below = at - x[starts[low - 1]];
        double above = x[starts[high + 1]] - at;
        double same = SAME * Math.max(below, above);
        return below - above > same ? 1 : above - below > same ? -1 : 0;
    }
}
