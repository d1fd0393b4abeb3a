package io.conversion.workbench.models;

import io.conversion.model.lifecycle.HorizonSettings;
import io.conversion.model.lifecycle.HorizonUsers;
import io.conversion.model.lifecycle.IntentHorizons;
import io.conversion.model.lifecycle.IntentReport;
import io.conversion.workbench.console.Console;
import io.conversion.workbench.console.CountConverter;
import io.conversion.workbench.console.CsvSpelling;
import io.conversion.workbench.console.InputFiles;
import io.conversion.workbench.console.OutputFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

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
            "amount. Other columns are passed over. A day is written like 2022-10-30.",
            "",
            "With --export nothing is measured: the users at risk on --day are written as a",
            "table to train on, with user and signup_day, their signals and the label."
        },
        customSynopsis = "workbench horizons --signups FILE --events FILE --purchases FILE%n"
                + "                          [OPTIONS]",
        footer = {
            "  workbench horizons --signups product/signups.csv --events product/events.csv \\",
            "                     --purchases product/purchases.csv \\",
            "                     --attributes country_tier,channel --out horizons.json",
            "  workbench horizons --signups product/signups.csv --events product/events.csv \\",
            "                     --purchases product/purchases.csv --export day7.csv --day 7",
            "  workbench train --data day7.csv --label bought_by_day_30 \\",
            "                  --exclude user,signup_day --name day-7 --out day7"
        })
public final class HorizonsCommand implements Callable<Integer> {

    @Mixin
    private Console console;

    @Mixin
    private EventLogOptions log;

    @Mixin
    private CsvSpelling spelling;

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
            names = "--tolerate",
            paramLabel = "N",
            defaultValue = "0",
            converter = CountConverter.class,
            description =
                    "How many bad rows are tolerated: bad cells, users without a signup, days before signup,"
                            + " repeated signups, days far away from all others or in the future. They are left out (default: ${DEFAULT-VALUE}).")
    private long tolerated;

    @Option(
            names = "--seed",
            paramLabel = "S",
            defaultValue = "1",
            description = "What the folds and the resamples follow from (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(names = "--out", paramLabel = "FILE", description = "The file of all numbers to write, as JSON.")
    private @Nullable Path out;

    @Option(
            names = "--export",
            paramLabel = "FILE",
            description = "The CSV file of the users at risk on --day to write, instead of measuring.")
    private @Nullable Path export;

    @Option(names = "--day", paramLabel = "D", description = "The day after signup of the users of --export.")
    private @Nullable Integer day;

    @Override
    public Integer call() throws IOException {
        if (export != null || day != null) {
            return export();
        }
        HorizonSettings settings = settings();
        log.check(console);
        InputFiles inputs = log.files().refuseUnreadable();
        OutputFile file = out == null ? null : OutputFile.of(out, inputs);
        IntentReport report =
                IntentHorizons.defaults().settings(settings).measure(log.read(tolerated, spelling.dialect()));
        PrintWriter print = console.out();
        HorizonTables.print(report, print);
        if (file != null) {
            file.write(report.toJson(), print);
        }
        return 0;
    }

    private Integer export() throws IOException {
        if (export == null || day == null) {
            throw console.misuse("--export and --day go together: the file, and the day after signup of its users");
        } else if (out != null) {
            throw console.misuse("--out and --export exclude each other: with --export nothing is measured");
        } else if (!(day >= 0 && day < within)) {
            throw console.misuse("--day is " + day + "; a day from 0 to the one before --within " + within
                    + " is needed, so that there are days left to buy on");
        }
        log.check(console);
        OutputFile file = OutputFile.of(export, log.files().refuseUnreadable());
        new HorizonTable(HorizonUsers.of(log.read(tolerated, spelling.dialect()), day, within))
                .write(file, console.out());
        return 0;
    }

    private HorizonSettings settings() {
        try {
            return IntentHorizons.defaults()
                    .settings()
                    .days(days, within)
                    .share(share)
                    .seed(seed);
        } catch (IllegalArgumentException e) {
            throw console.misuse(String.valueOf(e.getMessage()));
        }
    }
}
