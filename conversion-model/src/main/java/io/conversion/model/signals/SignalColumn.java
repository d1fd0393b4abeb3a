package io.conversion.model.signals;

import io.conversion.core.signals.CategoricalSignal;
import io.conversion.core.signals.FlagSignal;
import io.conversion.core.signals.Signal;
import io.conversion.model.data.DataSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * One signal in codes: the distinct values in ascending order, or the levels in the order of the schema, and the bin of
 * each. All that follows counts codes and bins, so that neither the scale of a signal nor the order of the rows shows.
 */
final class SignalColumn {

    static final int MISSING = -1;

    /** The share of users at zero from which it is a bin of its own. */
    private static final double POINT_MASS = 0.05;

    private final Signal signal;
    private final int[] codes;
    private final double[] values;
    private final int[] binOfCode;
    private final List<String> labels;
    private final List<Double> edges;
    private final int missing;
    private final int levels;

    private SignalColumn(
            Signal signal,
            int[] codes,
            double[] values,
            int[] binOfCode,
            List<String> labels,
            List<Double> edges,
            int levels) {
        this.signal = signal;
        this.codes = codes;
        this.values = values;
        this.binOfCode = binOfCode;
        this.missing =
                (int) Arrays.stream(codes).filter(code -> code == MISSING).count();
        this.labels = new ArrayList<>(labels);
        if (missing > 0) {
            this.labels.add("missing");
        }
        this.edges = List.copyOf(edges);
        this.levels = levels;
    }

    static SignalColumn of(Signal signal, DataSet data, int mostLevels) {
        double[] values = data.column(data.schema().position(signal.name()));
        return signal.match(
                numeric -> ofNumbers(numeric, values),
                categorical -> ofLevels(categorical, data.attribute(signal.name()), mostLevels),
                flag -> ofFlags(flag, values, mostLevels));
    }

    private static SignalColumn ofFlags(FlagSignal signal, double[] values, int mostLevels) {
        int[] codes = Arrays.stream(values)
                .mapToInt(value -> Double.isNaN(value) ? MISSING : (int) value)
                .toArray();
        return ofCodes(signal, codes, List.of("false", "true"), mostLevels);
    }

    private static SignalColumn ofNumbers(Signal signal, double[] given) {
        // Adding zero makes one value of -0.0 and 0.0.
        double[] sorted = Arrays.stream(given)
                .filter(value -> !Double.isNaN(value))
                .map(value -> value + 0.0)
                .sorted()
                .toArray();
        double[] distinct = Arrays.stream(sorted).distinct().toArray();
        int[] codes = new int[given.length];
        for (int i = 0; i < given.length; i++) {
            codes[i] = Double.isNaN(given[i]) ? MISSING : Arrays.binarySearch(distinct, given[i] + 0.0);
        }
        double[] edges = edges(sorted);
        List<String> labels = new ArrayList<>();
        int[] binOfCode = new int[distinct.length];
        int last = -1;
        for (int code = 0; code < distinct.length; code++) {
            double value = distinct[code];
            int bin = binOf(edges, value);
            if (bin != last) {
                boolean isZero = value == 0 && code > 0 && bin < edges.length && edges[bin] == 0;
                labels.add(isZero && binOf(edges, distinct[code - 1]) < bin ? "0" : label(edges, bin));
            }
            last = bin;
            binOfCode[code] = labels.size() - 1;
        }
        List<Double> listed = Arrays.stream(edges).boxed().toList();
        return new SignalColumn(signal, codes, distinct, binOfCode, labels, listed, 0);
    }

    /**
     * The deciles; where users have negative numbers and a bin would end at zero, or many have zero, negative numbers end a
     * bin, too: what is below zero mostly means something else, such as a debt, or a mark that there is no value.
     */
    private static double[] edges(double[] sorted) {
        if (sorted.length == 0) {
            return sorted;
        }
        DoubleStream deciles = IntStream.range(1, 10).mapToDouble(decile -> quantile(sorted, decile / 10.0));
        int negative = below(sorted, 0);
        int zeros = below(sorted, Double.MIN_VALUE) - negative;
        if (negative == 0 || negative == sorted.length || zeros == 0) {
            return deciles.distinct().toArray();
        }
        // Rounding makes a few zeros of small numbers on either side; they are no bin of their own.
        boolean isMass = zeros >= POINT_MASS * sorted.length;
        double[] edges = deciles.filter(edge -> isMass || edge != 0).toArray();
        boolean isEdge = isMass || edges.length < 9;
        DoubleStream around = isMass
                ? DoubleStream.of(sorted[negative - 1], 0)
                : isEdge ? DoubleStream.of(sorted[negative - 1]) : DoubleStream.empty();
        return DoubleStream.concat(Arrays.stream(edges), around)
                .map(edge -> edge + 0.0)
                .sorted()
                .distinct()
                .toArray();
    }

