package io.conversion.model.evaluation;

import io.conversion.core.ConversionModel;
import io.conversion.core.ScoredBatch;
import io.conversion.core.provenance.Metric;
import io.conversion.model.CalibrationLine;
import io.conversion.model.CalibrationMeasure;
import io.conversion.model.data.DataSet;
import io.conversion.model.data.InvalidDataException;
import io.conversion.model.fit.Logistic;
import io.conversion.model.fit.MeanEstimate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * How well probabilities fit outcomes, on labelled users.
 *
 * <p>Discrimination, whether converters are ranked above the others, is {@link #rocAuc}, {@link #prAuc}, {@link #deciles}
 * and {@link #largestSeparation}; calibration, whether 0.3 means 30 %, is {@link #meanPredicted} against the base rate,
 * {@link #expectedCalibrationError}, {@link #calibrationTest}, {@link #calibrationSlope}, {@link #calibrationShift} and the
 * rates of the deciles; {@link #logLoss} and {@link #brierScore} measure both at once, and {@link #fitness} says what
 * follows. What acting from a probability on would have met is {@link #at}.
 *
 * <p>Agrees with scikit-learn 1.2.1 ({@code roc_auc_score}, {@code average_precision_score}, {@code log_loss} with
 * {@code eps=1e-15}, {@code brier_score_loss}). Intervals are at level {@value #LEVEL} and take the model as given: that
 * other training users would have given another model is no part of them. Immutable and safe to share between threads.
 */
public final class Evaluation {

    /** The confidence level of all intervals. */
    public static final double LEVEL = 0.95;

    private static final int DECILES = 10;

    private final double[] probabilities;

    // Where a probability is rounded to 0 or 1, they still tell users apart.
    private final double[] logOdds;
    private final boolean[] converted;
    private final ScoreCounts counts;
    private final int positives;
    private final double meanPredicted;
    private final RocAuc rocAuc;
    private final double[] logLosses;
    private final double[] squares;

    private Evaluation(double[] probabilities, double[] logOdds, boolean[] converted) {
        this.probabilities = probabilities;
        this.logOdds = logOdds;
        this.converted = converted;
        this.counts = ScoreCounts.of(probabilities, converted);
        this.positives = Arrays.stream(counts.positives()).sum();
        this.meanPredicted = MeanEstimate.mean(probabilities);
        this.rocAuc = RocAuc.of(probabilities, converted, LEVEL);
        this.logLosses = new double[converted.length];
        this.squares = new double[converted.length];
        for (int i = 0; i < converted.length; i++) {
            double p = probabilities[i];
            logLosses[i] = logLoss(p, converted[i]);
            squares[i] = converted[i] ? (p - 1) * (p - 1) : p * p;
        }
    }

    /**
     * Evaluates a model on labelled users.
     *
     * @param model the model
     * @param data the users, of the model's schema
     * @return the evaluation
     * @throws IllegalArgumentException if the data are of another schema
     * @throws InvalidDataException if the users are all of one outcome
     */
    public static Evaluation of(ConversionModel model, DataSet data) {
        ScoredBatch scored = model.scorer().score(data.batch());
        return of(scored.probabilities(), scored.logOdds(), data.outcomes());
    }

    /**
     * Evaluates log-odds. Calibration is measured on them as they are, while probabilities of large ones are rounded to 1.
     *
     * @param logOdds the log-odds of each user; they are copied
     * @param converted whether each user converted; they are copied
     * @return the evaluation
     * @throws IllegalArgumentException if the arrays differ in length, or a number is NaN
     * @throws InvalidDataException if the users are all of one outcome
     */
    public static Evaluation ofLogOdds(double[] logOdds, boolean[] converted) {
        return of(Arrays.stream(logOdds).map(Logistic::probability).toArray(), logOdds, converted);
    }

    /**
     * Evaluates probabilities. Those next to 1 are too coarse for the calibration: {@link #ofLogOdds} is finer.
     *
     * @param probabilities the probability of each user, 0 to 1; they are copied
     * @param converted whether each user converted; they are copied
     * @return the evaluation
     * @throws IllegalArgumentException if the arrays differ in length, or a probability is not from 0 to 1
     * @throws InvalidDataException if the users are all of one outcome
     */
    public static Evaluation of(double[] probabilities, boolean[] converted) {
        return of(
                probabilities,
                Arrays.stream(probabilities).map(Logistic::logOdds).toArray(),
                converted);
    }

    static Evaluation of(double[] probabilities, double[] logOdds, boolean[] converted) {
        if (probabilities.length != converted.length) {
            throw new IllegalArgumentException(
                    probabilities.length + " probabilities do not match " + converted.length + " outcomes");
        }
        boolean anyPositive = false;
        boolean anyNegative = false;
        for (int i = 0; i < converted.length; i++) {
            if (!(probabilities[i] >= 0 && probabilities[i] <= 1)) {
                throw new IllegalArgumentException("a probability is " + probabilities[i] + "; it must be from 0 to 1");
            }
            anyPositive |= converted[i];
            anyNegative |= !converted[i];
        }
        if (!anyPositive || !anyNegative) {
            throw new InvalidDataException("the " + converted.length + " rows hold "
                    + (anyPositive ? "no negative" : "no positive") + " outcome; both are needed");
        }
        return new Evaluation(probabilities.clone(), logOdds.clone(), converted.clone());
    }

    /**
     * Evaluates a model for each group of users, to see whom it serves less well. Groups whose users are all of one
     * outcome have rates, and no evaluation.
     *
     * @param model the model
     * @param data the users, of the model's schema
     * @param attribute the attribute or signal whose values are the groups
     * @return the groups, the largest first
     * @throws IllegalArgumentException if the data are of another schema, or have no such attribute
     */
    public static List<GroupEvaluation> byGroup(ConversionModel model, DataSet data, String attribute) {
        ScoredBatch scored = model.scorer().score(data.batch());
        return GroupEvaluation.of(scored.probabilities(), scored.logOdds(), data.outcomes(), data.attribute(attribute));
    }

    /**
     * The log loss of one user.
     *
     * @param probability the probability of conversion, clipped to 1e-15 and 1 - 1e-15
     * @param converted whether the user converted
     * @return {@code -log(p)} of a converter and {@code -log(1 - p)} of another, in nats
     */
    public static double logLoss(double probability, boolean converted) {
        double clipped = Math.min(Math.max(probability, 1e-15), 1 - 1e-15);
        return -StrictMath.log(converted ? clipped : 1 - clipped);
    }

    /**
     * The probability of each user.
     *
     * @return a fresh array, by row
     */
    public double[] probabilities() {
        return probabilities.clone();
    }

    /**
     * The number of users.
     *
     * @return the number of rows
     */
    public int rows() {
        return converted.length;
    }

    /**
     * The number of users who converted.
     *
     * @return the number of rows with the positive outcome
     */
    public int positives() {
        return positives;
    }

    /**
     * The rate of conversion.
     *
     * @return positives over rows, 0 to 1
     */
    public double baseRate() {
        return (double) positives / rows();
    }

    /**
     * The mean of the probabilities; of a calibrated model it is near the base rate.
     *
     * @return the mean, 0 to 1
     */
    public double meanPredicted() {
        return meanPredicted;
    }

    /**
     * The area under the ROC curve, with DeLong's interval.
     *
     * @return the area
     */
    public RocAuc rocAuc() {
        return rocAuc;
    }

    /**
     * The area under the precision-recall curve as average precision, {@code sum((R_k - R_(k-1)) * P_k)} over the distinct
     * probabilities in falling order, tied ones being one threshold. A random ranking has the base rate.
     *
     * @return the area, 0 to 1
     */
    public double prAuc() {
        double area = 0;
        long chosen = 0;
        long hits = 0;
        for (int i = counts.size() - 1; i >= 0; i--) {
            chosen += counts.rows(i);
            hits += counts.positives()[i];
            area += (double) counts.positives()[i] / positives * ((double) hits / (double) chosen);
        }
        return area;
    }

    /**
     * The mean of {@code -log(p)} of converters and {@code -log(1 - p)} of the others, with p clipped to 1e-15 and
     * 1 - 1e-15.
     *
     * @return the log loss, in nats
     */
    public double logLoss() {
        return MeanEstimate.mean(logLosses);
    }

    /**
     * The log loss of the base rate as everybody's probability, which a model has to beat.
     *
     * @return {@code -b log(b) - (1 - b) log(1 - b)}, in nats
     */
    public double nullLogLoss() {
        double p = baseRate();
        return -p * StrictMath.log(p) - (1 - p) * StrictMath.log(1 - p);
    }

    /**
     * The mean of {@code (p - y)^2}.
     *
     * @return the Brier score, 0 to 1
     */
    public double brierScore() {
        return MeanEstimate.mean(squares);
    }

    /**
     * The Brier score in its parts.
     *
     * @return miscalibration, discrimination and uncertainty
     */
    public BrierDecomposition brier() {
        return BrierDecomposition.of(brierScore(), counts, rows(), positives);
    }

    /**
     * The mean over the {@link #deciles}, weighted by their users, of the distance between mean probability and rate of
     * conversion. Bins of equally many users see what happens where users are; bins of equal width would put nearly all
     * users of a low base rate into one, and find nothing there.
     *
     * @return the expected calibration error, 0 to 1
     */
    public double expectedCalibrationError() {
        double error = 0;
        for (ScoreBin bin : deciles()) {
            error += bin.rows() * Math.abs(bin.meanPredicted() - bin.rate()) / rows();
        }
        return error;
    }

    /**
     * The same over ten bins of equal width, weighted by their users, as other software has it; the bin of p is
     * {@code min(9, floor(10 p))}. At a low base rate nearly all users are in one of them, so it is for comparison only.
     *
     * @return the error over bins of equal width, 0 to 1
     */
    public double calibrationErrorOfEqualWidths() {
        double[] excess = new double[10];
        for (int i = 0; i < probabilities.length; i++) {
            excess[Math.min(9, (int) (probabilities[i] * 10))] += probabilities[i] - (converted[i] ? 1 : 0);
        }
        double error = 0;
        for (double bin : excess) {
            error += Math.abs(bin) / probabilities.length;
        }
        return error;
    }

    /**
     * Whether probabilities that are all right could have met these outcomes.
     *
     * @return Spiegelhalter's test
     */
    public CalibrationTest calibrationTest() {
        return CalibrationTest.of(probabilities, converted);
    }

    /**
     * What the model is fit for, by these users.
     *
     * @return the verdict with its reasons
     */
    public Fitness fitness() {
        return Fitness.of(this);
    }

    /**
     * The logistic regression of the outcome on the log-odds: slope 1 and shift 0 are perfect calibration.
     *
     * @return the line; empty where {@link #calibrationSlope} says why
     */
    public Optional<CalibrationLine> calibrationLine() {
        return Arrays.stream(logOdds).allMatch(Double::isFinite)
                ? CalibrationLine.of(logOdds, converted, LEVEL)
                : Optional.empty();
    }

    /**
     * The slope of the {@link #calibrationLine}: 1 is perfect, below it the probabilities are too extreme.
     *
     * @return the slope, or why there is none
     */
    public CalibrationMeasure calibrationSlope() {
        return CalibrationLine.slope(logOdds, converted, LEVEL);
    }

    /**
     * What to add to all log-odds for the mean probability to be the base rate: 0 is perfect calibration in the large.
     *
     * @return the shift, or why there is none
     */
    public CalibrationMeasure calibrationShift() {
        return CalibrationLine.shift(logOdds, converted, LEVEL);
    }

    /**
     * What choosing all users from a probability on would have met.
     *
     * @param probability the threshold; users whose probability is at least this are chosen
     * @return counts and rates at the threshold
     * @throws IllegalArgumentException if the threshold is not from 0 to 1
     */
    public Threshold at(double probability) {
        if (!(probability >= 0 && probability <= 1)) {
            throw new IllegalArgumentException("the threshold is " + probability + "; it must be from 0 to 1");
        }
        return counts.at(probability);
    }

    /**
     * Every distinct probability as a threshold: the vertices of the ROC curve, of the gain curve and of the
     * precision-recall curve.
     *
     * @return the thresholds from the highest probability, which fewest users reach, to the lowest, which all do
     */
    public List<Threshold> thresholds() {
        return counts.thresholds();
    }

    /**
     * The threshold at which the two outcomes lie furthest apart.
     *
     * @return the threshold whose {@link Threshold#separation} is the Kolmogorov-Smirnov statistic; of equal ones the
     *     highest
     */
    public Threshold largestSeparation() {
        return Collections.max(thresholds(), Comparator.comparingDouble(Threshold::separation));
    }

    /**
     * The users whose probability is in a range, such as a band of a policy: what was predicted of them, and what
     * happened.
     *
     * @param from the lowest probability that belongs to the range
     * @param to where the next range begins; 1 belongs to a range that ends there
     * @return the users; empty if there are none
     * @throws IllegalArgumentException if the ends are not from 0 to 1 in ascending order
     */
    public Optional<ScoreBin> between(double from, double to) {
        if (!(from >= 0 && from < to && to <= 1)) {
            throw new IllegalArgumentException(
                    "the range is " + from + " to " + to + "; its ends must be from 0 to 1 and ascend");
        }
        return counts.between(from, to);
    }

    /**
     * Ten bins of about equally many users, who stay together where their probabilities are equal: for each one what was
     * predicted and what happened (the reliability curve), its lift, and the gain up to it.
     *
     * @return at most ten bins, the highest probabilities first
     */
    public List<ScoreBin> deciles() {
        return counts.bins(DECILES);
    }

    /**
     * The figures as they are written into the artifact of a model: ROC AUC with DeLong's interval, PR AUC, log loss and
     * Brier score with the Wald intervals of their means, both calibration errors, and slope and shift of the
     * calibration with Wald intervals, each where it exists.
     *
     * @return the metrics
     */
    public List<Metric> metrics() {
        List<Metric> metrics = new ArrayList<>();
        metrics.add(new Metric("roc_auc", rocAuc.value(), rocAuc.lower(), rocAuc.upper(), LEVEL));
        metrics.add(Metric.of("pr_auc", prAuc()));
        metrics.add(metric("log_loss", logLosses));
        metrics.add(metric("brier_score", squares));
        metrics.add(Metric.of("expected_calibration_error", expectedCalibrationError()));
        metrics.add(Metric.of("calibration_error_equal_widths", calibrationErrorOfEqualWidths()));
        calibrationSlope().known().ifPresent(slope -> metrics.add(metric("calibration_slope", slope)));
        calibrationShift().known().ifPresent(shift -> metrics.add(metric("calibration_shift", shift)));
        return Collections.unmodifiableList(metrics);
    }

    private static Metric metric(String name, CalibrationLine.Estimate estimate) {
        return Double.isFinite(estimate.lower()) && Double.isFinite(estimate.upper())
                ? new Metric(name, estimate.value(), estimate.lower(), estimate.upper(), LEVEL)
                : Metric.of(name, estimate.value());
    }

    private static Metric metric(String name, double[] losses) {
        MeanEstimate mean = MeanEstimate.of(losses);
        Interval interval = Interval.wald(mean.value(), mean.standardError(), LEVEL);
        return new Metric(name, mean.value(), interval.lower(), interval.upper(), LEVEL);
    }
}
