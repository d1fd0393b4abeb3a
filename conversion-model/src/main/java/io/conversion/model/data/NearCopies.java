package io.conversion.model.data;

import io.conversion.core.signals.NumericSignal;
import io.conversion.core.signals.Signal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Looks for rows that are near copies of another row, as several rows of one user are: some rows are compared with all
 * others, signal by signal as the distance of their ranks.
 *
 * <p>Were rows drawn one by one, the nearest of a row's twenty nearest ones would be about as much nearer as a ball with a
 * twentieth of the volume is smaller: with d the dimension that the twenty show, {@code (r1 / r20)^d} is below 0.002 for
 * about 4 % of the rows. Near copies are far nearer. Rows that repeat others after a fixed number of rows show by that
 * number, which by chance hardly two rows have in common.
 */
final class NearCopies {

    private static final int NEAREST = 20;
    private static final int FEWEST = 100;

    /** Rows that are compared with all others, and the differences of signals that may be computed for it. */
    private static final int MOST_COMPARED = 250;

    private static final double MOST_DIFFERENCES = 4e7;

    private static final double CLOSE = 0.002;
    private static final double SHARE_CLOSE = 0.3;
    private static final double SHARE_AT_LAG = 0.2;

    /** Values of so many rows tell rows apart; a signal of fewer cannot. */
    private static final double DISTINCT = 0.02;

    /** The mean distance at a lag, against that of all pairs of rows. */
    private static final double ALIKE = 0.6;

    private static final double ALIKE_NEXT = 0.4;

    /** Lags from which on rows of one user that follow each other cannot be meant. */
    private static final int FAR = 10;

    private static final int FEWEST_PAIRS = 20;

    private final float[][] signals;
    private final double[] distanceAtLag;
    private final int[] pairsAtLag;
    private final boolean[] ranked;
    private final int rows;
    private final int fine;
    private final int @Nullable [] groups;

    private NearCopies(float[][] signals, boolean[] ranked, int rows, int fine, int @Nullable [] groups) {
        this.signals = signals;
        this.distanceAtLag = new double[rows];
        this.pairsAtLag = new int[rows];
        this.ranked = ranked;
        this.rows = rows;
        this.fine = fine;
        this.groups = groups;
    }

    /** The doubt about the rows of a data set; empty if there is none, or if too few signals tell rows apart. */
    static Optional<DataDoubt> of(DataSet data) {
        List<Signal> declared = data.schema().declared();
        if (data.rows() < FEWEST || declared.size() < 2) {
            return Optional.empty();
        }
        float[][] signals = new float[declared.size()][];
        boolean[] ranked = new boolean[signals.length];
        int fine = 0;
        for (int i = 0; i < signals.length; i++) {
            double[] values = data.column(i);
            ranked[i] = declared.get(i) instanceof NumericSignal;
            double[] sorted = sample(values);
            fine += ranked[i]
                            && Arrays.stream(sorted).distinct().count() >= DISTINCT * sorted.length
                            && sorted.length > 20
                    ? 1
                    : 0;
            signals[i] = ranked[i] ? ranks(values, sorted) : codes(values);
        }
        return new NearCopies(signals, ranked, data.rows(), fine, data.groups()).doubt();
    }

    private static double[] sample(double[] values) {
        int kept = Math.min(values.length, 2000);
        double[] some = new double[kept];
        for (int i = 0; i < kept; i++) {
            some[i] = values[(int) ((long) i * values.length / kept)];
        }
        return Arrays.stream(some)
                .filter(value -> !Double.isNaN(value))
                .sorted()
                .toArray();
    }

    /** The share of the sample below each value, with what lies between two values of it. */
    private static float[] ranks(double[] values, double[] sorted) {
        float[] ranks = new float[values.length];
        for (int row = 0; row < values.length; row++) {
            double value = values[row];
            if (Double.isNaN(value) || sorted.length == 0) {
                ranks[row] = Float.NaN;
                continue;
            }
            int at = Arrays.binarySearch(sorted, value);
            double rank = at;
            if (at < 0) {
                int next = -1 - at;
                double below = sorted[Math.max(0, next - 1)];
                double above = sorted[Math.min(sorted.length - 1, next)];
                rank = next - (above > below ? (above - value) / (above - below) : 0);
            }
            ranks[row] = (float) (rank / sorted.length);
        }
        return ranks;
    }

    private static float[] codes(double[] values) {
        float[] codes = new float[values.length];
        for (int row = 0; row < values.length; row++) {
            codes[row] = (float) values[row];
        }
        return codes;
    }

