package io.conversion.workbench.users;

import io.conversion.core.ConversionModel;
import io.conversion.core.Scorer;
import io.conversion.model.data.CsvSignals;
import io.conversion.workbench.console.Console;
import io.conversion.workbench.console.KeyColumn;
import io.conversion.workbench.console.KeyCount;
import io.conversion.workbench.console.ModelAndUsers;
import io.conversion.workbench.console.Numbers;
import io.conversion.workbench.console.OutputFile;
import io.conversion.workbench.console.Progress;
import io.conversion.workbench.console.RefusedRows;
import io.conversion.workbench.console.Threads;
import io.conversion.workbench.console.UserFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Scores users, row by row and in constant memory. */
@Command(
        name = "score",
        header = "Writes the probability of conversion of each user.",
        description = {
            "The columns of the output are row (from 0), with --key also key, log_odds",
            "(calibrated), raw_log_odds, probability, with --interval lower and upper, and",
            "problem. A row that the model's schema refuses has its problem and no numbers;",
            "it does not stop the run. Numbers have all their digits. Files of any size are",
            "scored in constant memory."
        },
        customSynopsis = "workbench score --model FILE --data FILE --out FILE [OPTIONS]",
        footer = "  workbench score --model model/model.json --data users.csv --out scores.csv")
public final class ScoreCommand implements Callable<Integer> {

    private final RefusedRows refused = new RefusedRows();
    private long rows;

    @Mixin
    private Console console;

    @Mixin
    private ModelAndUsers source;

    @Mixin
    private KeyColumn key;

    @Mixin
    private IntervalOption interval;

    @Mixin
    private Threads threads;

    @Option(names = "--out", paramLabel = "FILE", required = true, description = "The CSV file of scores to write.")
    private Path out;

    @Option(
            names = "--strict",
            order = 2,
            description = "Ends with exit code 1 if any row was refused. The scores are written all the same.")
    private boolean strict;

    @Override
    public Integer call() throws IOException {
        OutputFile file = OutputFile.of(out, source.files().refuseUnreadable());
        ConversionModel model = source.loadModel();
        interval.check(model);
        UserFile userFile = source.userFile(model);
        key.keepIn(userFile);
        KeyCount keys = key.count();
        PrintWriter print = console.out();
        try (Progress progress = Progress.ofReading(source.data());
                CsvSignals users = userFile.open(progress)) {
            file.write(writer -> write(users, model.scorer(), keys, writer));
            print.println("model " + model.reference());
            print.println(userFile.passedOver());
        }
        print.println("wrote " + out + ": " + Numbers.count(rows - refused.count()) + " of "
                + Numbers.count(rows, "user") + " scored");
        refused.print(rows, console.err());
        keys.print(console.err());
        return strict && refused.count() > 0 ? Console.REFUSED : 0;
    }

    private void write(CsvSignals users, Scorer scorer, KeyCount keys, Writer writer) throws IOException {
        writer.write(ScoreLines.header(key, interval));
        threads.forEachChunk(users, chunk -> ScoreLines.of(chunk, scorer, key, interval), lines -> {
            lines.users().forEach(user -> add(user, keys));
            writer.write(lines.text());
        });
    }

    private void add(ScoreLines.User user, KeyCount keys) {
        rows++;
        keys.add(user.row(), user.key());
        if (user.problem() != null) {
            refused.add(user.row(), user.key(), user.problem());
        }
    }
}
