package io.conversion.experiments.threshold;

import java.util.List;
import java.util.stream.DoubleStream;

/**
 * The jump of an outcome at a bound: local lines on both sides, with the triangular kernel, their bias from local parabolas,
 * and an error that has both in it (Calonico, Cattaneo and Titiunik, Econometrica 82, 2014).
 *
 * @param estimate the difference of the lines at the bound
 * @param standardError its standard error
 * @param corrected the difference less its bias
 * @param robustError the standard error of that
 * @param below the level just below the bound, less its bias, of users as they are, whatever their covariates
 */
record Discontinuity(double estimate, double standardError, double corrected, double robustError, double below) {

    private static final int LINE = 1;

    static Discontinuity of(Side below, Side above, Bandwidths bandwidths, ErrorKind kind) {
        double[] slopes = CommonSlopes.of(List.of(below, above), LINE, bandwidths.h());
        Jump lower = Jump.of(below, slopes, bandwidths, kind);
        Jump upper = Jump.of(above, slopes, bandwidths, kind);
        int[] clusters = lower.side.clustersWith(upper.side);
        return new Discontinuity(
                upper.level - lower.level,
                error(lower.lineScores, upper.lineScores, clusters, 2 * (LINE + 1)),
                upper.corrected - lower.corrected,
                error(lower.correctedScores, upper.correctedScores, clusters, 2 * (LINE + 2)),
                lower.plain);
    }

    /** A cluster may have users on both sides: what it adds above is less what it adds below. */
    static double error(double[] below, double[] above, int[] clusters, int coefficients) {
        double[] scores = DoubleStream.concat(DoubleStream.of(below).map(score -> -score), DoubleStream.of(above))
                .toArray();
        return Math.sqrt(LocalFit.squares(scores, clusters, coefficients));
    }

    /** One side: its level at the bound, and what each user adds to the error of that. */
    // Parts of one computation: nobody compares them or lets them out.
    @SuppressWarnings("ArrayRecordComponent")
    private record Jump(
            double level, double corrected, double plain, double[] lineScores, double[] correctedScores, Side side) {

        static Jump of(Side whole, double[] slopes, Bandwidths bandwidths, ErrorKind kind) {
            Side side = whole.within(Math.max(bandwidths.h(), bandwidths.b()));
            LocalFit line = LocalFit.of(side, LINE, bandwidths.h(), kind);
            LocalFit parabola = LocalFit.of(side, LINE + 1, bandwidths.b(), kind);
            double[] weights = line.weights(0);
            double[] bending = parabola.weights(LINE + 1);
            // Lines through a parabola c x^2 miss it by this many times c at the bound.
            double bias = 0;
            for (int i = 0; i < weights.length; i++) {
                bias += weights[i] * side.x()[i] * side.x()[i];
            }
            double[] corrected = new double[weights.length];
            for (int i = 0; i < weights.length; i++) {
                corrected[i] = weights[i] - bias * bending[i];
            }
            double[] y = CommonSlopes.adjusted(side, slopes);
            return new Jump(
                    LocalWeights.product(weights, y),
                    LocalWeights.product(corrected, y),
                    LocalWeights.product(corrected, side.y()),
                    line.scores(weights, y),
                    parabola.scores(corrected, y),
                    side);
        }
    }
}
