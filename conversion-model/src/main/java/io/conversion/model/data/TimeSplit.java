package io.conversion.model.data;

import io.conversion.core.json.ArtifactText;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Users who are split by time.
 *
 * @param training those before the day
 * @param holdout those from the day on
 * @param leftOut how many rows are in neither, since their group has rows on both sides
 */
public record TimeSplit(DataSet training, DataSet holdout, int leftOut) {

    private static final int NAMED = 10;

    static TimeSplit of(DataSet data, String column, LocalDate day) {
        List<String> texts = data.attribute(column);
        boolean[] later = new boolean[texts.size()];
        List<String> bad = new ArrayList<>();
        int problems = 0;
        for (int row = 0; row < later.length; row++) {
            LocalDate date = DateSpelling.day(texts.get(row)).orElse(null);
            if (date == null && problems++ < NAMED) {
                bad.add(data.place(row) + ": "
                        + (texts.get(row).isEmpty()
                                ? "the date is missing"
                                : ArtifactText.quoted(texts.get(row)) + " is no date; write it like 2024-03-01"));
            }
            later[row] = date != null && !date.isBefore(day);
        }
        if (problems > 0) {
            throw new InvalidDataException(
                    "column " + ArtifactText.quoted(column) + " has no date in " + problems + " of " + later.length
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
        return new TimeSplit(training, holdout, data.rows() - training.rows() - holdout.rows());
    }
}
