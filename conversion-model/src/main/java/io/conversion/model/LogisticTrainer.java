package io.conversion.model;

import io.conversion.core.json.ArtifactText;
import io.conversion.core.signals.CategoricalSignal;
import io.conversion.core.signals.Signal;
import io.conversion.model.data.DataSet;
import io.conversion.model.data.InvalidDataException;
import io.conversion.model.design.Design;
import io.conversion.model.design.DesignColumn;
import io.conversion.model.design.FittedDesign;
import io.conversion.model.design.LevelBasis;
import io.conversion.model.design.MonotoneForms;
import io.conversion.model.design.NumericForm;
import io.conversion.model.design.SignalSummary;
import io.conversion.model.fit.LinearDependence;
import io.conversion.model.fit.LogisticFit;
import io.conversion.model.fit.PenalisedLikelihood;
import io.conversion.model.fit.PenaltySearch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Trains a logistic regression on labelled users: the log-odds of conversion as an intercept plus one shape for each
 * signal.
 *
 * <p>It minimises {@code sum(log loss) + lambda / 2 * |w|^2} with the intercept free, which is scikit-learn's objective
 * with C = 1 / lambda, over columns: with linear shapes, a numeric signal is median-imputed and standardised with the
 * population standard deviation of the training rows; with chosen ones, it is the columns of its curve, standardised,
 * and a 0/1 column each for its point mass and for missing. A flag is 0 or 1; a categorical signal is one 0/1 column for
 * each level but the first. Smile fits, Newton steps from its solution bring the gradient to rounding error, and means,
 * standard deviations and indicator columns are folded into shapes.
 *
 * <p>What is chosen (shapes, penalty, calibration) is chosen by cross-validation on the training rows, on an even sample
 * of 200,000 of them if there are more; see {@code docs/training.md}.
 *
 * <p>With a penalty no column is left out. Without one, first levels whose training rows have a single outcome are left
 * out, then columns that depend linearly on earlier ones, each with a warning; separation that remains is refused.
 *
 * <p>A fit is repeatable; between machines it may differ by rounding, since Smile adds up in parallel. A single value ten
 * thousand million standard deviations away from all others may be taken for a separation.
 *
 * <p>Immutable and safe to share between threads.
 */
public final class LogisticTrainer {

    private static final LogisticTrainer DEFAULTS = new LogisticTrainer(TrainingOptions.AUTO);
    private static final LogisticTrainer LINEAR = new LogisticTrainer(TrainingOptions.LINEAR);

    /** Levels beyond which a signal is rather an identifier. */
    private static final int MOST_LEVELS = 1000;

    private final TrainingOptions options;

    private LogisticTrainer(TrainingOptions options) {
        this.options = options;
    }

    /**
     * The default trainer: shapes, L2 penalty and calibration are chosen by cross-validation.
     *
     * @return the trainer
     */
    public static LogisticTrainer withDefaults() {
        return DEFAULTS;
    }

    /**
     * A trainer that chooses nothing: linear shapes, L2 penalty 1, no calibration; the first level of each categorical
     * signal is the one that the others are compared with.
     *
     * @return the trainer
     */
    public static LogisticTrainer linear() {
        return LINEAR;
    }

    /**
     * Sets whether numeric signals are linear.
     *
     * @return the changed copy
     */
    public LogisticTrainer linearShapes() {
        return new LogisticTrainer(options.shapes(false));
    }

    /**
     * Sets that a shape is chosen for each numeric signal: linear, signed log, piecewise linear or steps, each with or
     * without a value of its own at a point mass, by cross-validated log loss; a richer shape must win by one standard
     * error of the paired row differences. Missing gets a value of its own, and levels with fewer than 50 training rows
     * are pooled.
     *
     * @return the changed copy
     */
    public LogisticTrainer autoShapes() {
        return new LogisticTrainer(options.shapes(true));
    }

    /**
     * Sets that shapes are chosen, and that each of them is flat in the tails of its signal: beyond the first and the last
     * hundredth of the training rows a number counts as the one there. That gives up what the tails tell, and no rare
     * number is taken for certainty.
     *
     * @return the changed copy
     */
    public LogisticTrainer flatTails() {
        return new LogisticTrainer(options.withFlatTails());
    }

