package io.conversion.workbench.models;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import io.conversion.core.signals.Signal;
import io.conversion.experiments.planning.EffectBands;
import io.conversion.model.synthetic.StreamingUsers;
import io.conversion.workbench.console.Console;
import io.conversion.workbench.console.CountConverter;
import io.conversion.workbench.console.EffectBandsConverter;
import io.conversion.workbench.console.InputFiles;
import io.conversion.workbench.console.Numbers;
import io.conversion.workbench.console.OutputFile;
import io.conversion.workbench.console.Progress;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Writes synthetic users to try the other commands on. */
@Command(
        name = "generate",
        header = "Writes synthetic users of a streaming product to CSV files.",
        description = {
            "Six signals and the label \"converted\" with the values 1 and 0. The same seed",
            "gives the same users on every machine. About 86 %% of them convert.",
            "",
            "With --events, what users do over up to 210 days: signups.csv, events.csv,",
            "purchases.csv and offers.csv in a folder. About 10 %% buy within 30 days of their",
            "signup. Half of those who have not bought by day 5 get an offer by lot; the",
            "column \"true_effect\" is what it adds to the log-odds and no signal.",
            "",
            "With --offer-effect, an experiment, too, in the folder \"experiment\": whoever",
            "has not bought in the first week may get the offer of an annual plan, which adds",
            "the stated effect to the chance to take it within 14 days. users.csv is a table",
            "for \"experiment readout --data\"; experiment.json, decisions.jsonl and",
            "outcomes.csv are the same as a service would have recorded it."
        },
        customSynopsis = "workbench generate --users N --out FILE [--seed S]%n"
                + "       workbench generate --events --users N --out DIR [--seed S]%n"
                + "                          [--offer-effect D | --offer-effect P:D,...]",
        footer = {
            "  workbench generate --users 5000 --seed 7 --out users.csv",
            "  workbench generate --events --users 5000 --seed 7 --out product",
            "  workbench generate --events --users 5000 --seed 7 --out product \\",
            "                     --offer-effect 0:0.01,0.1:0.06"
        })
public final class GenerateCommand implements Callable<Integer> {

    @Mixin
    private Console console;

    @Option(
            names = "--users",
            paramLabel = "N",
            required = true,
            converter = CountConverter.class,
            description = "How many users, at least 1.")
    private long users;

    @Option(
            names = "--out",
            paramLabel = "FILE",
            required = true,
            description = "The CSV file to write, whose folder exists; with --events the folder, which is created.")
    private Path out;

    @Option(names = "--events", description = "Writes signups, events, purchases and offers instead.")
    private boolean events;

    @Option(
            names = "--offer-effect",
            paramLabel = "P:D,...",
            converter = EffectBandsConverter.class,
            description = "With --events: what the offer of an annual plan adds to the chance to take it, such as 0.03,"
                    + " or from each probability on, such as 0:0.01,0.1:0.06.")
    private @Nullable EffectBands offerEffect;

    @Option(
            names = "--seed",
            paramLabel = "S",
            defaultValue = "1",
            description = "A whole number that the users follow from (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Override
    public Integer call() throws IOException {
        if (users < 1) {
            throw console.misuse("--users is " + users + "; at least 1 is needed");
        }
        if (offerEffect != null && !events) {
            throw console.misuse("--offer-effect is of users who are followed; add --events");
        }
        if (events) {
            new EventFiles(out).write(users, seed, console.out());
            if (offerEffect != null) {
                new OfferFiles(out.resolve("experiment"), offerEffect).write(users, seed, console.out());
            }
            return 0;
        }
        OutputFile file = OutputFile.of(out, InputFiles.none());
        try (Progress progress = Progress.ofUsers(users)) {
            file.write(writer -> write(writer, progress));
        }
        console.out().println("wrote " + out + ": " + Numbers.count(users, "user"));
        return 0;
    }

    private void write(Writer writer, Progress progress) throws IOException {
        List<String> signals =
                StreamingUsers.schema().declared().stream().map(Signal::name).toList();
        List<String> header = new ArrayList<>(signals);
        header.add("converted");
        CsvWriter csv = CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(writer);
        csv.writeRecord(header);
        Iterator<StreamingUsers.User> stream = StreamingUsers.stream(seed).iterator();
        for (long written = 0; written < users; progress.accept(++written)) {
            StreamingUsers.User user = stream.next();
            Map<String, Object> values = user.signals();
            List<String> cells = new ArrayList<>(header.size());
            signals.forEach(signal -> cells.add(String.valueOf(values.get(signal))));
            cells.add(user.converted() ? "1" : "0");
            csv.writeRecord(cells);
        }
        csv.flush();
    }
}
