package io.conversion.workbench.users;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import io.conversion.core.ProbabilityInterval;
import io.conversion.core.Score;
import io.conversion.core.Scorer;
import io.conversion.core.signals.SignalReading;
import io.conversion.model.data.CsvSignals;
import io.conversion.workbench.console.KeyColumn;
import io.conversion.workbench.console.RefusedRows;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The lines of a score file for some rows.
 *
 * @param text the lines
 * @param users who they are and why they were refused
 */
record ScoreLines(String text, List<User> users) {

    /**
     * One user of a score file.
     *
     * @param row the number of the row
     * @param key the key; empty if there is none
     * @param problem why there is no score; null if there is one
     */
    record User(long row, String key, @Nullable String problem) {}

    static String header(KeyColumn key, IntervalOption interval) {
        return (key.isGiven() ? "row,key" : "row") + ",log_odds,raw_log_odds,probability,"
                + (interval.isGiven() ? "lower,upper,problem\n" : "problem\n");
    }

    static ScoreLines of(Iterable<CsvSignals.Row> rows, Scorer scorer, KeyColumn key, IntervalOption interval) {
        StringWriter text = new StringWriter();
        List<User> users = new ArrayList<>();
        try (CsvWriter csv = CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(text)) {
            for (CsvSignals.Row row : rows) {
                users.add(write(row, scorer, key, interval, csv));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new ScoreLines(text.toString(), users);
    }

    private static User write(
            CsvSignals.Row row, Scorer scorer, KeyColumn key, IntervalOption interval, CsvWriter csv) {
        Score score =
                row.reading() instanceof SignalReading.Accepted accepted ? scorer.score(accepted.signals()) : null;
        User user = new User(row.row(), key.of(row), problem(row.reading(), score));
        List<String> cells = new ArrayList<>();
        cells.add(String.valueOf(user.row()));
        if (key.isGiven()) {
            cells.add(user.key());
        }
        Score scored = user.problem() == null ? score : null;
        cells.add(scored == null ? "" : Double.toString(scored.logOdds()));
        cells.add(scored == null ? "" : Double.toString(scored.rawLogOdds()));
        cells.add(scored == null ? "" : Double.toString(scored.probability()));
        if (interval.isGiven()) {
            Optional<ProbabilityInterval> around = scored == null ? Optional.empty() : interval.of(scored);
            cells.add(around.map(ends -> Double.toString(ends.lower())).orElse(""));
            cells.add(around.map(ends -> Double.toString(ends.upper())).orElse(""));
        }
        cells.add(Objects.requireNonNullElse(user.problem(), ""));
        csv.writeRecord(cells);
        return user;
    }

    private static @Nullable String problem(SignalReading reading, @Nullable Score score) {
        if (reading instanceof SignalReading.Refused refused) {
            return RefusedRows.problem(refused);
        }
        return score != null && Double.isNaN(score.probability())
                ? "the score has log-odds " + score.logOdds() + " and no probability"
                : null;
    }
}
