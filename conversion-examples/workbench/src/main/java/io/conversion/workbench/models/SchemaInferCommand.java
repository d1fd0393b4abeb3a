package io.conversion.workbench.models;

import io.conversion.core.signals.SignalSchema;
import io.conversion.model.data.CsvDataSet;
import io.conversion.workbench.console.InputFiles;
import io.conversion.workbench.console.OutputFile;
import io.conversion.workbench.console.Progress;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Infers a schema from a file and writes it, to be edited and given to the training. */
@Command(
        name = "infer",
        header = "Infers the signal schema of a CSV file and writes it.",
        description = {
            "A column of finite numbers becomes a numeric signal, true/false a flag, anything",
            "else a categorical signal with its levels sorted. A column with empty cells",
            "imputes, any other refuses missing values; unseen levels are refused. Edit the",
            "file where you know better (units, ranges, flags that are written 0/1) and give",
            "it to the training with --schema."
        },
        customSynopsis = "workbench schema infer --data FILE --label COLUMN --out FILE [OPTIONS]",
        footer = {
            "  workbench schema infer --data train.csv --label converted \\",
            "                         --exclude user_id --out schema.json"
        })
// picocli sets the spec and the required options. To be removed when NullAway knows its annotations.
@SuppressWarnings("NullAway.Init")
final class SchemaInferCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Option(names = "--data", paramLabel = "FILE", required = true, description = "The CSV file of users.")
    private Path data;

    @Option(
            names = "--label",
            paramLabel = "COLUMN",
            required = true,
            description = "The column that holds the outcome. It is not a signal.")
    private String label;

    @Option(
            names = "--exclude",
            paramLabel = "A,B",
            split = ",",
            hideParamSyntax = true,
            description = "Columns that are no signals, such as an identifier (default: none).")
    private List<String> exclude = List.of();

    @Option(names = "--out", paramLabel = "FILE", required = true, description = "The schema file to write, as JSON.")
    private Path out;

    @Override
    public Integer call() throws IOException {
        OutputFile file = OutputFile.of(out, InputFiles.of("--data", data).refuseUnreadable());
        List<String> excluded = exclude.stream().map(String::strip).toList();
        SignalSchema schema = infer(excluded);
        PrintWriter print = spec.commandLine().getOut();
        SchemaDescription.print(schema, print);
        print.println("not signals: " + label + " (the label)"
                + (excluded.isEmpty() ? "" : ", " + String.join(", ", excluded) + " (excluded)"));
        InferredSchema.doubts(schema).forEach(spec.commandLine().getErr()::println);
        file.write(schema.toJson(), print);
        return 0;
    }

    private SignalSchema infer(List<String> excluded) throws IOException {
        try (Progress progress = Progress.ofReading(data)) {
            return CsvDataSet.inferSchema(
                    data, CsvDataSet.label(label).exclude(excluded).progress(progress));
        }
    }
}
