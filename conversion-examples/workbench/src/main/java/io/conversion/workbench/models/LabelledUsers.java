package io.conversion.workbench.models;

import io.conversion.core.signals.SignalSchema;
import io.conversion.model.data.CsvDataSet;
import io.conversion.model.data.DataSet;
import io.conversion.workbench.console.CountConverter;
import io.conversion.workbench.console.InputFiles;
import io.conversion.workbench.console.Progress;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of every command that learns from labelled users. */
// picocli sets the required options. To be removed when NullAway knows its annotations.
@SuppressWarnings("NullAway.Init")
final class LabelledUsers {

    @Option(names = "--data", paramLabel = "FILE", required = true, description = "The CSV file of labelled users.")
    private Path data;

    @Option(
            names = "--label",
            paramLabel = "COLUMN",
            required = true,
            description = "The column that holds the outcome.")
    private String label;

    @Option(
            names = "--positive",
            paramLabel = "VALUE",
            description = "The value of the label that counts as converted (default: the one of 1, true and yes that"
                    + " the column holds).")
    private @Nullable String positive;

    @Option(
            names = "--exclude",
            paramLabel = "A,B",
            split = ",",
            hideParamSyntax = true,
            description =
                    "Columns that are no signals, such as an identifier (default: none). A model remembers" + " them.")
    private List<String> exclude = List.of();

    @Option(
            names = "--schema",
            paramLabel = "FILE",
            description = "The signal schema (default: inferred from the data, as \"schema infer\" does). It declares"
                    + " meanings, units and what the product can move.")
    private @Nullable Path schema;

    @Option(
            names = "--tolerate",
            paramLabel = "N",
            defaultValue = "0",
            converter = CountConverter.class,
            description = "How many bad cells are tolerated; their rows are left out (default: ${DEFAULT-VALUE}).")
    private long tolerated;

    InputFiles files() {
        return InputFiles.of("--data", data).and("--schema", schema);
    }

    Path data() {
        return data;
    }

    /** How the file is read, for other files of the same columns; without a schema. */
    CsvDataSet.Options options() {
        CsvDataSet.Options options = CsvDataSet.label(label)
                .exclude(exclude.stream().map(String::strip).toList())
                .tolerate(tolerated);
        return positive == null ? options : options.positive(positive);
    }

    /** Reads the users, with more options that may depend on the schema, and says what is doubtful about an inferred one. */
    DataSet read(UnaryOperator<CsvDataSet.Options> more, PrintWriter err) throws IOException {
        try (Progress progress = Progress.ofReading(data)) {
            CsvDataSet.Options options = options().progress(progress);
            if (schema != null) {
                return CsvDataSet.read(data, more.apply(options.schema(SignalSchema.load(schema))));
            }
            DataSet users = CsvDataSet.read(data, more.apply(options));
            InferredSchema.doubts(users.schema()).forEach(err::println);
            return users;
        }
    }
}