    /**
     * Sets the L2 penalty.
     *
     * @param lambda the factor of half the sum of squared coefficients, a finite number of at least 0; 0 for maximum
     *     likelihood
     * @return the changed copy
     * @throws IllegalArgumentException if lambda is negative or not finite
     */
    public LogisticTrainer penalty(double lambda) {
        if (!(lambda >= 0 && lambda < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "the penalty is " + lambda + "; it must be a finite number of at least 0");
        }
        return new LogisticTrainer(options.penalty(lambda));
    }

    /**
     * Sets how log-odds are calibrated, on out-of-fold log-odds.
     *
     * @param method the method
     * @return the changed copy
     */
    public LogisticTrainer calibrate(CalibrationMethod method) {
        return new LogisticTrainer(options.calibration(method));
    }

    /**
     * Sets the seed that the folds of cross-validation follow from.
     *
     * @param number any number; 1 otherwise
     * @return the changed copy
     */
    public LogisticTrainer seed(long number) {
        return new LogisticTrainer(options.seed(number));
    }

    /**
     * Declares the base rate where the model is to be used, if that is not the one of the training rows, such as after
     * sampling the outcomes at different rates. Published models are shifted to it; see
     * {@link io.conversion.core.ConversionModel#withBaseRate} for what that assumes.
     *
     * @param rate the share of users who convert, between 0 and 1
     * @return the changed copy
     * @throws IllegalArgumentException if the rate is not between 0 and 1
     */
    public LogisticTrainer baseRate(double rate) {
        if (!(rate > 0 && rate < 1)) {
            throw new IllegalArgumentException("the base rate is " + rate + "; it must be between 0 and 1");
        }
        return new LogisticTrainer(options.baseRate(rate));
    }

    /**
     * Sets whether numeric signals are standardised before the penalty applies.
     *
     * @param yes whether they are; otherwise they are taken in their own units
     * @return the changed copy
     */
    public LogisticTrainer standardise(boolean yes) {
        return new LogisticTrainer(options.standardise(yes));
    }

    /**
     * Sets whether a categorical signal has a column for its first level, too. With a penalty this shrinks all levels
     * towards their mean instead of towards the first one. Without a penalty it would change no score, and is passed
     * over.
     *
     * @param yes whether it has
     * @return the changed copy
     */
    public LogisticTrainer allLevels(boolean yes) {
        return new LogisticTrainer(options.allLevels(yes));
    }

    /**
     * Trains on more than 200 coefficients even if the rarer outcome has too few rows for them to pass the publish gate,
     * which takes long and mostly comes to nothing; otherwise that is refused before any work.
     *
     * @return the changed copy
     */
    public LogisticTrainer withFewRows() {
        return new LogisticTrainer(options.withFewRows());
    }

    /**
     * Trains.
     *
     * @param data the training rows
     * @return the fit, to be published as a model
     * @throws InvalidDataException if the rows cannot be trained on
     * @throws RefusedModelException if the rarer outcome has too few rows for more than 200 coefficients, and
     *     {@link #withFewRows} was not asked for
     * @throws SeparationException if there is no penalty and the outcomes are separated
     */
    public TrainingResult train(DataSet data) {
        int positives = data.positives();
        if (positives == 0 || positives == data.rows()) {
            throw new InvalidDataException("the " + data.rows() + " training rows hold "
                    + (positives == 0 ? "no positive" : "no negative") + " outcome; both are needed");
        }
        refuseIdentifiers(data);
        if (!options.fewRows()) {
            NeededCoefficients.of(data, options.autoShapes())
                    .refuseFewRows(Math.min(positives, data.rows() - positives));
        }
        TrainingChoices choices = TrainingChoices.of(options, data);
        Findings findings = new Findings();
        if (choices == null && options.crossValidates()) {
            throw new InvalidDataException("the " + data.rows() + " training rows hold "
                    + Math.min(positives, data.rows() - positives) + " of the rarer outcome, too few to choose shapes,"
                    + " penalty or calibration by cross-validation; give more rows, or train with linear shapes, a"
                    + " penalty of your own and no calibration");
        }
        Map<Integer, NumericForm> forms = options.autoShapes() && choices != null ? choices.forms() : Map.of();
        FittedDesign fitted = fit(data, forms, choices, findings);
        PenaltySearch validation = fitted.validation();
        CalibrationChoice calibration =
                validation == null || choices == null ? null : choices.calibrate(validation.outOfFold());
        if (choices != null && choices.isSample() && options.crossValidates()) {
            findings.warn("shapes, penalty and calibration were chosen on an even sample of "
                    + choices.outcomes().length + " of the " + data.rows() + " training rows");
        }
        Diagnostics diagnostics = new Diagnostics(
                fitted.steps(),
                fitted.optimum().objective(),
                fitted.optimum().largestGradient(),
                fitted.optimum().relativeGradient(),
                findings.leftOut,
                findings.warnings);
        return new TrainingResult(options, fitted, choices, calibration, diagnostics);
    }

