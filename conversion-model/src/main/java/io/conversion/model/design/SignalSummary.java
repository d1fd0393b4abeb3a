package io.conversion.model.design;

import io.conversion.core.json.ArtifactText;
import io.conversion.core.provenance.SignalDistribution;
import io.conversion.core.signals.CategoricalSignal;
import io.conversion.core.signals.NumericSignal;
import io.conversion.core.signals.Signal;
import io.conversion.core.signals.WhenUnseen;
import io.conversion.model.data.InvalidDataException;
import io.conversion.model.fit.SingleSignalAuc;
import io.conversion.model.fit.SortedByOutcome;
import java.util.Arrays;
import java.util.function.IntFunction;

/**
 * What the training rows say of one signal before any fit: the value to impute, mean and spread after imputation, for
 * each level the rows by outcome, as the design counts them, how well it ranks the outcomes, and how it is distributed.
 */
public final class SignalSummary {

    /** Below, squares of deviations lose digits, and the variance of a coefficient per unit leaves the range of doubles. */
    private static final double SMALLEST_DEVIATION = 1e-150;

    private final double imputed;
    private final double typical;
    private final double mean;
    private final double standardDeviation;
    private final boolean constant;
    private final double area;
    private final SignalDistribution distribution;
    private final double[] shares;
    private final int[] rowsOfLevel;
    private final int[] positivesOfLevel;

    /** Of a numeric signal. */
    private SignalSummary(
            double imputed,
            double typical,
            double mean,
            double standardDeviation,
            boolean constant,
            double area,
            SignalDistribution distribution) {
        this.imputed = imputed;
        this.typical = typical;
        this.mean = mean;
        this.standardDeviation = standardDeviation;
        this.constant = constant;
        this.area = area;
        this.distribution = distribution;
        this.shares = new double[0];
        this.rowsOfLevel = new int[0];
        this.positivesOfLevel = new int[0];
    }

    /** Of a categorical signal, or of a flag as one with the levels false and true. */
    private SignalSummary(
            int imputed,
            double[] shares,
            int[] rowsOfLevel,
            int[] positivesOfLevel,
            double area,
            SignalDistribution distribution) {
        this.imputed = imputed;
        this.typical = imputed;
        this.mean = 0;
        this.standardDeviation = 1;
        this.constant = Arrays.stream(rowsOfLevel).filter(rows -> rows > 0).count() == 1;
        this.area = area;
        this.distribution = distribution;
        this.shares = shares;
        this.rowsOfLevel = rowsOfLevel;
        this.positivesOfLevel = positivesOfLevel;
    }

    static SignalSummary of(Signal signal, double[] values, boolean[] converted, IntFunction<String> place) {
        if (Arrays.stream(values).allMatch(Double::isNaN)) {
            throw new InvalidDataException("signal " + ArtifactText.quoted(signal.name())
                    + " has no value in any of the training rows; exclude it, or give rows that have it");
        }
        if (signal instanceof NumericSignal numeric) {
            return ofNumbers(numeric, values, converted, place);
        }
        return ofLevels(signal, values, converted);
    }

    private static SignalSummary ofNumbers(
            NumericSignal signal, double[] values, boolean[] converted, IntFunction<String> place) {
        // Sorted once for median, ranking and distribution: that is most of the work.
        SortedByOutcome byOutcome = SortedByOutcome.of(values, converted);
        double[] sorted = byOutcome.merged();
        Arrays.setAll(sorted, i -> signal.clip(sorted[i]));
        int half = sorted.length / 2;
        double median = sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
        double sum = 0;
        for (double value : values) {
            sum += imputed(signal, value, median);
        }
        double mean = sum / values.length;
        double squares = 0;
        for (double value : values) {
            double deviation = imputed(signal, value, median) - mean;
            squares += deviation * deviation;
        }
        boolean constant = sorted[0] == sorted[sorted.length - 1];
        double standardDeviation = constant ? 0 : Math.sqrt(squares / values.length);
        boolean tooSmall = !constant && standardDeviation < SMALLEST_DEVIATION;
        if (tooSmall || !Double.isFinite(standardDeviation)) {
            int largest = largest(values);
            throw new InvalidDataException("signal " + ArtifactText.quoted(signal.name()) + " has values too "
                    + (tooSmall
                            ? "small to standardise; give it in another unit"
                            : "large to standardise, the largest " + values[largest] + " in " + place.apply(largest)
                                    + "; correct it, or give the signal in another unit"));
        }
        // Between two whole numbers lies none; the lower one is a value that users have.
        double typical = signal.whole() ? sorted[(sorted.length - 1) / 2] : median;
        return new SignalSummary(
                median,
                typical,
                mean,
                standardDeviation,
                constant,
                SingleSignalAuc.directed(byOutcome),
                TrainingDistribution.deciles(sorted, values.length - sorted.length));
    }

