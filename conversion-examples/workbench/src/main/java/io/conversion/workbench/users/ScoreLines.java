package io.conversion.workbench.users;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
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

    static String header(KeyColumn key) {
        return (key.isGiven() ? "row,key" : "row") + ",log_odds,raw_log_odds,probability,problem\n";
    }

    static ScoreLines of(Iterable<CsvSignals.Row> rows, Scorer scorer, KeyColumn key) {
        StringWriter text = new StringWriter();
        List<User> users = new ArrayList<>();
        try (CsvWriter csv = CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(text)) {
            for (CsvSignals.Row row : rows) {
                users.add(write(row, scorer, key, csv));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new ScoreLines(text.toString(), users);
    }

    private static User write(CsvSignals.Row row, Scorer scorer, KeyColumn key, CsvWriter csv) {
        Score score =
                row.reading() instanceof SignalReading.Accepted accepted ? scorer.score(accepted.signals()) : null;
        User user = new User(row.row(), key.of(row), problem(row.reading(), score));
        List<String> cells = new ArrayList<>();
        cells.add(String.valueOf(user.row()));
        if (key.isGiven()) {
            cells.add(user.key());
        }
        if (score == null || user.problem() != null) {
            cells.addAll(List.of("", "", "", String.valueOf(user.problem())));
        } else {
            cells.add(Double.toString(score.logOdds()));
            cells.add(Double.toString(score.rawLogOdds()));
            cells.add(Double.toString(score.probability()));
            cells.add("");
        }
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
