package io.conversion.workbench.models;

import io.conversion.core.signals.SignalSchema;
import io.conversion.model.data.CsvDataSet;
import io.conversion.model.data.DataSet;
import java.time.LocalDate;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options that say which rows belong together, and from which day on users are held out. */
final class SplitOptions {

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Option(
            names = "--group-split",
            paramLabel = "COLUMN",
            description = "The column of what has several rows, such as the user: all its rows fall on one side of the"
                    + " hold-out and of every fold of cross-validation (default: each row is for itself). It is no"
                    + " signal, unless the schema says so.")
    private @Nullable String group;

    @Option(
            names = "--holdout-from",
            paramLabel = "DATE",
            converter = DayConverter.class,
            description = "Holds out the rows from this day on, such as 2024-03-01, and trains on those before, as a"
                    + " model meets later users (default: none).")
    private @Nullable LocalDate from;

    @Option(
            names = "--date",
            paramLabel = "COLUMN",
            description = "The column of dates for --holdout-from. It is no signal, unless the schema says so.")
    private @Nullable String date;

    void check(@Nullable String holdout) {
        if (from != null && date == null) {
            throw misuse("--holdout-from needs --date, the column that holds the dates");
        } else if (date != null && from == null) {
            throw misuse("--date needs --holdout-from, the first day of the hold-out");
        } else if (from != null && holdout != null) {
            throw misuse("--holdout-from and --holdout exclude each other; give one hold-out");
        }
    }

    private ParameterException misuse(String message) {
        return new ParameterException(command.commandLine(), message);
    }

    /** The first day of the hold-out, if there is one. */
    Optional<LocalDate> from() {
        return Optional.ofNullable(from);
    }

    String date() {
        return date == null ? "" : date.strip();
    }

    /** Keeps the columns that are no signals. */
    CsvDataSet.Options in(CsvDataSet.Options options) {
        String[] kept = Stream.of(group, date)
                .flatMap(Stream::ofNullable)
                .map(String::strip)
                .distinct()
                .filter(column -> !isSignal(options.schema(), column))
                .toArray(String[]::new);
        return kept.length == 0 ? options : options.attributes(kept);
    }

    private static boolean isSignal(@Nullable SignalSchema declared, String column) {
        return declared != null && declared.find(column).isPresent();
    }

    DataSet grouped(DataSet users) {
        return group == null ? users : users.groupedBy(group.strip());
    }
}
