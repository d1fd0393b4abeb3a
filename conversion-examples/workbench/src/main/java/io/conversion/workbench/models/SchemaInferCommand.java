package io.conversion.workbench.models;

import io.conversion.core.signals.SignalSchema;
import io.conversion.model.data.CsvDataSet;
import io.conversion.workbench.console.Console;
import io.conversion.workbench.console.InputFiles;
import io.conversion.workbench.console.OutputFile;
import io.conversion.workbench.console.Progress;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Infers a schema from a file and writes it, to be edited and given to the training. */
@Command(
        name = "infer",
        header = "Infers the signal schema of a CSV file and writes it.",
        description = {
            "A column of finite numbers becomes a numeric signal, true/false and 0/1 a flag,",
            "anything else a categorical signal with its levels sorted. Where all numbers of",
            "a column are whole, others are refused. A column with empty cells imputes, any",
            "other refuses missing values; unseen levels are refused. Edit the file where you",
            "know better (units, meanings, ranges) and give it to the training with --schema.",
            "It is a draft without a digest, so that every edit is fine. Without --schema,",
            "the training takes 0/1 and whole numbers for numbers like any other."
        },
        customSynopsis = "workbench schema infer --data FILE --label COLUMN --out FILE [OPTIONS]",
        footer = {
            "  workbench schema infer --data users.csv --label converted \\",
            "                         --out schema.json"
        })
final class SchemaInferCommand implements Callable<Integer> {

    @Mixin
    private Console console;

    @Mixin
    private LabelledFile users;

    @Option(names = "--out", paramLabel = "FILE", required = true, description = "The schema file to write, as JSON.")
    private Path out;

    @Option(
            names = "--ranges",
            description = "Propose for each number the range that it has in the file, to which later values are"
                    + " clipped.")
    private boolean ranges;

    @Override
    public Integer call() throws IOException {
        OutputFile file =
                OutputFile.of(out, InputFiles.of("--data", users.path()).refuseUnreadable());
        SignalSchema schema = infer();
        PrintWriter print = console.out();
        SchemaDescription.print(schema, print);
        List<String> excluded = users.excluded();
        print.println("not signals: " + users.label() + " (the label)"
                + (excluded.isEmpty() ? "" : ", " + String.join(", ", excluded) + " (excluded)"));
        file.write(schema.toDraftJson(), print);
        return 0;
    }

    private SignalSchema infer() throws IOException {
        try (Progress progress = Progress.ofReading(users.path())) {
            CsvDataSet.Options options = users.options().progress(progress).doubts(console.err()::println);
            SignalSchema proposed = CsvDataSet.proposeSchema(users.path(), options);
            return ranges
                    ? CsvDataSet.read(users.path(), options.schema(proposed)).schemaWithRanges()
                    : proposed;
        }
    }
}
