package io.conversion.experiments.threshold;

import java.util.Arrays;

/** A local polynomial on one side of a bound, with the error of its coefficients. */
final class LocalFit {

    private final Side side;
    private final int order;
    private final LocalWeights polynomial;
    private final long counted;
    private final ErrorKind kind;

    private LocalFit(Side side, int order, double bandwidth, ErrorKind kind) {
        this.side = side;
        this.order = order;
        this.kind = kind;
        polynomial = LocalWeights.of(side.x(), order, bandwidth);
        counted = Arrays.stream(side.x()).filter(x -> Math.abs(x) < bandwidth).count();
    }

    static LocalFit of(Side side, int order, double bandwidth, ErrorKind kind) {
        return new LocalFit(side, order, bandwidth, kind);
    }

    double[] weights(int power) {
        return polynomial.coefficient(power);
    }

    /** The squared error of the coefficient of a power for some outcomes of the users. */
    double variance(int power, double[] y) {
        return squares(scores(weights(power), y), side.clusters(), order + 1);
    }

    /** What each user adds to the error of a sum of outcomes with these weights. */
    double[] scores(double[] weights, double[] y) {
        double[] scores = residuals(y);
        for (int i = 0; i < scores.length; i++) {
            scores[i] *= weights[i];
        }
        return scores;
    }

    /** By the kind of error; what outcomes leave over the polynomial where users come in clusters. */
    private double[] residuals(double[] y) {
        boolean clustered = side.clusters().length > 0;
        if (kind == ErrorKind.NEAREST_NEIGHBOURS && !clustered) {
            return NearestNeighbours.residuals(side.x(), y);
        }
        double[] residuals = polynomial.residuals(side.x(), y);
        double factor = clustered ? 1 : Math.sqrt(counted / (counted - order - 1.0));
        for (int i = 0; i < residuals.length; i++) {
            residuals[i] *= factor;
        }
        return residuals;
    }

    /**
     * The sum of the squares of what each cluster adds, with the factor {@code (n - 1) / (n - k) G / (G - 1)}; of what each user
     * adds where there are no clusters, and no factor for coefficients where none were fitted. The sums of clusters are sorted, so that their numbers do not show.
     */
    static double squares(double[] scores, int[] clusters, int coefficients) {
        if (clusters.length == 0) {
            return LocalWeights.product(scores, scores);
        }
        int[] names = Arrays.stream(clusters).distinct().sorted().toArray();
        double[] sums = new double[names.length];
        for (int i = 0; i < scores.length; i++) {
            sums[Arrays.binarySearch(names, clusters[i])] += scores[i];
        }
        Arrays.sort(sums);
        double users = scores.length;
        double count = names.length;
        return LocalWeights.product(sums, sums) * (users - 1) / (users - coefficients) * count / (count - 1);
    }
}
