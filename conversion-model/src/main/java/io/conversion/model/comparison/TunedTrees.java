package io.conversion.model.comparison;

import io.conversion.core.shapes.Calibration;
import io.conversion.model.CalibrationCandidate;
import io.conversion.model.CalibrationChoice;
import io.conversion.model.CalibrationMethod;
import io.conversion.model.data.DataSet;
import io.conversion.model.data.Folds;
import io.conversion.model.fit.Logistic;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import smile.data.Tuple;

/**
 * Chooses among recipes for trees on training rows alone. Every recipe is grown on four fifths of them, and its log-odds of
 * the other fifth are calibrated as those of our model are. The recipe with the lowest log loss of cross-fitted
 * probabilities is grown again on all training rows, and keeps its calibration.
 */
final class TunedTrees {

    private static final int FIFTHS = 5;

    private TunedTrees() {}

    static FittedApproach learn(List<? extends TreeRecipe> recipes, DataSet training, long seed) {
        Folds fifths = Folds.of(training, FIFTHS, seed);
        DataSet four = training.rows(fifths.training(0));
        TreeColumns columns = TreeColumns.of(four);
        TreeRows rows = columns.rows(four);
        DataSet fifth = training.rows(fifths.holdout(0));
        TreeRows held = columns.rows(fifth);
        Folds folds = Folds.of(fifth, FIFTHS, seed);
        int[] foldOfRow =
                IntStream.range(0, held.outcomes().length).map(folds::of).toArray();
        Tuned best = recipes.stream()
                .map(recipe -> recipe.trial(rows, held))
                .map(trial -> Tuned.of(trial, held, foldOfRow))
                .min(Comparator.comparingDouble(Tuned::logLoss))
                .orElseThrow();
        return best.grown(training);
    }

    /** A recipe with the calibration of its held-out log-odds, and the log loss that it has with it. */
    private record Tuned(TreeRecipe recipe, CalibrationMethod method, Calibration calibration, double logLoss) {

        static Tuned of(TreeTrial trial, TreeRows held, int[] folds) {
            CalibrationChoice choice =
                    CalibrationChoice.of(CalibrationMethod.AUTO, held.map(trial.trees()), held.outcomes(), folds);
            double logLoss = choice.candidates().stream()
                    .filter(candidate -> candidate.method() == choice.chosen())
                    .mapToDouble(CalibrationCandidate::logLoss)
                    .sum();
            return new Tuned(trial.recipe(), choice.chosen(), choice.calibration(), logLoss);
        }

        FittedApproach grown(DataSet training) {
            TreeColumns columns = TreeColumns.of(training);
            ToDoubleFunction<Tuple> trees = recipe.grow(columns.rows(training));
            String calibrated = method == CalibrationMethod.NONE
                    ? "not calibrated"
                    : "calibrated by " + method.name().toLowerCase(Locale.ROOT);
            return new FittedApproach(
                    users -> columns.rows(users)
                            .map(user -> Logistic.probability(calibration.of(trees.applyAsDouble(user)))),
                    recipe.describe() + ", " + calibrated,
                    logLoss);
        }
    }
}
