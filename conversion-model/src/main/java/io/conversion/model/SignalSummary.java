package io.conversion.model;

import io.conversion.core.CategoricalSignal;
import io.conversion.core.NumericSignal;
import io.conversion.core.Signal;
import java.util.Arrays;

/**
 * What the training rows say of one signal before any fit: the value to impute, mean and spread after imputation, and
 * for each level the rows by outcome.
 */
final class SignalSummary {

    private final double imputed;
    private final double mean;
    private final double standardDeviation;
    private final int[] rowsOfLevel;
    private final int[] positivesOfLevel;

    private SignalSummary(
            double imputed, double mean, double standardDeviation, int[] rowsOfLevel, int[] positivesOfLevel) {
        this.imputed = imputed;
        this.mean = mean;
        this.standardDeviation = standardDeviation;
        this.rowsOfLevel = rowsOfLevel;
        this.positivesOfLevel = positivesOfLevel;
    }

    static SignalSummary of(Signal signal, Column column, boolean[] converted) {
        double[] values = column.values();
        if (Arrays.stream(values).allMatch(Double::isNaN)) {
            throw new InvalidDataException("signal \"" + signal.name()
                    + "\" has no value in any of the training rows; exclude it, or give rows that have it");
        }
        if (signal instanceof NumericSignal numeric) {
            return ofNumbers(numeric, values);
        }
        // A flag is counted like two levels, of which false is the first.
        int levels = signal instanceof CategoricalSignal categorical
                ? categorical.levels().size()
                : 2;
        return ofLevels(levels, values, converted);
    }

    private static SignalSummary ofNumbers(NumericSignal signal, double[] values) {
        double[] sorted = Arrays.stream(values)
                .filter(value -> !Double.isNaN(value))
                .map(signal::clip)
                .sorted()
                .toArray();
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
        double standardDeviation = sorted[0] == sorted[sorted.length - 1] ? 0 : Math.sqrt(squares / values.length);
        if (!Double.isFinite(standardDeviation)) {
            throw new InvalidDataException(
                    "signal \"" + signal.name() + "\" has values too large to standardise; give it in another unit");
        }
        return new SignalSummary(median, mean, standardDeviation, new int[0], new int[0]);
    }

    private static double imputed(NumericSignal signal, double value, double median) {
        return Double.isNaN(value) ? median : signal.clip(value);
    }

    private static SignalSummary ofLevels(int levels, double[] values, boolean[] converted) {
        int[] rows = new int[levels];
        int[] positives = new int[levels];
        for (int i = 0; i < values.length; i++) {
            if (values[i] >= 0) {
                rows[(int) values[i]]++;
                positives[(int) values[i]] += converted[i] ? 1 : 0;
            }
        }
        int mode = 0;
        for (int level = 1; level < levels; level++) {
            mode = rows[level] > rows[mode] ? level : mode;
        }
        return new SignalSummary(mode, 0, 1, rows, positives);
    }

    /** The median, the code of the most frequent level, or the more frequent of 0 and 1; the first one of equals. */
    double imputed() {
        return imputed;
    }

    double mean() {
        return mean;
    }

    double standardDeviation() {
        return standardDeviation;
    }

    int rows(int level) {
        return rowsOfLevel[level];
    }

    /** Whether both outcomes occur among the training rows of a level. */
    boolean hasBothOutcomes(int level) {
        return positivesOfLevel[level] > 0 && positivesOfLevel[level] < rowsOfLevel[level];
    }

    /** The outcome of all rows of a level that has a single one. */
    boolean outcome(int level) {
        return positivesOfLevel[level] > 0;
    }

    /** The share of a level in the training rows that have one of the levels. */
    double share(int level) {
        return (double) rowsOfLevel[level] / Arrays.stream(rowsOfLevel).sum();
    }
}