    /** How many of the ascending numbers are below a bound. */
    private static int below(double[] sorted, double bound) {
        return (int) Arrays.stream(sorted).takeWhile(value -> value < bound).count();
    }

    /** Hyndman and Fan's type 7, with the rounding of NumPy, so that edges are the same to the bit. */
    private static double quantile(double[] sorted, double probability) {
        double position = (sorted.length - 1) * probability;
        int below = (int) Math.floor(position);
        double share = position - below;
        double a = sorted[below];
        double b = sorted[Math.min(below + 1, sorted.length - 1)];
        return share >= 0.5 ? b - (b - a) * (1 - share) : a + (b - a) * share;
    }

    private static int binOf(double[] edges, double value) {
        return (int) Arrays.stream(edges).filter(edge -> edge < value).count();
    }

    private static String label(double[] edges, int bin) {
        if (bin == 0) {
            return "<= " + Text.number(edges[0]);
        }
        String from = Text.number(edges[bin - 1]);
        return bin == edges.length ? "> " + from : "(" + from + ", " + Text.number(edges[bin]) + "]";
    }

    private static SignalColumn ofLevels(CategoricalSignal signal, List<String> texts, int mostLevels) {
        Map<String, Integer> positions = new HashMap<>();
        for (String level : signal.levels()) {
            positions.put(level, positions.size());
        }
        int unseen = positions.size();
        int[] codes = texts.stream()
                .mapToInt(text -> text.isEmpty() ? MISSING : positions.getOrDefault(text, unseen))
                .toArray();
        List<String> names = new ArrayList<>(signal.levels());
        names.add("unseen");
        return ofCodes(signal, codes, names, mostLevels);
    }

    /** Keeps the codes that occur; of too many the most frequent, with the others as one code behind them. */
    private static SignalColumn ofCodes(Signal signal, int[] codes, List<String> names, int mostLevels) {
        int[] rows = new int[names.size()];
        for (int code : codes) {
            if (code != MISSING) {
                rows[code]++;
            }
        }
        int[] present =
                IntStream.range(0, rows.length).filter(code -> rows[code] > 0).toArray();
        int[] kept = present.length <= mostLevels
                ? present
                : Arrays.stream(present)
                        .boxed()
                        .sorted((a, b) -> rows[a] == rows[b] ? a - b : rows[b] - rows[a])
                        .limit(mostLevels - 1L)
                        .mapToInt(Integer::intValue)
                        .sorted()
                        .toArray();
        int[] renamed = new int[names.size()];
        Arrays.fill(renamed, kept.length);
        List<String> labels = new ArrayList<>();
        for (int code : kept) {
            renamed[code] = labels.size();
            labels.add(names.get(code));
        }
        if (kept.length < present.length) {
            labels.add(present.length - kept.length + " rarer levels");
        }
        int[] compact = Arrays.stream(codes)
                .map(code -> code == MISSING ? MISSING : renamed[code])
                .toArray();
        // The numbers of a flag's codes: it may have one value only.
        double[] values = IntStream.range(0, labels.size())
                .mapToDouble(code -> labels.get(code).equals("true") ? 1 : 0)
                .toArray();
        int[] binOfCode = IntStream.range(0, labels.size()).toArray();
        return new SignalColumn(signal, compact, values, binOfCode, labels, List.of(), present.length);
    }

    Signal signal() {
        return signal;
    }

    SignalKind kind() {
        return SignalKind.of(signal);
    }

    int rows() {
        return codes.length;
    }

    int missing() {
        return missing;
    }

    /** How many distinct values or levels occur. */
    int distinct() {
        return binOfCode.length;
    }

    /** How many levels occur, pooled ones included. */
    int levels() {
        return levels;
    }

    /** The code of a row, or {@link #MISSING}. */
    int code(int row) {
        return codes[row];
    }

    /** The number that a code stands for: of a numeric signal the value, of a flag 0 or 1. */
    double value(int code) {
        return values[code];
    }

    /** The bins, missing as the last one if there are missing values. */
    List<String> labels() {
        return labels;
    }

    /** How many bins there are without that of missing values. */
    int orderedBins() {
        return labels.size() - (missing > 0 ? 1 : 0);
    }

    /** The bin of a row. */
    int bin(int row) {
        return codes[row] == MISSING ? labels.size() - 1 : binOfCode[codes[row]];
    }

    List<Double> edges() {
        return edges;
    }

    /** For each distinct value, or each bin, the rows of an outcome; missing values are in a bin, but have no code. */
    int[] count(boolean[] converted, boolean outcome, boolean byBins) {
        int[] counts = new int[byBins ? labels.size() : distinct()];
        for (int row = 0; row < codes.length; row++) {
            int key = byBins ? bin(row) : codes[row];
            if (key != MISSING && converted[row] == outcome) {
                counts[key]++;
            }
        }
        return counts;
    }
}
