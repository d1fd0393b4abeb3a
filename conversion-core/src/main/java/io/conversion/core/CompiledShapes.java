package io.conversion.core;

import io.conversion.core.internal.HiddenCopy;
import io.conversion.core.shapes.Shape;
import io.conversion.core.signals.Signals;
import java.lang.invoke.MethodHandles;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Intercept, shapes and calibration as they are computed with, and the one place where log-odds are computed from signals: added
 * from left to right in the order of the schema, for one user or for columns of users alike. Immutable.
 */
final class CompiledShapes {

    /** Rows that are scored together: the sums of a block stay in the first cache. */
    private static final int BLOCK = 2048;

    private final double intercept;
    private final LogOddsMap map;
    private final Term[] terms;
    private final Slots[] slots;

    CompiledShapes(double intercept, List<Shape> shapes, LogOddsMap map) {
        this.intercept = intercept;
        this.map = map;
        this.terms = new Term[shapes.size()];
        Arrays.setAll(terms, i -> Term.of(i, shapes.get(i)));
        this.slots = new Slots[(terms.length + Slots.SIZE - 1) / Slots.SIZE];
        Arrays.setAll(
                slots,
                i -> HiddenCopy.of(
                        MethodHandles.lookup(),
                        CompiledShapesTemplate.class,
                        Arrays.copyOfRange(terms, i * Slots.SIZE, (i + 1) * Slots.SIZE)));
    }

    /** From raw log-odds to those of a score. */
    LogOddsMap map() {
        return map;
    }

    double rawLogOdds(Signals signals) {
        double sum = intercept;
        for (Slots some : slots) {
            sum = some.addTo(sum, signals);
        }
        return sum;
    }

    /** The same if the signal at one position had another value. */
    double rawLogOdds(Signals signals, int position, double value) {
        double sum = intercept;
        for (int i = 0; i < terms.length; i++) {
            sum += terms[i].of(i == position ? value : signals.at(i));
        }
        return sum;
    }

    double term(int position, double value) {
        return terms[position].of(value);
    }

    /** What each signal adds, by position, in a fresh array. */
    double[] terms(Signals signals) {
        double[] all = new double[terms.length];
        for (Slots some : slots) {
            some.terms(signals, all);
        }
        return all;
    }

    /**
     * Scores a range of rows, column by column in blocks that stay in the cache. Each row's numbers are added in the same
     * order as {@link #rawLogOdds(Signals)} adds them, so the bits are the same. Where raw log-odds are not those of
     * the scores, they have a column of their own.
     */
    void score(SignalBatch batch, double[] raw, double[] logOdds, double[] probabilities, int from, int to) {
        for (int start = from; start < to; start += BLOCK) {
            int end = Math.min(start + BLOCK, to);
            Arrays.fill(logOdds, start, end, intercept);
            addColumns(batch, logOdds, start, end);
            for (int row = batch.nextRefused(start); row >= 0 && row < end; row = batch.nextRefused(row + 1)) {
                logOdds[row] = Double.NaN;
            }
            if (raw != logOdds) {
                System.arraycopy(logOdds, start, raw, start, end - start);
                for (int row = start; row < end; row++) {
                    logOdds[row] = map.of(raw[row]);
                }
            }
            for (int row = start; row < end; row++) {
                probabilities[row] = Logistic.probability(logOdds[row]);
            }
        }
    }

    private void addColumns(SignalBatch batch, double[] sums, int from, int to) {
        for (int i = 0; i < terms.length; i++) {
            ScoringColumn column = batch.column(i);
            Curve curve = terms[i].curve();
            if (curve != null) {
                addCurve(curve, terms[i].missing(), column.numbers(), sums, from, to);
            } else if (!terms[i].isLine()) {
                addEntries(terms[i].entries(), column.codes(), sums, from, to);
            } else if (column.anyMissing()) {
                addLineOrMissing(terms[i], column.numbers(), sums, from, to);
            } else if (i + 1 < terms.length
                    && terms[i + 1].isLine()
                    && !batch.column(i + 1).anyMissing()) {
                double[] next = batch.column(i + 1).numbers();
                addTwoLines(terms[i], column.numbers(), terms[i + 1], next, sums, from, to);
                i++;
            } else {
                addLine(terms[i], column.numbers(), sums, from, to);
            }
        }
    }

    // Simple loops, those of lines and entries without branches, which a JIT compiler turns into vector instructions.

    private static void addLine(Term term, double[] numbers, double[] sums, int from, int to) {
        double slope = term.slope();
        double centre = term.centre();
        for (int row = from; row < to; row++) {
            sums[row] += slope * (numbers[row] - centre);
        }
    }

    /** Two columns in one pass, which saves writing and reading the sums in between. */
    private static void addTwoLines(
            Term first, double[] firsts, Term second, double[] seconds, double[] sums, int from, int to) {
        double slope = first.slope();
        double centre = first.centre();
        double nextSlope = second.slope();
        double nextCentre = second.centre();
        for (int row = from; row < to; row++) {
            sums[row] = (sums[row] + slope * (firsts[row] - centre)) + nextSlope * (seconds[row] - nextCentre);
        }
    }

    private static void addLineOrMissing(Term term, double[] numbers, double[] sums, int from, int to) {
        for (int row = from; row < to; row++) {
            sums[row] += term.of(numbers[row]);
        }
    }

    private static void addCurve(Curve curve, double missing, double[] numbers, double[] sums, int from, int to) {
        for (int row = from; row < to; row++) {
            double number = numbers[row];
            sums[row] += Double.isNaN(number) ? missing : curve.at(number);
        }
    }

    private static void addEntries(double[] entries, int[] codes, double[] sums, int from, int to) {
        for (int row = from; row < to; row++) {
            sums[row] += entries[codes[row]];
        }
    }

    /** Some of the terms, each one a constant. */
    abstract static class Slots {

        static final int SIZE = 16;

        /** The sum with these terms, added one after the other. */
        abstract double addTo(double sum, Signals signals);

        /** Sets what each of these terms is. */
        abstract void terms(Signals signals, double[] terms);

        static void set(double[] terms, @Nullable Term term, Signals signals) {
            if (term != null) {
                terms[term.position()] = term.of(signals.at(term.position()));
            }
        }

        static double add(double sum, @Nullable Term term, Signals signals) {
            return term == null ? sum : sum + term.of(signals.at(term.position()));
        }
    }
}