    private FittedDesign fit(
            DataSet data, Map<Integer, NumericForm> given, @Nullable TrainingChoices choices, Findings findings) {
        List<SignalSummary> summaries = Design.summaries(data);
        Map<Integer, NumericForm> forms = given;
        while (true) {
            Design design = options.autoShapes()
                    ? Design.shaped(data, summaries, forms, options.allLevels() && options.isPenalised())
                    : Design.linear(data, summaries, options.allLevels() && options.isPenalised());
            Findings tried = new Findings();
            FittedDesign fitted = fit(design, choices, tried);
            Map<Integer, NumericForm> monotone = MonotoneForms.of(design, forms, fitted.coefficients());
            if (monotone.equals(forms)) {
                findings.leftOut.addAll(tried.leftOut);
                findings.warnings.addAll(tried.warnings);
                return fitted;
            }
            forms = monotone;
        }
    }

    private FittedDesign fit(Design design, @Nullable TrainingChoices choices, Findings findings) {
        design.checkFinite();
        noteData(design, findings);
        int[] kept = options.isPenalised() ? all(design) : leaveOut(design, findings);
        List<DesignColumn> columns =
                Arrays.stream(kept).mapToObj(design.columns()::get).toList();
        double[][] rows = kept.length == design.columns().size() ? design.rows() : design.rows(kept);
        double[] weights = columns.stream().mapToDouble(this::penaltyWeight).toArray();
        PenaltySearch validation = choices == null || !options.crossValidates() ? null : choices.penalty(rows, weights);
        Double given = options.penalty();
        double penalty =
                given != null ? given : Objects.requireNonNull(validation).chosen();
        LogisticFit.Outcome outcome = LogisticFit.fit(
                rows,
                design.data().outcomes(),
                Arrays.stream(weights)
                        .map(weight -> Math.min(penalty * weight, 1e300))
                        .toArray());
        PenalisedLikelihood optimum = outcome.optimum();
        if (optimum == null) {
            throw failure(outcome, columns);
        }
        List<String> separating =
                penalty > 0 ? separating(LogisticFit.separatingDirection(optimum), design) : List.of();
        if (!separating.isEmpty()) {
            findings.warn(
                    "the outcomes are separated by " + NameList.of(separating)
                            + "; without the penalty there would be no finite estimate; exclude a signal that gives the outcome away");
        }
        return new FittedDesign(design, kept, outcome, optimum, penalty, validation, separating);
    }

    private static void refuseIdentifiers(DataSet data) {
        List<String> problems = new ArrayList<>();
        for (Signal signal : data.schema().declared()) {
            if (signal instanceof CategoricalSignal categorical
                    && categorical.levels().size() > MOST_LEVELS) {
                problems.add("signal " + ArtifactText.quoted(signal.name()) + " has "
                        + categorical.levels().size() + " levels, and " + MOST_LEVELS
                        + " are the most that a fit takes; exclude it if it is an identifier, or declare its frequent"
                        + " levels in a schema that scores unseen ones as the average");
            }
        }
        if (!problems.isEmpty()) {
            throw new InvalidDataException(String.join("\n", problems));
        }
    }

    /**
     * What the penalty of a column is multiplied by. The fit is always of standardised columns, since others may lie too
     * far from zero or from each other to be solved for; a coefficient per unit is {@code w / scale} there.
     */
    private double penaltyWeight(DesignColumn column) {
        return options.standardise() ? 1 : 1 / column.scale() / column.scale();
    }

    private static int[] all(Design design) {
        return IntStream.range(0, design.columns().size()).toArray();
    }

