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

/** The options that say which rows belong together, and which are held out by what they hold. */
final class SplitOptions {

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Option(
            names = "--split",
            paramLabel = "KIND",
            converter = Split.Converter.class,
            description = "Holds out a fifth of the rows to measure on: time:COLUMN the latest by a column of dates,"
                    + " group:COLUMN every fifth group, whose rows stay together, hash those that a hash of the signals"
                    + " draws, hash:COLUMN those that a hash of a key draws, in whatever order rows are (default: none)."
                    + " The column is no signal, unless the schema says so.")
    private @Nullable Split split;

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
        } else if (split != null && (from != null || holdout != null)) {
            throw misuse("--split and " + (from == null ? "--holdout" : "--holdout-from")
                    + " exclude each other; give one hold-out");
        } else if (split != null && group != null && !(split instanceof Split.Time)) {
            throw misuse(
                    "--group-split goes with --split time:COLUMN only; group:COLUMN and hash:COLUMN keep the rows of"
                            + " their own column together");
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

    /** What a fifth is held out by, if that is asked for. */
    Optional<Split> split() {
        return Optional.ofNullable(split);
    }

    /** What rows are kept together by. */
    private Optional<String> groupColumn() {
        if (group != null) {
            return Optional.of(group.strip());
        }
        return split().filter(by -> !(by instanceof Split.Time)).flatMap(Split::column);
    }

    /** Keeps the columns that are no signals. */
    CsvDataSet.Options in(CsvDataSet.Options options) {
        String[] kept = Stream.of(Optional.ofNullable(group), Optional.ofNullable(date), split().flatMap(Split::column))
                .flatMap(Optional::stream)
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
        return groupColumn().map(users::groupedBy).orElse(users);
    }
}
