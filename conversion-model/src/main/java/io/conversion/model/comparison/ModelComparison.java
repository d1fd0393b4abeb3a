package io.conversion.model.comparison;

import io.conversion.model.LogisticTrainer;
import io.conversion.model.TrainingResult;
import io.conversion.model.data.DataSet;
import io.conversion.model.data.Folds;
import io.conversion.model.data.InvalidDataException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Measures what interpretability costs: our model against two black boxes, a random forest and gradient boosting of trees,
 * and against what is simpler than it, a naive rule, a single tree and a linear model. All are trained on the same rows and
 * measured on the same other ones.
 *
 * <p>Every choice is made on training rows. The trees are Smile 2.6.0's; each kind is grown on four fifths of the training
 * rows, tuned on the other fifth, and grown again on all of them:
 *
 * <ul>
 *   <li>gradient boosting: up to 200 trees of 4 leaves or up to 150 of 16 leaves, with a shrinkage of 0.1; whichever
 *       number gives the lowest log loss of the held-out fifth;
 *   <li>random forest: 200 trees, down to leaves of 5 or of 20 rows, with the square root of the number of columns, rounded
 *       up, to choose a split from;
 *   <li>single tree: up to 4, 8, 16 or 32 leaves of at least 20 rows.
 * </ul>
 *
 * <p>Their log-odds are calibrated as those of our model are, by {@link io.conversion.model.CalibrationChoice} on the
 * held-out fifth, so that none loses by probabilities that are merely badly scaled. Forest and single tree are of regression
 * trees on outcomes of 0 and 1, since Smile's classification trees merge leaves of the same majority; half a row of either
 * outcome is added to their rates, so that none is 0 or 1. Trees see a missing number as the median with a column that says
 * so, and categorical signals as levels; levels with fewer than 50 training rows are pooled.
 *
 * <p>Beyond 50,000 training rows trees are grown on an even sample of that size, and a note says so. The linear model is
 * {@link LogisticTrainer#linear()}, the naive rule the best condition on one signal by log loss, with its two rates as
 * probabilities.
 *
 * <p>The same seed gives the same figures, up to the rounding of the logistic fits. Trees are grown on threads of their own,
 * and Smile logs each of them at the level info. Immutable and safe to share between threads.
 */
public final class ModelComparison {

    private static final ModelComparison DEFAULTS = new ModelComparison(1, 50_000);

    /** Of the rarer outcome, so that the held-out fifth has ten and each of its own fifths two. */
    private static final int FEWEST = 50;

    private final long seed;
    private final int mostTreeRows;

    private ModelComparison(long seed, int mostTreeRows) {
        this.seed = seed;
        this.mostTreeRows = mostTreeRows;
    }

    /**
     * The comparison with seed 1.
     *
     * @return the comparison
     */
    public static ModelComparison defaults() {
        return DEFAULTS;
    }

    /**
     * Sets what the fifths for tuning, the samples of the forest and the resamples of users follow from.
     *
     * @param number any number
     * @return the changed copy
     */
    public ModelComparison seed(long number) {
        return new ModelComparison(number, mostTreeRows);
    }

    /** Sets beyond how many training rows trees are grown on a sample. */
    ModelComparison mostTreeRows(int rows) {
        return new ModelComparison(seed, rows);
    }

    /**
     * Compares on a hold-out.
     *
     * @param trainer what trains our model; without a declared base rate, which these users do not have
     * @param training the users that all contenders are trained on, at least 50 of either outcome
     * @param holdout the users that all are measured on, with both outcomes; none of the training users
     * @return the figures of all contenders and their differences to our model
     * @throws IllegalArgumentException if the two data sets are of different schemas
     * @throws InvalidDataException if there are too few users of an outcome, or the trainer refuses the training users
     */
    public InterpretabilityCost measure(LogisticTrainer trainer, DataSet training, DataSet holdout) {
        if (!training.schema().equals(holdout.schema())) {
            throw new IllegalArgumentException("the training rows are of schema " + training.schema()
                    + ", the hold-out rows of schema " + holdout.schema() + "; give rows of the same schema");
        }
        if (holdout.positives() == 0 || holdout.positives() == holdout.rows()) {
            throw new InvalidDataException("the " + holdout.rows() + " hold-out rows hold "
                    + (holdout.positives() == 0 ? "no positive" : "no negative") + " outcome; both are needed");
        }
        Measurement measurement = new Measurement(holdout.outcomes());
        add(trainer, training, holdout, IntStream.range(0, holdout.rows()).toArray(), measurement);
        return measurement.cost(seed);
    }

    /**
     * Compares by cross-validation: for each fold all contenders are trained on the other folds, with all that they choose,
     * and the probabilities of the held-out rows of all folds are measured together.
     *
     * @param trainer what trains our model; without a declared base rate, which these users do not have
     * @param users the users
     * @param folds the folds of their rows; outside each there are at least 50 users of either outcome
     * @return the figures of all contenders and their differences to our model
     * @throws IllegalArgumentException if the folds are not of as many rows as there are users
     * @throws InvalidDataException if there are too few users of an outcome, or the trainer refuses the training users
     */
    public InterpretabilityCost measure(LogisticTrainer trainer, DataSet users, Folds folds) {
        if (folds.rows() != users.rows()) {
            throw new IllegalArgumentException("the folds are of " + folds.rows() + " rows, but there are "
                    + users.rows() + " users; deal the rows of these users");
        }
        for (int fold = 0; fold < folds.count(); fold++) {
            checkTraining(users.rows(folds.training(fold)));
        }
        Measurement measurement = new Measurement(users.outcomes());
        for (int fold = 0; fold < folds.count(); fold++) {
            int[] held =
                    IntStream.range(0, users.rows()).filter(folds.holdout(fold)).toArray();
            DataSet training = users.rows(folds.training(fold));
            add(trainer, training, users.rows(folds.holdout(fold)), held, measurement);
        }
        return measurement.cost(seed);
    }

    private static void checkTraining(DataSet training) {
        int positives = training.positives();
        int negatives = training.rows() - positives;
        if (Math.min(positives, negatives) < FEWEST) {
            throw new InvalidDataException("the " + training.rows() + " training rows hold " + positives
                    + " positive and " + negatives + " negative outcomes; a comparison needs at least " + FEWEST
                    + " of either, so that trees can be tuned and calibrated on a fifth of them");
        }
    }

    /** Trains all contenders and adds the probabilities that they give to held-out users. */
    private void add(LogisticTrainer trainer, DataSet training, DataSet held, int[] rows, Measurement measurement) {
        checkTraining(training);
        // First ours, so that what its trainer refuses is refused before any tree is grown.
        measurement.add(Approach.OUR_MODEL, logistic(trainer, training), held, rows);
        measurement.add(Approach.LINEAR_MODEL, logistic(LogisticTrainer.linear(), training), held, rows);
        measurement.add(Approach.NAIVE_RULE, NaiveRule.learn(training), held, rows);
        DataSet sample = sample(training);
        if (sample.rows() < training.rows()) {
            measurement.note("trees were grown on an even sample of " + sample.rows() + " of the " + training.rows()
                    + " training rows");
        }
        recipes()
                .forEach((approach, recipes) -> measurement.add(
                        approach, SmileThreads.call(() -> TunedTrees.learn(recipes, sample, seed)), held, rows));
    }

    private static FittedApproach logistic(LogisticTrainer trainer, DataSet training) {
        TrainingResult result = trainer.train(training);
        String shapes = result.shapeDescriptions().values().stream().allMatch("linear"::equals)
                ? "linear shapes"
                : "chosen shapes";
        return new FittedApproach(result::probabilities, shapes + ", penalty " + result.penalty(), Double.NaN);
    }

    private Map<Approach, List<TreeRecipe>> recipes() {
        Map<Approach, List<TreeRecipe>> recipes = new EnumMap<>(Approach.class);
        recipes.put(
                Approach.SINGLE_TREE,
                List.of(new SingleTree(4), new SingleTree(8), new SingleTree(16), new SingleTree(32)));
        recipes.put(Approach.RANDOM_FOREST, List.of(new Forest(200, 5, seed), new Forest(200, 20, seed)));
        recipes.put(Approach.GRADIENT_BOOSTING, List.of(new Boosting(200, 4), new Boosting(150, 16)));
        return recipes;
    }

    /** All rows, or as many as trees are grown on, evenly over the data. */
    private DataSet sample(DataSet training) {
        long rows = training.rows();
        return rows <= mostTreeRows
                ? training
                : training.rows(row -> (row + 1L) * mostTreeRows / rows > (long) row * mostTreeRows / rows);
    }
}
