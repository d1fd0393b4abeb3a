package io.conversion.model;

import io.conversion.model.data.DataSet;
import io.conversion.model.data.Folds;
import io.conversion.model.design.NumericForm;
import io.conversion.model.design.ShapeSearch;
import io.conversion.model.fit.LeaveFoldOut;
import io.conversion.model.fit.PenalisedLikelihood;
import io.conversion.model.fit.PenaltySearch;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What is chosen by cross-validation before the final fit: the forms of numeric signals and the penalty; and after it,
 * from the out-of-fold log-odds, the calibration. All on training rows, or an even sample of them if there are many.
 */
final class TrainingChoices {

    /** From hardly any effect of a signal to next to no penalty. */
    private static final double[] PATH = {1000, 300, 100, 30, 10, 3, 1, 0.3, 0.1, 0.03, 0.01};

    private static final int FOLDS = 5;

    private final TrainingOptions options;
    private final DataSet data;
    private final DataSet sample;
    private final int[] sampled;
    private final Folds folds;

    private TrainingChoices(TrainingOptions options, DataSet data, DataSet sample, int[] sampled, Folds folds) {
        this.options = options;
        this.data = data;
        this.sampled = sampled;
        this.sample = sample;
        this.folds = folds;
    }

    /**
     * Prepares the folds.
     *
     * @return the choices to make; null if the rarer outcome has too few rows for two folds
     */
    static @Nullable TrainingChoices of(TrainingOptions options, DataSet data) {
        int rarer = Math.min(data.positives(), data.rows() - data.positives());
        if (rarer < 2) {
            return null;
        }
        int[] sampled = sample(data.rows());
        DataSet sample =
                sampled.length == data.rows() ? data : data.rows(row -> Arrays.binarySearch(sampled, row) >= 0);
        int positives = sample.positives();
        int count = Math.min(FOLDS, Math.min(positives, sample.rows() - positives));
        return count < 2
                ? null
                : new TrainingChoices(options, data, sample, sampled, Folds.of(sample, count, options.seed()));
    }

    /** All rows, or as many as are chosen on, evenly over the data. */
    private static int[] sample(int rows) {
        int count = Math.min(rows, ShapeSearch.MOST_ROWS);
        return IntStream.range(0, count)
                .map(i -> (int) ((long) i * rows / count))
                .toArray();
    }

    Map<Integer, NumericForm> forms() {
        return ShapeSearch.forms(sample, folds, options.flatTails());
    }

    /** Cross-validates the penalty, or the fit with the given one. */
    PenaltySearch penalty(double[][] rows, double[] weights) {
        double[][] some = sampled.length == data.rows()
                ? rows
                : Arrays.stream(sampled).mapToObj(row -> rows[row]).toArray(double[][]::new);
        Double given = options.penalty();
        double[] path = given == null ? PATH : new double[] {given};
        return PenaltySearch.of(some, sample.outcomes(), path, weights, folds);
    }

    CalibrationChoice calibrate(double[] outOfFold) {
        int[] foldOfRow = IntStream.range(0, outOfFold.length).map(folds::of).toArray();
        return CalibrationChoice.of(options.calibration(), outOfFold, sample.outcomes(), foldOfRow);
    }

    /** The log-odds of each row that is chosen on by the fit without its fold, to one Newton step. */
    double[] outOfFold(PenalisedLikelihood optimum) {
        double[][] all = optimum.rows();
        double[][] some = sampled.length == data.rows()
                ? all
                : Arrays.stream(sampled).mapToObj(row -> all[row]).toArray(double[][]::new);
        return LeaveFoldOut.logOdds(some, sample.outcomes(), optimum, folds);
    }

    /** The outcomes of the rows that are chosen on, in the order of the out-of-fold log-odds. */
    boolean[] outcomes() {
        return sample.outcomes();
    }

    boolean isSample() {
        return sampled.length < data.rows();
    }
}
