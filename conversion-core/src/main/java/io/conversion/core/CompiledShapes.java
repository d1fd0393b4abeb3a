package io.conversion.core;

import java.util.Arrays;
import java.util.List;

/**
 * Intercept and shapes as flat arrays of primitives, and the one place where log-odds are computed from signals: added
 * from left to right in the order of the schema, for one user or for columns of users alike. Immutable.
 */
final class CompiledShapes {

    /** Rows that are scored together: the sums of a block stay in the first cache. */
    private static final int BLOCK = 2048;

    private final double intercept;

    // By position. A numeric signal adds slope * (value - centre), or its value for missing.
    private final double[] slopes;
    private final double[] centres;
    private final double[] missing;

    // A signal with codes adds the entry of its code, whose table starts here; -1 for a numeric signal.
    private final int[] starts;
    private final double[] tables;

    CompiledShapes(double intercept, List<Shape> shapes) {
        int size = shapes.size();
        this.intercept = intercept;
        this.slopes = new double[size];
        this.centres = new double[size];
        this.missing = shapes.stream().mapToDouble(Shape::missing).toArray();
        this.starts = new int[size];
        double[][] entries = new double[size][];
        int next = 0;
        for (int i = 0; i < size; i++) {
            entries[i] = entries(shapes.get(i));
            starts[i] = entries[i].length == 0 ? -1 : next;
            next += entries[i].length;
            if (shapes.get(i) instanceof Shape.Linear linear) {
                slopes[i] = linear.slope();
                centres[i] = linear.centre();
            }
        }
        this.tables = new double[next];
        for (int i = 0; i < size; i++) {
            System.arraycopy(entries[i], 0, tables, Math.max(starts[i], 0), entries[i].length);
        }
    }

    /** What each code adds: missing, unseen, then the levels; a flag has the levels false and true. */
    private static double[] entries(Shape shape) {
        if (shape instanceof Shape.Flag flag) {
            return new double[] {flag.missing(), 0, 0, flag.whenTrue()};
        } else if (shape instanceof Shape.Levels levels) {
            double[] entries = new double[Signals.FIRST_LEVEL + levels.values().size()];
            entries[Signals.MISSING] = levels.missing();
            entries[Signals.UNSEEN] = levels.unseen();
            int code = Signals.FIRST_LEVEL;
            for (double value : levels.values().values()) {
                entries[code++] = value;
            }
            return entries;
        }
        return new double[0];
    }

    double logOdds(double[] values) {
        double sum = intercept;
        int position = 0;
        while (position < values.length) {
            // Loops of one kind each leave nothing to branch on but a missing number.
            for (; position < values.length && starts[position] < 0; position++) {
                sum += number(position, values[position]);
            }
            for (; position < values.length && starts[position] >= 0; position++) {
                sum += tables[starts[position] + (int) values[position]];
            }
        }
        return sum;
    }

    double term(int position, double value) {
        return starts[position] < 0 ? number(position, value) : tables[starts[position] + (int) value];
    }

    private double number(int position, double value) {
        return Double.isNaN(value) ? missing[position] : slopes[position] * (value - centres[position]);
    }

    /**
     * Scores a range of rows, column by column in blocks that stay in the cache. Each row's numbers are added in the same
     * order as {@link #logOdds(double[])} adds them, so the bits are the same.
     */
    void score(SignalBatch batch, double[] logOdds, double[] probabilities, int from, int to) {
        for (int start = from; start < to; start += BLOCK) {
            int end = Math.min(start + BLOCK, to);
            Arrays.fill(logOdds, start, end, intercept);
            addColumns(batch, logOdds, start, end);
            for (int row = batch.nextRefused(start); row >= 0 && row < end; row = batch.nextRefused(row + 1)) {
                logOdds[row] = Double.NaN;
            }
            for (int row = start; row < end; row++) {
                probabilities[row] = Logistic.probability(logOdds[row]);
            }
        }
    }

    private void addColumns(SignalBatch batch, double[] sums, int from, int to) {
        int size = starts.length;
        for (int i = 0; i < size; i++) {
            ScoringColumn column = batch.column(i);
            if (starts[i] >= 0) {
                addEntries(column.codes(), starts[i], sums, from, to);
            } else if (column.anyMissing()) {
                addLineOrMissing(i, column.numbers(), sums, from, to);
            } else if (i + 1 < size && starts[i + 1] < 0 && !batch.column(i + 1).anyMissing()) {
                addTwoLines(i, column.numbers(), batch.column(i + 1).numbers(), sums, from, to);
                i++;
            } else {
                addLine(slopes[i], centres[i], column.numbers(), sums, from, to);
            }
        }
    }

    // Simple loops without branches, which a JIT compiler turns into vector instructions.

    private static void addLine(double slope, double centre, double[] numbers, double[] sums, int from, int to) {
        for (int row = from; row < to; row++) {
            sums[row] += slope * (numbers[row] - centre);
        }
    }

    /** Two columns in one pass, which saves writing and reading the sums in between. */
    private void addTwoLines(int position, double[] first, double[] second, double[] sums, int from, int to) {
        double slope = slopes[position];
        double centre = centres[position];
        double nextSlope = slopes[position + 1];
        double nextCentre = centres[position + 1];
        for (int row = from; row < to; row++) {
            sums[row] = (sums[row] + slope * (first[row] - centre)) + nextSlope * (second[row] - nextCentre);
        }
    }

    private void addLineOrMissing(int position, double[] numbers, double[] sums, int from, int to) {
        for (int row = from; row < to; row++) {
            sums[row] += number(position, numbers[row]);
        }
    }

    private void addEntries(int[] codes, int start, double[] sums, int from, int to) {
        for (int row = from; row < to; row++) {
            sums[row] += tables[start + codes[row]];
        }
    }
}
