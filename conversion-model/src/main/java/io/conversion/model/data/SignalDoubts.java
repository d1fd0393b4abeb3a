package io.conversion.model.data;

import io.conversion.core.json.ArtifactText;
import io.conversion.core.signals.CategoricalSignal;
import io.conversion.core.signals.NumericSignal;
import io.conversion.core.signals.Signal;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Looks for signals that are none: identifiers, dates, numbers that stand for missing, levels written in several ways. */
final class SignalDoubts {

    /** Fewer rows say nothing about identifiers. */
    private static final int FEWEST = 50;

    /** Rows that are looked at, evenly over the data. */
    private static final int MOST = 20_000;

    /** Kolmogorov's 99 % quantile, against a uniform distribution: identifiers are drawn from a counter or at random. */
    private static final double UNIFORM = 1.63;

    private static final int SENTINEL_ROWS = 5;
    private static final double SENTINEL_SHARE = 0.002;

    private SignalDoubts() {}

    static Stream<DataDoubt> of(Signal signal, double[] values, List<String> texts) {
        if (signal instanceof NumericSignal) {
            return ofNumbers(signal, values);
        }
        return signal instanceof CategoricalSignal ? ofLevels(signal, texts) : Stream.empty();
    }

    private static Stream<DataDoubt> ofNumbers(Signal signal, double[] values) {
        int kept = Math.min(values.length, MOST);
        double[] sorted = new double[kept];
        for (int i = 0; i < kept; i++) {
            sorted[i] = values[(int) ((long) i * values.length / kept)];
        }
        sorted = Arrays.stream(sorted)
                .filter(value -> !Double.isNaN(value))
                .sorted()
                .toArray();
        if (sorted.length == 0) {
            return Stream.empty();
        }
        Runs runs = Runs.of(sorted);
        Optional<DataDoubt> identity = date(signal, runs, sorted).or(() -> identifier(signal, runs));
        return identity.isPresent() ? identity.stream() : sentinels(signal, runs);
    }

    private static Optional<DataDoubt> date(Signal signal, Runs runs, double[] sorted) {
        String scale = EpochScale.of(sorted);
        if (scale.isEmpty() || runs.size() < 10) {
            return Optional.empty();
        }
        return Optional.of(new DataDoubt(
                "date",
                signal.name(),
                1,
                true,
                named(signal) + "holds dates as " + scale + ", such as " + plain(sorted[0])
                        + "; later users lie beyond all training rows, so exclude it, give the days until the"
                        + " prediction as a number, or split by it with --date and --holdout-from"));
    }

    private static Optional<DataDoubt> identifier(Signal signal, Runs runs) {
        if (runs.rows() < FEWEST || !runs.areWhole() || runs.size() < 0.95 * runs.rows()) {
            return Optional.empty();
        }
        boolean drawn = runs.distanceFromUniform() <= UNIFORM / Math.sqrt(runs.rows())
                || runs.last() - runs.first() < 3.0 * runs.rows();
        double share = (double) runs.size() / runs.rows();
        return Optional.of(new DataDoubt(
                "identifier",
                signal.name(),
                share,
                drawn && runs.rows() >= 2 * FEWEST,
                named(signal) + "has another whole number in "
                        + (share == 1 ? "each row" : "nearly each row")
                        + (drawn ? ", spread evenly from " : ", from ") + plain(runs.first()) + " to "
                        + plain(runs.last()) + ", as an identifier has; exclude it if it names users or rows"));
    }

    /** Point masses at either end, far away from all other values or below zero where no other value is. */
    private static Stream<DataDoubt> sentinels(Signal signal, Runs runs) {
        List<DataDoubt> doubts = new ArrayList<>();
        int from = 0;
        int to = runs.size();
        for (boolean found = true; found && to - from > 2 && doubts.size() < 3; ) {
            found = false;
            if (isSentinel(runs, to - 1, from, to - 1)) {
                doubts.add(sentinel(signal, runs, --to, from, to));
                found = true;
            } else if (isSentinel(runs, from, from + 1, to)) {
                doubts.add(sentinel(signal, runs, from++, from, to));
                found = true;
            } else if (to - from > 4 && areSentinels(runs, to - 2, to, from, to - 2)) {
                doubts.add(sentinel(signal, runs, to - 1, from, to - 2));
                doubts.add(sentinel(signal, runs, to - 2, from, to - 2));
                to -= 2;
                found = true;
            } else if (to - from > 4 && areSentinels(runs, from, from + 2, from + 2, to)) {
                doubts.add(sentinel(signal, runs, from, from + 2, to));
                doubts.add(sentinel(signal, runs, from + 1, from + 2, to));
                from += 2;
                found = true;
            }
        }
        return doubts.stream();
    }

    private static boolean areSentinels(Runs runs, int first, int end, int from, int to) {
        return isSentinel(runs, first, from, to) && isSentinel(runs, end - 1, from, to);
    }

