package io.conversion.workbench.models;

import io.conversion.core.signals.SignalSchema;
import io.conversion.model.data.CsvDataSet;
import io.conversion.model.data.DataSet;
import io.conversion.model.signals.SignalValidation;
import io.conversion.model.signals.ValidationOptions;
import io.conversion.workbench.console.Console;
import io.conversion.workbench.console.InputFiles;
import io.conversion.workbench.console.OutputFile;
import io.conversion.workbench.console.RefusedInputException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Validates signals before a model is trained on them. */
@Command(
        name = "signals",
        header = "Validates each signal before a model is trained on it.",
        description = {
            "Measures how well each signal alone tells converters from others, whether it is",
            "known in time, whether it works in all cohorts, and whether other signals tell",
            "the same; and gives the verdict keep, conditional or drop with its reasons. Use",
            "training rows: a choice that has seen the hold-out flatters the model there."
        },
        customSynopsis = "workbench signals --data FILE --label COLUMN [OPTIONS]",
        footer = {
            "  workbench signals --data users.csv --label converted \\",
            "                    --prediction-day 7 \\",
            "                    --available sessions_7d=7,country_tier=0"
        })
public final class SignalsCommand implements Callable<Integer> {

    @Mixin
    private Console console;

    @Mixin
    private LabelledUsers source;

    @Option(
            names = "--cohort",
            paramLabel = "COLUMN",
            description = "The column that tells the cohort of a user, or a date, by whose month users are grouped. It"
                    + " is no signal, unless the schema says so (default: none; stability is not assessed).")
    private @Nullable String cohort;

    @Option(
            names = "--available",
            paramLabel = "SIGNAL=DAY,...",
            split = ",",
            hideParamSyntax = true,
            description = "The day on which the value of a signal is known (default: none; temporal validity is"
                    + " not assessed).")
    private Map<String, Integer> available = new LinkedHashMap<>();

    @Option(
            names = "--prediction-day",
            paramLabel = "D",
            description = "The day on which users are scored, counted like the days of --available.")
    private @Nullable Integer predictionDay;

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = "The file of all figures to write, as JSON (default: none).")
    private @Nullable Path out;

    @Override
    public Integer call() throws IOException {
        if (!available.isEmpty() && predictionDay == null) {
            throw console.misuse("--available needs --prediction-day, the day on which users are scored");
        }
        InputFiles inputs = source.files().refuseUnreadable();
        OutputFile file = out == null ? null : OutputFile.of(out, inputs);
        DataSet users = source.read(this::withCohort, console.err());
        SignalValidation validation = validate(users);

        PrintWriter print = console.out();
        DataSetSummary.of(users).print(print);
        new SignalTable(validation).print(print);
        if (!validation.dropped().isEmpty()) {
            SignalTable.printWithoutDropped(validation, users.label().excluded(), print);
        }
        if (file != null) {
            file.write(validation.toJson(), print);
        }
        return 0;
    }

    private CsvDataSet.Options withCohort(CsvDataSet.Options options) {
        return cohort == null || isSignal(options.schema(), cohort.strip())
                ? options
                : options.attributes(cohort.strip());
    }

    private static boolean isSignal(@Nullable SignalSchema declared, String column) {
        return declared != null && declared.find(column).isPresent();
    }

    private SignalValidation validate(DataSet users) {
        ValidationOptions options = ValidationOptions.defaults();
        Map<String, Integer> days = new LinkedHashMap<>();
        available.forEach((signal, day) -> days.put(signal.strip(), day));
        options = options.availableOn(days);
        if (predictionDay != null) {
            options = options.predictionDay(predictionDay);
        }
        if (cohort != null) {
            options = options.cohort(cohort.strip());
        }
        try {
            return SignalValidation.of(users, options);
        } catch (IllegalArgumentException e) {
            // A signal of --available that does not exist.
            throw new RefusedInputException(e);
        }
    }
}
