package io.conversion.workbench.models;

import io.conversion.core.signals.SignalSchema;
import io.conversion.model.data.CsvDataSet;
import io.conversion.model.data.DataSet;
import io.conversion.workbench.console.InputFiles;
import io.conversion.workbench.console.Progress;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of every command that learns from labelled users. */
final class LabelledUsers {

    @Mixin
    private LabelledFile file;

    @Option(
            names = "--positive",
            paramLabel = "VALUE",
            description = "The value of the label that counts as converted (default: the one of 1, true and yes that"
                    + " the column holds).")
    private @Nullable String positive;

    @Option(
            names = "--schema",
            paramLabel = "FILE",
            description = "The signal schema (default: inferred from the data). It declares meanings, units and what"
                    + " the product can move; \"schema infer\" writes one to edit.")
    private @Nullable Path schema;

    @Mixin
    private ToleratedCells tolerated;

    InputFiles files() {
        return InputFiles.of("--data", file.path()).and("--schema", schema);
    }

    Path path() {
        return file.path();
    }

    /** How the file is read, for other files of the same columns; without a schema. */
    CsvDataSet.Options options() {
        CsvDataSet.Options options = tolerated.in(file.options());
        return positive == null ? options : options.positive(positive);
    }

    /** Reads the users, with more options that may depend on the schema, and says what is doubtful about an inferred one. */
    DataSet read(UnaryOperator<CsvDataSet.Options> more, PrintWriter err) throws IOException {
        try (Progress progress = Progress.ofReading(path())) {
            CsvDataSet.Options options = options().progress(progress);
            if (schema != null) {
                return CsvDataSet.read(path(), more.apply(options.schema(SignalSchema.load(schema))));
            }
            return CsvDataSet.read(path(), more.apply(options.doubts(err::println)));
        }
    }
}