    /** The row of the largest absolute value. */
    private static int largest(double[] values) {
        int largest = 0;
        for (int row = 1; row < values.length; row++) {
            boolean larger = Math.abs(values[row]) > Math.abs(values[largest]) || Double.isNaN(values[largest]);
            largest = larger && !Double.isNaN(values[row]) ? row : largest;
        }
        return largest;
    }

    private static double imputed(NumericSignal signal, double value, double median) {
        return Double.isNaN(value) ? median : signal.clip(value);
    }

    private static SignalSummary ofLevels(Signal signal, double[] values, boolean[] converted) {
        int levels = signal instanceof CategoricalSignal categorical
                ? categorical.levels().size()
                : 2;
        int[] rows = new int[levels];
        int[] positives = new int[levels];
        for (int i = 0; i < values.length; i++) {
            count(scoredAs(signal, values[i]), converted[i], rows, positives);
        }
        int observed = Arrays.stream(rows).sum();
        if (observed == 0) {
            throw new InvalidDataException("signal " + ArtifactText.quoted(signal.name())
                    + " has none of its levels in the training rows; correct the levels of its schema");
        }
        double[] shares = Arrays.stream(rows)
                .mapToDouble(count -> (double) count / observed)
                .toArray();
        int mode = 0;
        for (int level = 1; level < levels; level++) {
            mode = rows[level] > rows[mode] ? level : mode;
        }
        for (int i = 0; i < values.length; i++) {
            if (Double.isNaN(values[i])) {
                count(mode, converted[i], rows, positives);
            }
        }
        double area = signal instanceof CategoricalSignal
                ? SingleSignalAuc.ofLevels(values, levels, converted)
                : SingleSignalAuc.directed(SortedByOutcome.of(values, converted));
        return new SignalSummary(
                mode, shares, rows, positives, area, TrainingDistribution.ofLevels(signal, values, levels));
    }

    private static void count(double code, boolean converted, int[] rows, int[] positives) {
        if (code >= 0) {
            rows[(int) code]++;
            positives[(int) code] += converted ? 1 : 0;
        }
    }

    /** The code of a level, or of the level that the schema scores an unseen one as; negative if that is the average. */
    static double scoredAs(Signal signal, double code) {
        return code < 0
                        && signal instanceof CategoricalSignal categorical
                        && categorical.whenUnseen() instanceof WhenUnseen.Level rule
                ? categorical.levels().indexOf(rule.level())
                : code;
    }

    /** The median, the code of the most frequent level, or the more frequent of 0 and 1; the first one of equals. */
    double imputed() {
        return imputed;
    }

    /** What is imputed, but for whole numbers the lower one of two medians. */
    double typical() {
        return typical;
    }

    double mean() {
        return mean;
    }

    double standardDeviation() {
        return standardDeviation;
    }

    /** Whether the signal has one value in all training rows. */
    public boolean isConstant() {
        return constant;
    }

    /** How well the signal alone ranks the outcomes, 0.5 to 1. */
    public double auc() {
        return Math.max(area, 1 - area);
    }

    /**
     * How far the area lies above one half, for a number or a flag, in the standard errors that it has where a signal tells
     * nothing; below 0 if lower values convert more often.
     */
    double standardisedArea(int positives, int rows) {
        double others = (double) rows - positives;
        return (area - 0.5) / Math.sqrt((rows + 1) / (12.0 * positives * others));
    }

    /** How the values were distributed over the training rows, clipped but not imputed. */
    SignalDistribution distribution() {
        return distribution;
    }

    public int rows(int level) {
        return rowsOfLevel[level];
    }

    int positives(int level) {
        return positivesOfLevel[level];
    }

    /** Whether both outcomes occur among the training rows of a level. */
    public boolean hasBothOutcomes(int level) {
        return positivesOfLevel[level] > 0 && positivesOfLevel[level] < rowsOfLevel[level];
    }

    /** The outcome of all rows of a level that has a single one. */
    public boolean outcome(int level) {
        return positivesOfLevel[level] > 0;
    }

    /** The share of a level in the training rows that have one of the levels. */
    double share(int level) {
        return shares[level];
    }
}
