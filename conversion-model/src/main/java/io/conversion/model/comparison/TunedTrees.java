package io.conversion.model.comparison;

import io.conversion.core.Calibration;
import io.conversion.model.CalibrationChoice;
import io.conversion.model.CalibrationMethod;
import io.conversion.model.DataSet;
import io.conversion.model.Folds;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import smile.data.Tuple;

/**
 * Chooses among recipes for trees on training rows alone. Every recipe is grown on four fifths of them; its log-odds of the
 * held-out fifth are calibrated as ours are; the one with the lowest log loss of cross-fitted probabilities there is grown
 * again on all training rows, and keeps the calibration.
 */
final class TunedTrees {

    private static final int FIFTHS = 5;

    private TunedTrees() {}

    static Learnt learn(List<? extends TreeRecipe> recipes, DataSet training, long seed) {
        Folds fifths = Folds.stratified(training.outcomes(), FIFTHS, seed);
        DataSet four = training.rows(fifths.training(0));
        TreeColumns columns = TreeColumns.of(four);
        TreeRows rows = columns.rows(four);
        TreeRows held = columns.rows(training.rows(fifths.holdout(0)));
        int[] folds = foldsOf(held.outcomes(), seed);
        Choice choice = null;
        for (TreeRecipe recipe : recipes) {
            TreeRecipe.Trial trial = recipe.trial(rows, held);
            CalibrationChoice calibrated =
                    CalibrationChoice.of(CalibrationMethod.AUTO, trial.logOdds(), held.outcomes(), folds);
            double loss = loss(calibrated.crossFittedLogOdds(), held.outcomes());
            if (choice == null || loss < choice.loss) {
                choice = new Choice(trial.recipe(), calibrated, loss);
            }
        }
        return grown(java.util.Objects.requireNonNull(choice), training);
    }

    private static Learnt grown(Choice choice, DataSet training) {
        TreeColumns columns = TreeColumns.of(training);
        ToDoubleFunction<Tuple> trees = choice.recipe.grow(columns.rows(training));
        Calibration calibration = choice.calibrated.calibration();
        return new Learnt(
                users -> columns.rows(users)
                        .map(user -> Logistic.probability(calibration.of(trees.applyAsDouble(user)))),
                choice.recipe.describe() + ", calibration: " + choice.calibrated.chosen(),
                choice.loss);
    }

    private static int[] foldsOf(boolean[] outcomes, long seed) {
        Folds folds = Folds.stratified(outcomes, FIFTHS, seed);
        return IntStream.range(0, outcomes.length).map(folds::of).toArray();
    }

    private static double loss(double[] logOdds, boolean[] outcomes) {
        double sum = 0;
        for (int i = 0; i < outcomes.length; i++) {
            sum += Logistic.loss(logOdds[i], outcomes[i]);
        }
        return sum / outcomes.length;
    }

    private record Choice(TreeRecipe recipe, CalibrationChoice calibrated, double loss) {}
}
