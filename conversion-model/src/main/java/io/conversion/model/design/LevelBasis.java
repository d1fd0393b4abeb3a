package io.conversion.model.design;

import io.conversion.core.shapes.Shape;
import io.conversion.core.signals.CategoricalSignal;
import io.conversion.core.signals.WhenUnseen;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * A categorical signal as 0/1 columns: one for each level but the first, one for each level, or one for each frequent
 * level and one for all rare ones together. Missing is the most frequent level; a level that is unseen and scores as
 * the average has each column by its share.
 */
public final class LevelBasis implements SignalBasis {

    /** Levels with fewer training rows than this are pooled, if levels are pooled. */
    public static final int RARE = 50;

    /** Stands for no column: the level that the others are compared with. */
    private static final int BASE = -1;

    private final CategoricalSignal signal;
    private final SignalSummary summary;
    private final int[] columnOfLevel;
    private final List<String> columns = new ArrayList<>();
    private final List<Double> shares = new ArrayList<>();
    private final List<Boolean> estimable = new ArrayList<>();

    private LevelBasis(CategoricalSignal signal, SignalSummary summary) {
        this.signal = signal;
        this.summary = summary;
        this.columnOfLevel = new int[signal.levels().size()];
    }

    /** One column for each level, the first one on demand. */
    static LevelBasis of(CategoricalSignal signal, SignalSummary summary, boolean allLevels) {
        LevelBasis basis = new LevelBasis(signal, summary);
        for (int level = 0; level < basis.columnOfLevel.length; level++) {
            basis.columnOfLevel[level] = level == 0 && !allLevels ? BASE : basis.column(level);
        }
        return basis;
    }

    /**
     * One column for each level, and a common one for those that are rare. The first level that is not rare is the one
     * that the others are compared with, unless every level has a column.
     */
    static LevelBasis pooled(CategoricalSignal signal, SignalSummary summary, boolean allLevels) {
        int[] rare = IntStream.range(0, signal.levels().size())
                .filter(level -> summary.rows(level) < RARE)
                .toArray();
        if (rare.length < 2 || rare.length == signal.levels().size()) {
            return of(signal, summary, allLevels);
        }
        LevelBasis basis = new LevelBasis(signal, summary);
        boolean base = allLevels;
        for (int level = 0; level < basis.columnOfLevel.length; level++) {
            if (summary.rows(level) >= RARE) {
                basis.columnOfLevel[level] = base ? basis.column(level) : BASE;
                base = true;
            }
        }
        int pool = basis.columns.size();
        double share = 0;
        int rows = 0;
        int positives = 0;
        for (int level : rare) {
            basis.columnOfLevel[level] = pool;
            share += summary.share(level);
            rows += summary.rows(level);
            positives += summary.positives(level);
        }
        basis.columns.add(signal.name() + " rare");
        basis.shares.add(share);
        basis.estimable.add(positives > 0 && positives < rows);
        return basis;
    }

    private int column(int level) {
        columns.add(signal.name() + "=" + signal.levels().get(level));
        shares.add(summary.share(level));
        estimable.add(level == 0 || summary.hasBothOutcomes(level));
        return columns.size() - 1;
    }

    @Override
    public List<String> columns() {
        return columns;
    }

    /** The levels that share one column; none if no levels are pooled. */
    public List<String> pooledLevels() {
        return IntStream.range(0, columnOfLevel.length)
                .filter(level -> columnOfLevel[level] != BASE && isPool(columnOfLevel[level]))
                .mapToObj(signal.levels()::get)
                .toList();
    }

    private boolean isPool(int column) {
        return columns.get(column).equals(signal.name() + " rare");
    }

    @Override
    public void fill(double value, double[] row, int offset) {
        double code = SignalSummary.scoredAs(signal, Double.isNaN(value) ? summary.imputed() : value);
        for (int k = 0; k < columns.size(); k++) {
            row[offset + k] = code < 0 ? shares.get(k) : columnOfLevel[(int) code] == k ? 1 : 0;
        }
    }

    @Override
    public double centre(int column) {
        return 0;
    }

    @Override
    public double scale(int column) {
        return 1;
    }

    @Override
    public boolean isEstimable(int column) {
        return estimable.get(column);
    }

    @Override
    public Shape fold(double[] coefficients, boolean[] estimated) {
        Map<String, Double> byLevel = new LinkedHashMap<>();
        Set<String> notEstimated = new TreeSet<>();
        double first = value(0, coefficients);
        double average = 0;
        for (int level = 0; level < columnOfLevel.length; level++) {
            int column = columnOfLevel[level];
            boolean nothingKnown = column != BASE
                    && (!estimated[column] || (summary.rows(level) == 0 && !isPool(column)))
                    && level > 0;
            if (nothingKnown || (level == 0 && summary.rows(0) == 0)) {
                notEstimated.add(signal.levels().get(level));
            }
            double value = nothingKnown ? first : value(level, coefficients);
            byLevel.put(signal.levels().get(level), value);
            average += summary.share(level) * value;
        }
        double unseen = signal.whenUnseen() instanceof WhenUnseen.Level rule
                ? Objects.requireNonNull(byLevel.get(rule.level()))
                : average;
        return new Shape.Levels(byLevel, unseen, value((int) summary.imputed(), coefficients), notEstimated);
    }

    private double value(int level, double[] coefficients) {
        return columnOfLevel[level] == BASE ? 0 : coefficients[columnOfLevel[level]];
    }

    @Override
    public List<Combination> numbers() {
        List<Combination> numbers = new ArrayList<>();
        for (int level = 0; level < columnOfLevel.length; level++) {
            addIfEstimated(numbers, "values/" + signal.levels().get(level), columnOfLevel[level]);
        }
        if (signal.whenUnseen() instanceof WhenUnseen.Level rule) {
            addIfEstimated(numbers, "unseen", columnOfLevel[signal.levels().indexOf(rule.level())]);
        } else {
            numbers.add(new Combination("unseen", List.copyOf(shares)));
        }
        addIfEstimated(numbers, "missing", columnOfLevel[(int) summary.imputed()]);
        return numbers;
    }

    private void addIfEstimated(List<Combination> numbers, String number, int column) {
        if (column != BASE) {
            numbers.add(new Combination(
                    number,
                    IntStream.range(0, columns.size())
                            .mapToObj(k -> k == column ? 1.0 : 0.0)
                            .toList()));
        }
    }
}
