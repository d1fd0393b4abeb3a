package io.conversion.workbench;

import io.conversion.model.lifecycle.CsvEventLog;
import io.conversion.model.lifecycle.EventLog;
import io.conversion.model.lifecycle.HorizonSettings;
import io.conversion.model.lifecycle.IntentHorizons;
import io.conversion.model.lifecycle.IntentReport;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Measures on which day after signup the intent to buy can be seen. */
@Command(
        name = "horizons",
        header = "Measures on which day after signup the intent to buy can be seen.",
        description = {
            "For each day the users who have not bought by then, with signals from that day",
            "and before: how well a model foresees who buys on a later day within the window.",
            "Days are compared on the users at risk on the last day only, by skill: 1 less",
            "log loss over that of the base rate. Day 0 is signup; renewals never count.",
            "",
            "The files need the columns --user and the days; events may have a kind and an",
            "amount. Other columns are passed over. A day is written like 2022-10-30."
        },
        customSynopsis = "workbench horizons --signups FILE --events FILE --purchases FILE%n"
                + "                          [OPTIONS]",
        footer = {
            "  workbench horizons --signups product/signups.csv --events product/events.csv \\",
            "                     --purchases product/purchases.csv \\",
            "                     --attributes country_tier,channel --out horizons.json"
        })
// picocli sets the spec and the required options. To be removed when NullAway knows its annotations.
@SuppressWarnings("NullAway.Init")
final class HorizonsCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

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
            split = ",",
            hideParamSyntax = true,
            description = "Columns of the signups that are known at signup and serve as signals (default: none).")
    private List<String> attributes = List.of();

    @Option(
            names = "--days",
            paramLabel = "D,E",
            split = ",",
            hideParamSyntax = true,
            defaultValue = "1,3,7,14",
            description = "The days after signup to measure, ascending (default: ${DEFAULT-VALUE}).")
    private List<Integer> days;

    @Option(
            names = "--within",
            paramLabel = "DAYS",
            defaultValue = "30",
            description = "The last day on which a purchase counts (default: ${DEFAULT-VALUE}).")
    private int within;

    @Option(
            names = "--share",
            paramLabel = "S",
            defaultValue = "0.9",
            description = "The share of the last day's skill that is to be reached (default: ${DEFAULT-VALUE}).")
    private double share;

    @Option(
            names = "--observed-until",
            paramLabel = "DATE",
            description = "The last day on which everything is known (default: the last event for signals, the last"
                    + " purchase for purchases).")
    private @Nullable LocalDate observedUntil;

    @Option(
            names = "--tolerate",
            paramLabel = "N",
            defaultValue = "0",
            converter = CountConverter.class,
            description = "How many bad rows are tolerated: bad cells, users without a signup, days before signup,"
                    + " repeated signups. They are left out (default: ${DEFAULT-VALUE}).")
    private long tolerated;

    @Option(
            names = "--seed",
            paramLabel = "S",
            defaultValue = "1",
            description = "What the folds and the resamples follow from (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(names = "--out", paramLabel = "FILE", description = "The file of all numbers to write, as JSON.")
    private @Nullable Path out;

    @Override
    public Integer call() throws IOException {
        HorizonSettings settings = settings();
        InputFiles inputs = InputFiles.of("--signups", signups)
                .and("--events", events)
                .and("--purchases", purchases)
                .refuseUnreadable();
        OutputFile file = out == null ? null : OutputFile.of(out, inputs);
        IntentReport report = IntentHorizons.withDefaults().settings(settings).measure(read());
        PrintWriter print = spec.commandLine().getOut();
        HorizonTables.print(report, print);
        if (file != null) {
            file.write(report.toJson(), print);
        }
        return 0;
    }

    private HorizonSettings settings() {
        try {
            return IntentHorizons.withDefaults()
                    .settings()
                    .days(days, within)
                    .share(share)
                    .seed(seed);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
    }

    private EventLog read() throws IOException {
        CsvEventLog log = CsvEventLog.of(signups, events, purchases)
                .user(user)
                .days(signupDay, eventDay, purchaseDay)
                .attributes(attributes)
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
