package io.conversion.workbench.models;

import io.conversion.model.data.CsvDialect;
import io.conversion.model.lifecycle.CsvEventLog;
import io.conversion.model.lifecycle.EventLog;
import io.conversion.workbench.console.Console;
import io.conversion.workbench.console.InputFiles;
import io.conversion.workbench.console.NameList;
import io.conversion.workbench.console.Progress;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The three files of a log of events, and how they are read. */
final class EventLogOptions {

    @Option(names = "--signups", paramLabel = "FILE", required = true, description = "One row for each user.")
    private Path signups;

    @Option(names = "--events", paramLabel = "FILE", required = true, description = "One row for each event.")
    private Path events;

    @Option(
            names = "--purchases",
            paramLabel = "FILE",
            required = true,
            description = "One row for each purchase; the first of a user counts.")
    private Path purchases;

    @Option(
            names = "--user",
            paramLabel = "COLUMN",
            defaultValue = "user",
            description = "The column of users in all files (default: ${DEFAULT-VALUE}).")
    private String user;

    @Option(
            names = "--signup-day",
            paramLabel = "COLUMN",
            defaultValue = "day",
            description = "The column of days in the signups (default: ${DEFAULT-VALUE}).")
    private String signupDay;

    @Option(
            names = "--event-day",
            paramLabel = "COLUMN",
            defaultValue = "day",
            description = "The column of days in the events (default: ${DEFAULT-VALUE}).")
    private String eventDay;

    @Option(
            names = "--purchase-day",
            paramLabel = "COLUMN",
            defaultValue = "day",
            description = "The column of days in the purchases (default: ${DEFAULT-VALUE}).")
    private String purchaseDay;

    @Option(
            names = "--kind",
            paramLabel = "COLUMN",
            description = "The column of kinds in the events (default: kind, if there is such a column; else all events"
                    + " are of one kind).")
    private @Nullable String kind;

    @Option(
            names = "--amount",
            paramLabel = "COLUMN",
            description = "The column of amounts in the events, such as hours (default: amount, if there is such a"
                    + " column).")
    private @Nullable String amount;

    @Option(
            names = "--attributes",
            paramLabel = "A,B",
            converter = NameList.Converter.class,
            hideParamSyntax = true,
            description = "Columns of the signups that are known at signup and serve as signals (default: none)."
                    + " A name with a comma is given in double quotes.")
    private List<NameList> attributes = List.of();

    @Option(
            names = "--observed-until",
            paramLabel = "DATE",
            converter = DayConverter.class,
            description = "The last day on which everything is known (default: the last event for signals, the last"
                    + " purchase for purchases).")
    private @Nullable LocalDate observedUntil;

    List<Path> paths() {
        return List.of(signups, events, purchases);
    }

    InputFiles files() {
        return InputFiles.of("--signups", signups).and("--events", events).and("--purchases", purchases);
    }

    /** The last day that anybody on earth may have lived to see. */
    private static LocalDate today() {
        return LocalDate.now(ZoneOffset.UTC).plusDays(1);
    }

    void check(Console console) {
        if (observedUntil != null && observedUntil.isAfter(today())) {
            throw console.misuse("--observed-until " + observedUntil
                    + " lies in the future; give the last day on which everything" + " is known");
        }
    }

    EventLog read(long tolerated, CsvDialect dialect) throws IOException {
        CsvEventLog log = CsvEventLog.of(signups, events, purchases)
                .user(user)
                .days(signupDay, eventDay, purchaseDay)
                .attributes(NameList.all(attributes))
                .dialect(dialect)
                .notAfter(today())
                .tolerate(tolerated);
        if (kind != null) {
            log.kind(kind);
        }
        if (amount != null) {
            log.amount(amount);
        }
        if (observedUntil != null) {
            log.observedUntil(observedUntil);
        }
        try (Progress progress = Progress.ofReading(List.of(signups, events, purchases))) {
            return log.progress(progress).read();
        }
    }
}