    /** Whether a value stands for something else than the values from one to another. */
    private static boolean isSentinel(Runs runs, int at, int from, int to) {
        double value = runs.value(at);
        int rows = runs.rows(at);
        if (value == 0 || rows < Math.max(SENTINEL_ROWS, SENTINEL_SHARE * runs.rows())) {
            return false;
        }
        double least = runs.value(from);
        double most = runs.value(to - 1);
        double gap = value < least ? least - value : value - most;
        double range = most - least;
        boolean code = isCode(value);
        boolean alone = value < 0 && least >= 0 && code && to - from > 2;
        boolean enough = code ? range > 0 || gap > 1 : to - from >= 10;
        return alone || (enough && gap >= (code ? 1 : 3) * range);
    }

    /** Minus one, nothing but nines, or the end of a type: what people write for what is not known. */
    private static boolean isCode(double value) {
        String digits = plain(Math.abs(value));
        return value == -1
                || digits.matches("9+(\\.9+)?|99+[789]")
                || Math.abs(value) == Integer.MAX_VALUE
                || value == Integer.MIN_VALUE
                || Math.abs(value) == Short.MAX_VALUE
                || value == Short.MIN_VALUE
                || value == 65535
                || Math.abs(value) >= Long.MAX_VALUE
                || digits.matches("8{3,}|7{3,}|1{4,}|1234567890?");
    }

    private static DataDoubt sentinel(Signal signal, Runs runs, int at, int from, int to) {
        double share = (double) runs.rows(at) / runs.rows();
        return new DataDoubt(
                "sentinel",
                signal.name(),
                share,
                false,
                named(signal) + "is " + plain(runs.value(at))
                        + String.format(Locale.ROOT, " in %.1f %% of the rows that have it", 100 * share)
                        + ", away from all other values, which are " + plain(runs.value(from)) + " to "
                        + plain(runs.value(to - 1)) + "; if it stands for what is not known, leave the cells empty");
    }

    private static Stream<DataDoubt> ofLevels(Signal signal, List<String> levels) {
        List<DataDoubt> doubts = new ArrayList<>();
        Map<String, List<String>> alike = new LinkedHashMap<>();
        levels.forEach(level -> alike.computeIfAbsent(CellText.folded(level), key -> new ArrayList<>())
                .add(level));
        List<String> variants = alike.values().stream()
                .filter(same -> same.size() > 1)
                .map(SignalDoubts::quoted)
                .toList();
        if (!variants.isEmpty()) {
            doubts.add(new DataDoubt(
                    "level_variants",
                    signal.name(),
                    0,
                    false,
                    named(signal) + "has levels that differ only by letter case, blanks or what does not show: "
                            + String.join("; ", variants.subList(0, Math.min(3, variants.size())))
                            + (variants.size() > 3 ? " and " + (variants.size() - 3) + " more" : "")
                            + "; write each in one way, or users are told apart by nothing"));
        }
        long dates = levels.stream().filter(DateSpelling::isDate).count();
        if (dates > 0 && dates * 10 >= levels.size() * 9L) {
            doubts.add(
                    new DataDoubt(
                            "date",
                            signal.name(),
                            1,
                            false,
                            named(signal) + "has dates for levels, such as "
                                    + ArtifactText.quoted(levels.stream()
                                            .filter(DateSpelling::isDate)
                                            .findFirst()
                                            .orElse(""))
                                    + ", which no later user has; exclude it, or give the days until the prediction as a number"));
        }
        return doubts.stream();
    }

    private static String named(Signal signal) {
        return "signal " + ArtifactText.quoted(signal.name()) + " ";
    }

    private static String quoted(List<String> texts) {
        return texts.stream().limit(4).map(ArtifactText::quoted).collect(Collectors.joining(", "));
    }

    private static String plain(double value) {
        return value == StrictMath.rint(value) && Math.abs(value) < 1e19
                ? new BigDecimal(value).toPlainString()
                : String.valueOf(value);
    }

    /** The different values of a sorted column, and in how many rows each is. */
    private static final class Runs {

        private final double[] values;
        private final int[] counts;
        private final int rows;

        private Runs(double[] values, int[] counts, int rows) {
            this.values = values;
            this.counts = counts;
            this.rows = rows;
        }

        static Runs of(double[] sorted) {
            double[] values = new double[sorted.length];
            int[] counts = new int[sorted.length];
            int size = 0;
            for (int i = 0; i < sorted.length; i++) {
                if (i == 0 || sorted[i] != sorted[i - 1]) {
                    values[size++] = sorted[i] + 0.0;
                }
                counts[size - 1]++;
            }
            return new Runs(Arrays.copyOf(values, size), Arrays.copyOf(counts, size), sorted.length);
        }

        int rows() {
            return rows;
        }

        int size() {
            return values.length;
        }

        double value(int at) {
            return values[at];
        }

        int rows(int at) {
            return counts[at];
        }

        double first() {
            return values[0];
        }

        double last() {
            return values[values.length - 1];
        }

        boolean areWhole() {
            return Arrays.stream(values).allMatch(value -> value == StrictMath.rint(value));
        }

        /** Kolmogorov's distance between the values and a uniform distribution over their range. */
        double distanceFromUniform() {
            double largest = 0;
            for (int i = 0; i < values.length; i++) {
                double at = (values[i] - first()) / (last() - first());
                largest = Math.max(largest, Math.max(at - (double) i / values.length, (i + 1.0) / values.length - at));
            }
            return largest;
        }
    }
}
