package io.conversion.model.signals;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * The columns of one signal in a linear model: a number standardised, a flag as 0 and 1, a 0/1 column for each level but
 * the first. A row is in one of them at most, so it is given as a column and a value.
 */
final class IndicatorColumns {

    /** More columns would cost more than they tell; the rarer levels are taken together with the first one. */
    private static final int MOST = 50;

    private final SignalColumn column;
    private final int first;
    private final int columns;
    private final int imputed;
    private final int[] columnOfCode;
    private final double[] values;

    private IndicatorColumns(SignalColumn column, int first, int imputed, int[] columnOfCode, double[] values) {
        this.column = column;
        this.first = first;
        this.imputed = imputed;
        this.columnOfCode = columnOfCode;
        this.values = values;
        this.columns = Arrays.stream(columnOfCode).max().orElse(-1) + 1;
    }

    static IndicatorColumns of(SignalColumn column, int first) {
        int[] rows = new int[column.distinct()];
        for (int row = 0; row < column.rows(); row++) {
            if (column.code(row) != SignalColumn.MISSING) {
                rows[column.code(row)]++;
            }
        }
        int[] none = new int[rows.length];
        Arrays.fill(none, -1);
        if (rows.length < 2) {
            return new IndicatorColumns(column, first, 0, none, new double[rows.length]);
        } else if (column.kind() == SignalKind.CATEGORICAL) {
            return ofLevels(column, first, rows, none);
        }
        double[] values =
                IntStream.range(0, rows.length).mapToDouble(column::value).toArray();
        boolean flag = column.kind() == SignalKind.FLAG;
        int imputed = flag ? (rows[1] > rows[0] ? 1 : 0) : median(rows);
        return new IndicatorColumns(
                column, first, imputed, new int[rows.length], standardised(values, rows, imputed, column.missing()));
    }

    private static IndicatorColumns ofLevels(SignalColumn column, int first, int[] rows, int[] columnOfCode) {
        int[] byRows = IntStream.range(0, rows.length)
                .boxed()
                .sorted(Comparator.comparingInt((Integer level) -> -rows[level]).thenComparingInt(level -> level))
                .mapToInt(Integer::intValue)
                .toArray();
        int[] named = IntStream.of(byRows)
                .limit(rows.length > MOST + 1 ? MOST : rows.length)
                .filter(level -> level > 0 || rows.length > MOST + 1)
                .sorted()
                .toArray();
        for (int i = 0; i < named.length; i++) {
            columnOfCode[named[i]] = i;
        }
        double[] ones = new double[rows.length];
        Arrays.fill(ones, 1);
        return new IndicatorColumns(column, first, byRows[0], columnOfCode, ones);
    }

    /** The code of the lower median of the rows that have a value. */
    private static int median(int[] rows) {
        long half = (IntStream.of(rows).asLongStream().sum() + 1) / 2;
        int code = 0;
        for (long seen = rows[0]; seen < half; seen += rows[code]) {
            code++;
        }
        return code;
    }

    /** Mean 0 and standard deviation 1 after imputation; first divided by the largest, so that no square overflows. */
    private static double[] standardised(double[] values, int[] rows, int imputed, int missing) {
        double largest = Arrays.stream(values).map(Math::abs).max().orElse(1);
        double all = missing;
        double mean = missing * (values[imputed] / largest);
        for (int code = 0; code < values.length; code++) {
            values[code] /= largest;
            mean += rows[code] * values[code];
            all += rows[code];
        }
        mean /= all;
        double squares = missing * (values[imputed] - mean) * (values[imputed] - mean);
        for (int code = 0; code < values.length; code++) {
            squares += rows[code] * (values[code] - mean) * (values[code] - mean);
        }
        double deviation = Math.sqrt(squares / all);
        for (int code = 0; code < values.length; code++) {
            values[code] = (values[code] - mean) / deviation;
        }
        return values;
    }

    String signal() {
        return column.signal().name();
    }

    /** The place of the first column among those of all signals. */
    int first() {
        return first;
    }

    int columns() {
        return columns;
    }

    /** The place of the column that a row is in, negative if it is in none. */
    int place(int row) {
        int code = code(row);
        return columns == 0 || columnOfCode[code] < 0 ? -1 : first + columnOfCode[code];
    }

    double value(int row) {
        return values[code(row)];
    }

    private int code(int row) {
        int code = column.code(row);
        return code == SignalColumn.MISSING ? imputed : code;
    }
}