    private Optional<DataDoubt> doubt() {
        int compared = (int) Math.max(40, Math.min(MOST_COMPARED, MOST_DIFFERENCES / rows / signals.length));
        compared = Math.min(compared, rows);
        List<float[]> found = new ArrayList<>();
        Map<Integer, Integer> lags = new HashMap<>();
        double logs = 0;
        for (int i = 0; i < compared; i++) {
            int row = (int) ((long) i * rows / compared);
            float[] nearest = new float[NEAREST];
            int partner = nearest(row, nearest);
            if (nearest[0] < nearest[1] || nearest[1] < nearest[2]) {
                lags.merge(Math.abs(row - partner), 1, Integer::sum);
            }
            if (nearest[NEAREST / 2 - 1] > 0) {
                logs += Math.log(nearest[NEAREST - 1] / nearest[NEAREST / 2 - 1]);
                found.add(nearest);
            }
        }
        double dimension = Math.min(signals.length, Math.log(2) / Math.max(logs / Math.max(1, found.size()), 1e-3));
        long close = found.stream()
                .filter(nearest -> Math.pow(nearest[0] / nearest[NEAREST - 1], Math.max(dimension, fine / 2.0)) < CLOSE)
                .count();
        int lag = lags.entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .map(Map.Entry::getKey)
                .orElse(0);
        int atLag = lags.getOrDefault(lag, 0);
        double share = fine < 2 || found.isEmpty() ? 0 : (double) close / found.size();
        boolean lagged = atLag >= 10 && atLag >= SHARE_AT_LAG * compared;
        int alike = lagged || signals.length < 3 ? 0 : lagOfLikeRows();
        if (alike > 0) {
            return Optional.of(doubt(1, alike));
        }
        if (share < SHARE_CLOSE && !lagged) {
            return Optional.empty();
        }
        return Optional.of(doubt(Math.max(share, (double) atLag / compared), lagged ? lag : 0));
    }

    /** The number of rows after which rows are like others, other than in a file that is sorted; 0 if there is none. */
    private int lagOfLikeRows() {
        double all =
                Arrays.stream(distanceAtLag).sum() / Arrays.stream(pairsAtLag).sum();
        if (mean(1) < ALIKE_NEXT * all) {
            return 1;
        }
        for (int lag = 2; lag < rows; lag++) {
            double mean = mean(lag);
            double around = 0;
            int others = 0;
            for (int other = Math.max(1, lag - 5); other <= Math.min(rows - 1, lag + 5); other++) {
                boolean known = other != lag && pairsAtLag[other] >= FEWEST_PAIRS;
                around += known ? mean(other) : 0;
                others += known ? 1 : 0;
            }
            if (mean < (lag < FAR ? ALIKE_NEXT : ALIKE) * all && others > 0 && mean < 0.75 * around / others) {
                return lag;
            }
        }
        return 0;
    }

    private double mean(int lag) {
        return pairsAtLag[lag] < FEWEST_PAIRS ? Double.POSITIVE_INFINITY : distanceAtLag[lag] / pairsAtLag[lag];
    }

    private static DataDoubt doubt(double share, int lag) {
        return new DataDoubt(
                "near_copies",
                "",
                share,
                false,
                String.format(
                        Locale.ROOT,
                        "about %.0f %% of the rows are near copies of another row%s, so that rows which are held out are"
                                + " known to the fit in part and what is measured on them flatters; if users have several"
                                + " rows, split by user (--group-split COLUMN, DataSet.groupedBy) or by time"
                                + " (--holdout-from DATE --date COLUMN, DataSet.splitAt), or keep one row of each",
                        100 * share,
                        lag > 0 ? ", mostly " + lag + (lag == 1 ? " row away" : " rows away") : ""));
    }

    /** The row that is nearest to another one, and the distances of the nearest ones, ascending. */
    private int nearest(int row, float[] distances) {
        Arrays.fill(distances, Float.POSITIVE_INFINITY);
        int partner = row;
        float[] all = new float[rows];
        for (int j = 0; j < signals.length; j++) {
            float[] column = signals[j];
            float own = column[row];
            boolean missing = Float.isNaN(own);
            for (int i = 0; i < rows; i++) {
                float other = column[i];
                boolean same = missing ? Float.isNaN(other) : own == other;
                all[i] += same ? 0 : ranked[j] && !missing && !Float.isNaN(other) ? Math.abs(own - other) : 0.5f;
            }
        }
        for (int i = 0; i < rows; i++) {
            if (i != row && (groups == null || groups[i] != groups[row])) {
                distanceAtLag[Math.abs(i - row)] += all[i];
                pairsAtLag[Math.abs(i - row)]++;
            }
            if (i == row || all[i] >= distances[NEAREST - 1] || (groups != null && groups[i] == groups[row])) {
                continue;
            }
            if (all[i] < distances[0]) {
                partner = i;
            }
            int at = NEAREST - 1;
            while (at > 0 && distances[at - 1] > all[i]) {
                distances[at] = distances[at - 1];
                at--;
            }
            distances[at] = all[i];
        }
        return partner;
    }
}