    /** Warns of what the data alone show, whether a penalty covers it or not. */
    private void noteData(Design design, Findings findings) {
        List<Signal> declared = design.data().schema().declared();
        for (int i = 0; i < declared.size(); i++) {
            Signal signal = declared.get(i);
            SignalSummary summary = design.summaries().get(i);
            if (summary.isConstant()) {
                findings.warn("signal " + ArtifactText.quoted(signal.name())
                        + " has the same value in every training row; exclude it");
            }
            List<String> pooled =
                    design.bases().get(i) instanceof LevelBasis levels ? levels.pooledLevels() : List.of();
            if (!pooled.isEmpty()) {
                findings.warn("signal " + ArtifactText.quoted(signal.name()) + ": " + pooled.size()
                        + " levels with fewer than " + LevelBasis.RARE + " training rows share one value: "
                        + NameList.of(pooled));
            } else if (signal instanceof CategoricalSignal categorical) {
                for (int level = 0; level < categorical.levels().size(); level++) {
                    noteLevel(categorical, level, summary, findings);
                }
            }
        }
    }

    private void noteLevel(CategoricalSignal signal, int level, SignalSummary summary, Findings findings) {
        String named = "level " + ArtifactText.quoted(signal.levels().get(level)) + " of signal "
                + ArtifactText.quoted(signal.name()) + " ";
        if (summary.rows(level) == 0) {
            findings.warn(named + "has no training row"
                    + (level == 0 ? ", though the others are compared with it" : "; it scores as the first level"));
        } else if (!summary.hasBothOutcomes(level)) {
            findings.warn(named + "has the single outcome \"" + (summary.outcome(level) ? "" : "not ")
                    + "converted\" in its " + summary.rows(level)
                    + (summary.rows(level) == 1 ? " training row; " : " training rows; ")
                    + (options.isPenalised()
                            ? "its estimate rests on the penalty"
                            : level == 0
                                    ? "no finite estimate may exist"
                                    : "it was left out and scores as the first level")
                    + "; give more rows of it, or make it one with another level");
        }
    }

    private static int[] leaveOut(Design design, Findings findings) {
        int[] estimable = IntStream.range(0, design.columns().size())
                .filter(j -> isEstimable(design, design.columns().get(j)))
                .toArray();
        IntStream.range(0, design.columns().size())
                .filter(j -> Arrays.binarySearch(estimable, j) < 0)
                .forEach(j -> findings.leftOut.add(
                        new LeftOutColumn(design.columns().get(j).name(), LeftOutColumn.Reason.SINGLE_OUTCOME)));
        boolean[] dependent = LinearDependence.dependent(design.rows(estimable), estimable.length);
        List<Integer> kept = new ArrayList<>();
        for (int k = 0; k < estimable.length; k++) {
            String name = design.columns().get(estimable[k]).name();
            if (dependent[k]) {
                findings.leftOut.add(new LeftOutColumn(name, LeftOutColumn.Reason.LINEAR_DEPENDENCE));
                findings.warn(
                        "column " + ArtifactText.quoted(name)
                                + " was left out: it depends linearly on earlier columns; exclude a signal that repeats others");
            } else {
                kept.add(estimable[k]);
            }
        }
        return kept.stream().mapToInt(Integer::intValue).toArray();
    }

    private static boolean isEstimable(Design design, DesignColumn column) {
        return design.bases().get(column.position()).isEstimable(column.part());
    }

    private static RuntimeException failure(LogisticFit.Outcome outcome, List<DesignColumn> columns) {
        double[] direction = outcome.separatingDirection();
        if (direction == null) {
            return new InvalidDataException("the fit did not converge in " + outcome.steps()
                    + " Newton steps; train with a larger penalty, or look for columns that nearly repeat each other");
        }
        return new SeparationException(
                separating(direction, columns).stream().map(DesignColumn::name).toList());
    }

    /** The quoted names of separating columns. Those of single-outcome levels separate, too, and are warned of as such. */
    private static List<String> separating(double @Nullable [] direction, Design design) {
        return direction == null
                ? List.of()
                : separating(direction, design.columns()).stream()
                        .filter(column -> isEstimable(design, column))
                        .map(column -> ArtifactText.quoted(column.name()))
                        .toList();
    }

    private static List<DesignColumn> separating(double[] direction, List<DesignColumn> columns) {
        double largest = Arrays.stream(direction).map(Math::abs).max().orElse(0);
        return IntStream.range(0, columns.size())
                .filter(j -> Math.abs(direction[j]) > 1e-3 * largest)
                .mapToObj(columns::get)
                .toList();
    }

    /** What is found on the way to a fit. */
    private static final class Findings {

        private final List<LeftOutColumn> leftOut = new ArrayList<>();
        private final List<String> warnings = new ArrayList<>();

        private void warn(String sentence) {
            warnings.add(sentence);
        }
    }
}
