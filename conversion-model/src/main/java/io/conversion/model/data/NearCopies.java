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
import java.util.stream.IntStream;
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

    /** Rows whose distances to all others are held at a time. */
    private static final int AT_ONCE = 8;

    private static final int FEWEST = 100;

    /** Rows that are compared with all others, and the differences of signals that may be computed for it. */
    private static final int MOST_COMPARED = 250;

    private static final double MOST_DIFFERENCES = 4e7;

    private static final double CLOSE = 0.002;
    private static final double SHARE_CLOSE = 0.3;
    private static final double SHARE_AT_LAG = 0.2;

    /** The mean distance at a lag, against that of all pairs of rows. */
    private static final double ALIKE = 0.6;

    private static final double ALIKE_NEXT = 0.4;

    /** Lags from which on rows of one user that follow each other cannot be meant. */
    private static final int FAR = 10;

    private static final int FEWEST_PAIRS = 20;

    private final List<SignalRanks> signals;
    private final double[] distanceAtLag;
    private final int[] pairsAtLag;
    private final int rows;
    private final int fine;
    private final int @Nullable [] groups;

    private NearCopies(List<SignalRanks> signals, int rows, int @Nullable [] groups) {
        this.signals = signals;
        this.distanceAtLag = new double[rows];
        this.pairsAtLag = new int[rows];
        this.rows = rows;
        this.fine = (int) signals.stream().filter(SignalRanks::isFine).count();
        this.groups = groups;
    }

    /** The doubt about the rows of a data set; empty if there is none, or if too few signals tell rows apart. */
    static Optional<DataDoubt> of(DataSet data) {
        List<Signal> declared = data.schema().declared();
        if (data.rows() < FEWEST || declared.size() < 2) {
            return Optional.empty();
        }
        List<SignalRanks> signals = IntStream.range(0, declared.size())
                .parallel()
                .mapToObj(i -> declared.get(i) instanceof NumericSignal
                        ? SignalRanks.ofNumbers(data.columns().get(i).values())
                        : SignalRanks.ofCodes(data.columns().get(i).values()))
                .toList();
        return new NearCopies(signals, data.rows(), data.groups()).doubt();
    }

    private Optional<DataDoubt> doubt() {
        int compared = (int) Math.max(40, Math.min(MOST_COMPARED, MOST_DIFFERENCES / rows / signals.size()));
        compared = Math.min(compared, rows);
        List<float[]> found = new ArrayList<>();
        Map<Integer, Integer> lags = new HashMap<>();
        double logs = 0;
        for (Neighbours of : neighbours(compared)) {
            float[] nearest = of.nearest;
            if (nearest[0] < nearest[1] || nearest[1] < nearest[2]) {
                lags.merge(Math.abs(of.row - of.partner), 1, Integer::sum);
            }
            if (nearest[NEAREST / 2 - 1] > 0) {
                logs += Math.log(nearest[NEAREST - 1] / nearest[NEAREST / 2 - 1]);
                found.add(nearest);
            }
        }
        double dimension = Math.min(signals.size(), Math.log(2) / Math.max(logs / Math.max(1, found.size()), 1e-3));
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
        int alike = lagged || signals.size() < 3 ? 0 : lagOfLikeRows();
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
            if (mean < (lag < FAR ? ALIKE_NEXT : ALIKE) * all && mean < 0.75 * meanAround(lag)) {
                return lag;
            }
        }
        return 0;
    }

    /** The mean of the lags around one; 0 if none of them has enough pairs. */
    private double meanAround(int lag) {
        return IntStream.rangeClosed(Math.max(1, lag - 5), Math.min(rows - 1, lag + 5))
                .filter(other -> other != lag && pairsAtLag[other] >= FEWEST_PAIRS)
                .mapToDouble(this::mean)
                .average()
                .orElse(0);
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

    /** The neighbours of some rows, evenly over all, side by side; what their distances add to the lags row by row. */
    private List<Neighbours> neighbours(int compared) {
        List<Neighbours> neighbours = new ArrayList<>();
        float[][] distances = new float[Math.min(AT_ONCE, compared)][rows];
        for (int from = 0; from < compared; from += AT_ONCE) {
            int first = from;
            List<Neighbours> some = IntStream.range(0, Math.min(AT_ONCE, compared - from))
                    .parallel()
                    .mapToObj(i -> neighbours((int) ((long) (first + i) * rows / compared), distances[i]))
                    .toList();
            for (int i = 0; i < some.size(); i++) {
                addLags(some.get(i).row, distances[i]);
            }
            neighbours.addAll(some);
        }
        return neighbours;
    }

    private Neighbours neighbours(int row, float[] distances) {
        Arrays.fill(distances, 0);
        signals.forEach(signal -> signal.addDistances(row, distances));
        float[] nearest = new float[NEAREST];
        Arrays.fill(nearest, Float.POSITIVE_INFINITY);
        int partner = row;
        for (int i = 0; i < rows; i++) {
            if (distances[i] >= nearest[NEAREST - 1] || isSame(row, i)) {
                continue;
            }
            if (distances[i] < nearest[0]) {
                partner = i;
            }
            int at = NEAREST - 1;
            while (at > 0 && nearest[at - 1] > distances[i]) {
                nearest[at] = nearest[at - 1];
                at--;
            }
            nearest[at] = distances[i];
        }
        return new Neighbours(row, partner, nearest);
    }

    private void addLags(int row, float[] distances) {
        for (int i = 0; i < rows; i++) {
            if (!isSame(row, i)) {
                distanceAtLag[Math.abs(i - row)] += distances[i];
                pairsAtLag[Math.abs(i - row)]++;
            }
        }
    }

    /** Whether two rows are one, or of one group. */
    private boolean isSame(int row, int other) {
        return row == other || (groups != null && groups[row] == groups[other]);
    }

    /**
     * What lies around a row.
     *
     * @param partner the row that is nearest to it
     * @param nearest the distances of the nearest ones, ascending
     */
    @SuppressWarnings("ArrayRecordComponent")
    private record Neighbours(int row, int partner, float[] nearest) {}
}
