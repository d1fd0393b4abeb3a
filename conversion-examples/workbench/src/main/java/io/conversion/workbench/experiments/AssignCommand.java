package io.conversion.workbench.experiments;

import io.conversion.model.data.CsvColumns;
import io.conversion.policy.Experiment;
import io.conversion.workbench.console.Console;
import io.conversion.workbench.console.CsvSpelling;
import io.conversion.workbench.console.InputFiles;
import io.conversion.workbench.console.Numbers;
import io.conversion.workbench.console.OutputFile;
import io.conversion.workbench.console.Progress;
import io.conversion.workbench.console.TextTable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Says which arm each user of a file is in. */
@Command(
        name = "assign",
        header = "Says which arm each user of a file is in.",
        description = {
            "Writes the pseudonym and the draws of each key, and the arm. It is the same rule",
            "that a service decides by, but for what only signals tell: an eligibility",
            "condition is not looked at, nor is the time."
        },
        customSynopsis = "workbench experiment assign --experiment FILE --data FILE --key COLUMN%n"
                + "                              --out FILE",
        footer = {
            "  workbench experiment assign --experiment annual-offer.json --data users.csv \\",
            "                              --key user_id --out assigned.csv"
        })
final class AssignCommand implements Callable<Integer> {

    @Mixin
    private Console console;

    @Mixin
    private CsvSpelling spelling;

    @Option(names = "--experiment", paramLabel = "FILE", required = true, description = "The file of the experiment.")
    private Path experiment;

    @Option(names = "--data", paramLabel = "FILE", required = true, description = "The CSV file of users.")
    private Path data;

    @Option(names = "--key", paramLabel = "COLUMN", required = true, description = "The column of the users' keys.")
    private String key;

    @Option(names = "--out", paramLabel = "FILE", required = true, description = "The CSV file to write.")
    private Path out;

    @Override
    public Integer call() throws IOException {
        InputFiles inputs =
                InputFiles.of("--experiment", experiment).and("--data", data).refuseUnreadable();
        OutputFile file = OutputFile.of(out, inputs);
        Experiment of = Experiment.load(experiment);
        Map<String, Long> counts = new TreeMap<>();
        file.write(text -> {
            text.write("row,unit,layer_draw,draw,standing,arm\n");
            try (Progress progress = Progress.ofReading(data);
                    CsvColumns rows = CsvColumns.open(data, spelling.dialect(), List.of(key), progress)) {
                for (long row = 0; rows.hasNext(); row++) {
                    text.write(row + "," + line(of, rows.next().cells().get(0), counts) + "\n");
                }
            }
        });
        TextTable table = new TextTable("lr");
        counts.forEach((where, count) -> table.row("  " + where, Numbers.count(count)));
        table.print(console.out());
        console.out().println("wrote " + out);
        return 0;
    }

    private static String line(Experiment of, String key, Map<String, Long> counts) {
        if (key.isEmpty()) {
            counts.merge("no key", 1L, Long::sum);
            return ",,,no_key,";
        }
        double layerDraw = of.layer().draw(key);
        double draw = of.draw(key);
        String forced = of.forced().get(key);
        boolean inside = of.layer().includes(layerDraw);
        String arm = forced != null ? forced : inside ? of.arm(draw).name() : "";
        String standing = forced != null ? "forced" : inside ? "drawn" : "outside_layer";
        counts.merge(arm.isEmpty() ? standing.replace('_', ' ') : "arm " + arm, 1L, Long::sum);
        return String.format(Locale.ROOT, "%s,%s,%s,%s,%s", of.unit(key), layerDraw, draw, standing, csv(arm));
    }

    private static String csv(String text) {
        // As CSV has it, which is no quoting of a name in a sentence.
        return text.matches("[^,;\"\\r\\n]*") ? text : String.join(text.replace("\"", "\"\""), "\"", "\"");
    }
}
