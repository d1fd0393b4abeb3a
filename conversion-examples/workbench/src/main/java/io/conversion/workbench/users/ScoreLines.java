package io.conversion.workbench.users;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import io.conversion.core.Score;
import io.conversion.core.Scorer;
import io.conversion.core.signals.SignalReading;
import io.conversion.model.data.CsvSignals;
import io.conversion.workbench.console.RefusedRows;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The lines of a score file for some rows.
 *
 * @param text the lines
 * @param rows how many they are
 * @param problems why rows were refused, by the number of the row
 */
record ScoreLines(String text, long rows, Map<Long, String> problems) {

    static final String HEADER = "row,log_odds,raw_log_odds,probability,problem\n";

    static ScoreLines of(Iterable<CsvSignals.Row> users, Scorer scorer) {
        StringWriter text = new StringWriter();
        Map<Long, String> problems = new LinkedHashMap<>();
        long rows = 0;
        try (CsvWriter csv = CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(text)) {
            for (CsvSignals.Row row : users) {
                rows++;
                write(row, scorer, csv, problems);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new ScoreLines(text.toString(), rows, problems);
    }

    private static void write(CsvSignals.Row row, Scorer scorer, CsvWriter csv, Map<Long, String> problems) {
        String number = String.valueOf(row.row());
        if (row.reading() instanceof SignalReading.Refused refused) {
            String problem = RefusedRows.problem(refused);
            problems.put(row.row(), problem);
            csv.writeRecord(number, "", "", "", problem);
            return;
        }
        Score score = scorer.score(row.reading().orElseThrow());
        if (Double.isNaN(score.probability())) {
            String problem = "the score has log-odds " + score.logOdds() + " and no probability";
            problems.put(row.row(), problem);
            csv.writeRecord(number, "", "", "", problem);
            return;
        }
        csv.writeRecord(
                number,
                Double.toString(score.logOdds()),
                Double.toString(score.rawLogOdds()),
                Double.toString(score.probability()),
                "");
    }
}
