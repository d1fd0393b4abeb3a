package io.conversion.model.data;

import io.conversion.core.json.ArtifactText;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Users who are split by time.
 *
 * @param day the first day of the hold-out
 * @param training those before the day
 * @param holdout those from the day on
 * @param leftOut how many rows are in neither, since their group has rows on both sides
 */
public record TimeSplit(LocalDate day, DataSet training, DataSet holdout, int leftOut) {

    private static final int NAMED = 10;

    /** Splits at the day from which on the share of rows is nearest to the one that is asked for. */
    static TimeSplit ofLatest(DataSet data, String column, double share) {
        TreeMap<LocalDate, Long> rows = new TreeMap<>();
        data.attribute(column).forEach(text -> DateSpelling.day(text).ifPresent(day -> rows.merge(day, 1L, Long::sum)));
        if (rows.size() == 1) {
            throw new InvalidDataException("column " + ArtifactText.quoted(column) + " has no other day than "
                    + rows.firstKey() + ", so that none is later; split by another column, or by a hash");
        }
        double wanted = share * rows.values().stream().mapToLong(count -> count).sum();
        // Where no row has a date the split says which; any day will do.
        LocalDate best = LocalDate.EPOCH;
        double off = Double.POSITIVE_INFINITY;
        long later = 0;
        for (Map.Entry<LocalDate, Long> day : rows.descendingMap().entrySet()) {
            later += day.getValue();
            boolean somethingIsEarlier = !day.getKey().equals(rows.firstKey());
            if (somethingIsEarlier && Math.abs(later - wanted) < off) {
                off = Math.abs(later - wanted);
                best = day.getKey();
            }
        }
        return of(data, column, best);
    }

    static TimeSplit of(DataSet data, String column, LocalDate day) {
        List<String> texts = data.attribute(column);
        @Nullable LocalDate[] dates = new LocalDate[texts.size()];
        Map<LocalDate, Long> rows = new HashMap<>();
        for (int row = 0; row < dates.length; row++) {
            dates[row] = DateSpelling.day(texts.get(row)).orElse(null);
            if (dates[row] != null) {
                rows.merge(dates[row], 1L, Long::sum);
            }
        }
        DayRange range = rows.isEmpty() ? new DayRange(day, day) : DayRange.of(rows);
        boolean[] later = new boolean[texts.size()];
        List<String> bad = new ArrayList<>();
        int problems = 0;
        int missing = 0;
        for (int row = 0; row < later.length; row++) {
            LocalDate date = dates[row];
            if ((date == null || !range.contains(date)) && problems++ < NAMED) {
                bad.add(data.place(row) + ": " + problem(texts.get(row), date, range));
            }
            missing += date == null ? 1 : 0;
            later[row] = date != null && !date.isBefore(day);
        }
        if (problems > 0) {
            throw new InvalidDataException(
                    "column " + ArtifactText.quoted(column) + " has "
                            + (problems == missing ? "no date" : "no date, or one far away from all others,") + " in "
                            + problems + " of " + later.length
                            + " rows" + (problems > NAMED ? "; the first ten:" : ":") + "\n  "
                            + String.join("\n  ", bad),
                    bad);
        }
        int[] groups = data.groups();
        boolean[] early = new boolean[later.length];
        for (int row = 0; row < later.length; row++) {
            int group = groups == null ? row : groups[row];
            // Numbers of groups may be those of a larger data set.
            if (group >= early.length) {
                early = Arrays.copyOf(early, group + 1);
            }
            early[group] |= !later[row];
        }
        boolean[] known = early;
        DataSet training = data.rows(row -> !later[row]);
        DataSet holdout = data.rows(row -> {
            int group = groups == null ? row : groups[row];
            return later[row] && !(group < known.length && known[group]);
        });
        if (training.rows() == 0 || holdout.rows() == 0) {
            throw new InvalidDataException("no row lies " + (training.rows() == 0 ? "before " : "on or after ") + day
                    + " in column " + ArtifactText.quoted(column)
                    + (training.rows() > 0 && groups != null ? ", of a group without earlier rows" : "")
                    + "; give another day");
        }
        return new TimeSplit(day, training, holdout, data.rows() - training.rows() - holdout.rows());
    }

    private static String problem(String text, @Nullable LocalDate date, DayRange range) {
        if (date != null) {
            return range.placeOf(date);
        }
        return text.isEmpty()
                ? "the date is missing"
                : ArtifactText.quoted(text) + " is no date; write it like 2024-03-01";
    }
}
