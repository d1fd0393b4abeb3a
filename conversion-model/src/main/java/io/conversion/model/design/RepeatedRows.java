package io.conversion.model.design;

import io.conversion.core.signals.CategoricalSignal;
import io.conversion.core.signals.Signal;
import io.conversion.model.data.DataSet;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Hold-out rows that repeat a training row: equal in every signal, missing equal to missing, whatever the outcome.
 *
 * <p>A repeated row of rare values was most likely copied; one of few and frequent values is a coincidence. By chance,
 * {@code n f_1 ... f_k} of n training rows have the k values of a hold-out row, where {@code f_j} is the share of them with
 * its value of signal j; added up over the hold-out, each row by at most 1, this is how many rows are repeated if signals
 * are independent. They are not: a user without sessions has no downloads either. So for a row that is repeated, the most
 * frequent value of each signal counts as certain, {@code f_j = 1}, and the others by the training rows beside the
 * repeated one.
 *
 * @param rows the hold-out rows
 * @param repeated how many of them repeat a training row
 * @param byChance how many of these are expected by chance
 */
public record RepeatedRows(int rows, int repeated, double byChance) {

    private static final int NONE = -1;

    /** The share of the hold-out rows that repeat a training row and are no chance; 0 without rows. */
    public double share() {
        return rows == 0 ? 0 : (repeated - byChance) / rows;
    }

    /** Counts them signal by signal, in a time that is proportional to rows times signals. */
    public static RepeatedRows of(DataSet training, DataSet holdout) {
        // Training rows that agree in all signals so far have a number in common, which is also that of a hold-out row
        // that agrees with them.
        int[] known = new int[training.rows()];
        int[] given = new int[holdout.rows()];
        double[] independent = new double[holdout.rows()];
        double[] together = new double[holdout.rows()];
        Arrays.fill(independent, training.rows());
        Arrays.fill(together, training.rows() - 1.0);
        List<Signal> signals = training.schema().declared();
        for (int i = 0; i < signals.size(); i++) {
            Map<Object, Integer> codes = new HashMap<>();
            int[] knownCodes = codes(training, i, codes, true);
            int[] givenCodes = codes(holdout, i, codes, false);
            int[] rows = new int[codes.size()];
            Arrays.stream(knownCodes).forEach(code -> rows[code]++);
            int mode = mode(rows);
            Map<Long, Integer> numbers = new HashMap<>();
            for (int row = 0; row < known.length; row++) {
                known[row] = number(numbers, pair(known[row], knownCodes[row]));
            }
            for (int row = 0; row < given.length; row++) {
                given[row] = given[row] == NONE || givenCodes[row] == NONE
                        ? NONE
                        : numbers.getOrDefault(pair(given[row], givenCodes[row]), NONE);
                double count = givenCodes[row] == NONE ? 0 : rows[givenCodes[row]];
                independent[row] *= count / known.length;
                together[row] *=
                        givenCodes[row] == mode && mode != NONE ? 1 : (count - 1) / Math.max(1, known.length - 1);
            }
        }
        int repeated = 0;
        double byChance = 0;
        for (int row = 0; row < given.length; row++) {
            repeated += given[row] == NONE ? 0 : 1;
            byChance += Math.min(1, given[row] == NONE ? independent[row] : together[row]);
        }
        return new RepeatedRows(given.length, repeated, Math.min(repeated, byChance));
    }

    /** A number for each different value; that of a value without one is {@link #NONE}, unless the values may grow. */
    private static int[] codes(DataSet data, int position, Map<Object, Integer> codes, boolean grow) {
        Signal signal = data.schema().at(position);
        double[] values = data.column(position);
        int[] coded = new int[values.length];
        for (int row = 0; row < coded.length; row++) {
            // Unseen levels by their names, since their codes depend on the rows that were read before. -0.0 is 0.
            Object value = values[row] < 0 && signal instanceof CategoricalSignal
                    ? data.text(position, row)
                    : Double.valueOf(values[row] + 0.0);
            coded[row] = grow ? number(codes, value) : codes.getOrDefault(value, NONE);
        }
        return coded;
    }

    private static <K> int number(Map<K, Integer> numbers, K key) {
        int next = numbers.size();
        Integer known = numbers.putIfAbsent(key, next);
        return known == null ? next : known;
    }

    private static long pair(int first, int second) {
        return (long) first << Integer.SIZE | second;
    }

    /** The most frequent code, if it has several rows. */
    private static int mode(int[] rows) {
        int mode = NONE;
        for (int code = 0; code < rows.length; code++) {
            mode = rows[code] > (mode == NONE ? 1 : rows[mode]) ? code : mode;
        }
        return mode;
    }
}
