package io.conversion.model.signals;

import io.conversion.core.json.ArtifactText;
import io.conversion.core.signals.Signal;
import io.conversion.model.data.CsvColumns;
import io.conversion.model.data.DataSet;
import io.conversion.model.data.DayRange;
import io.conversion.model.data.InvalidDataException;
import io.conversion.model.evaluation.RankedOutcomes;
import io.conversion.model.evaluation.RocAuc;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The rows of each cohort, and what a signal does in them. Rows without a cohort belong to none. */
final class Cohorts {

    private static final int MOST = 200;
    private static final Pattern ISO_DATE = Pattern.compile("\\d{4}-\\d{2}-\\d{2}([T ].*)?");

    private static final DayRange ANY = new DayRange(LocalDate.MIN, LocalDate.MAX);

    private final String attribute;
    private final List<String> names;
    private final List<int[]> rows;
    private final boolean[] converted;
    private final int without;

    private Cohorts(String attribute, List<String> names, List<int[]> rows, boolean[] converted, int without) {
        this.attribute = attribute;
        this.names = names;
        this.rows = rows;
        this.converted = converted;
        this.without = without;
    }

    static Cohorts of(DataSet data, String attribute, boolean[] converted) {
        List<String> texts = data.attribute(attribute);
        boolean dates = texts.stream()
                .allMatch(text -> text.isEmpty() || ISO_DATE.matcher(text).matches());
        DayRange near = dates ? near(texts) : ANY;
        TreeMap<String, IntStream.Builder> groups = new TreeMap<>();
        int without = 0;
        for (int row = 0; row < texts.size(); row++) {
            String text = texts.get(row);
            if (text.isEmpty()) {
                without++;
                continue;
            }
            Optional<LocalDate> day = dates ? CsvColumns.day(text) : Optional.empty();
            if (dates && !day.filter(near::contains).isPresent()) {
                throw new InvalidDataException(
                        "column " + ArtifactText.quoted(attribute) + ", " + data.place(row) + ": "
                                + day.map(near::placeOf).orElse("there is no day " + ArtifactText.quoted(text))
                                + "; correct it, or leave the cell empty");
            }
            groups.computeIfAbsent(dates ? text.substring(0, 7) : text, name -> IntStream.builder())
                    .add(row);
            if (groups.size() > MOST) {
                throw new InvalidDataException(
                        ArtifactText.quoted(attribute) + " has more than " + MOST
                                + " values, too many for cohorts; give ISO dates, which are grouped by month, or coarser groups");
            }
        }
        List<int[]> rows =
                groups.values().stream().map(group -> group.build().toArray()).toList();
        return new Cohorts(attribute, List.copyOf(groups.keySet()), rows, converted, without);
    }

    private static DayRange near(List<String> texts) {
        Map<LocalDate, Long> days = new HashMap<>();
        texts.stream().flatMap(text -> CsvColumns.day(text).stream()).forEach(day -> days.merge(day, 1L, Long::sum));
        return days.isEmpty() ? ANY : DayRange.of(days);
    }

    int count() {
        return names.size();
    }

    /** Whether a signal is what the cohorts are made of: it hardly varies in them. */
    boolean isOf(Signal signal) {
        return signal.name().equals(attribute);
    }

    int rowsWithout() {
        return without;
    }

    Stability stability(SignalColumn column, PredictiveStrength strength, ValidationOptions options) {
        boolean byBins = strength.isByBins();
        int[] positives = column.count(converted, true, byBins);
        int[] negatives = column.count(converted, false, byBins);
        boolean falls = !byBins && RankedOutcomes.area(positives, negatives) < 0.5;
        List<CohortAuc> assessed = new ArrayList<>();
        for (int cohort = 0; cohort < names.size(); cohort++) {
            int[] ones = count(column, cohort, true, byBins);
            int[] zeros = count(column, cohort, false, byBins);
            int[] otherOnes = OutOfFold.minus(positives, ones);
            int[] otherZeros = OutOfFold.minus(negatives, zeros);
            double auc = Double.NaN;
            double aucWithout = Double.NaN;
            if (isAssessable(ones, zeros, options.limits().cohortClass())) {
                auc = byBins
                        ? area(OutOfFold.ranked(otherOnes, otherZeros, ones, zeros))
                        : oriented(RankedOutcomes.area(ones, zeros), falls);
                aucWithout = byBins
                        ? value(OutOfFold.auc(otherOnes, otherZeros, options.seed(), options.level()))
                        : oriented(RankedOutcomes.area(otherOnes, otherZeros), falls);
            }
            // Without an outcome in the other cohorts there is nothing to compare this one with.
            if (!Double.isNaN(auc) && !Double.isNaN(aucWithout)) {
                assessed.add(
                        new CohortAuc(names.get(cohort), rows.get(cohort).length, positives(cohort), auc, aucWithout));
            }
        }
        return new Stability(attribute, names.size(), assessed, populationStabilityIndex(column));
    }

    private static boolean isAssessable(int[] ones, int[] zeros, int smallestClass) {
        long p = 0;
        long n = 0;
        int values = 0;
        for (int i = 0; i < ones.length; i++) {
            p += ones[i];
            n += zeros[i];
            values += ones[i] + zeros[i] > 0 ? 1 : 0;
        }
        return Math.min(p, n) >= smallestClass && values > 1;
    }

    private static double oriented(double area, boolean falls) {
        return falls ? 1 - area : area;
    }

    private static double area(@Nullable RankedOutcomes ranked) {
        return ranked == null ? Double.NaN : ranked.area();
    }

    private static double value(@Nullable RocAuc auc) {
        return auc == null ? Double.NaN : auc.value();
    }

    private int positives(int cohort) {
        int positives = 0;
        for (int row : rows.get(cohort)) {
            positives += converted[row] ? 1 : 0;
        }
        return positives;
    }

    private int[] count(SignalColumn column, int cohort, boolean outcome, boolean byBins) {
        int[] counts = new int[byBins ? column.labels().size() : column.distinct()];
        for (int row : rows.get(cohort)) {
            int key = byBins ? column.bin(row) : column.code(row);
            if (key != SignalColumn.MISSING && converted[row] == outcome) {
                counts[key]++;
            }
        }
        return counts;
    }

    private double populationStabilityIndex(SignalColumn column) {
        double[] first = shares(column, 0);
        double[] last = shares(column, names.size() - 1);
        double sum = 0;
        for (int bin = 0; bin < first.length; bin++) {
            sum += (last[bin] - first[bin]) * StrictMath.log(last[bin] / first[bin]);
        }
        return sum;
    }

    private double[] shares(SignalColumn column, int cohort) {
        int[] counts = new int[column.labels().size()];
        for (int row : rows.get(cohort)) {
            counts[column.bin(row)]++;
        }
        double all = rows.get(cohort).length + 0.5 * counts.length;
        return IntStream.of(counts).mapToDouble(count -> (count + 0.5) / all).toArray();
    }
}
