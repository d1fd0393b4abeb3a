package io.conversion.workbench.experiments;

import io.conversion.experiments.planning.Simulation;
import io.conversion.model.data.CsvColumns;
import io.conversion.workbench.console.Console;
import io.conversion.workbench.console.CsvSpelling;
import io.conversion.workbench.console.InputFiles;
import io.conversion.workbench.console.Numbers;
import io.conversion.workbench.console.RefusedInputException;
import io.conversion.workbench.console.TextTable;
import io.conversion.workbench.console.Wording;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.DoubleStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Runs an experiment many times before it is run once. */
@Command(
        name = "simulate",
        header = "Runs an experiment many times, on one's own recorded probabilities.",
        description = {
            "Draws users from a score file, treats some of them, and looks as often as the",
            "real experiment will be looked at: with the effect and without one, with the",
            "recorded probability as a covariate and without it."
        },
        customSynopsis = "workbench experiment simulate --data scores.csv --effect D%n"
                + "                                --planned-users N [OPTIONS]",
        footer = {
            "  workbench experiment simulate --data scores.csv --effect 0.02 \\",
            "                                --planned-users 20000"
        })
final class SimulateCommand implements Callable<Integer> {

    /** So many virtual users take minutes. */
    private static final long MOST_USERS = 1_000_000_000;

    @Mixin
    private Console console;

    @Mixin
    private CsvSpelling spelling;

    @Option(
            names = "--data",
            paramLabel = "FILE",
            required = true,
            description = "A CSV file with probabilities, as \"score\" writes it.")
    private Path data;

    @Option(
            names = "--column",
            paramLabel = "COLUMN",
            defaultValue = "probability",
            description = "The column of the probabilities (default: ${DEFAULT-VALUE}).")
    private String column;

    @Option(
            names = "--effect",
            paramLabel = "D",
            required = true,
            description = "What the treatment adds to the probability of a user.")
    private double effect;

    @Option(
            names = "--from",
            paramLabel = "P",
            defaultValue = "0",
            description = "The effect is on users from this probability on only (default: ${DEFAULT-VALUE}).")
    private double from;

    @Option(
            names = "--below",
            paramLabel = "P",
            defaultValue = "2",
            description = "The effect is on users below this probability only (default: all).")
    private double below;

    @Option(names = "--planned-users", paramLabel = "N", required = true, description = "The users of both arms.")
    private int planned;

    @Option(
            names = "--treated",
            paramLabel = "S",
            defaultValue = "0.5",
            description = "The share of users who are treated (default: ${DEFAULT-VALUE}).")
    private double treated;

    @Option(
            names = "--alpha",
            paramLabel = "RATE",
            defaultValue = "0.05",
            description = "The error rate (default: ${DEFAULT-VALUE}).")
    private double alpha;

    @Option(
            names = "--looks",
            paramLabel = "N",
            defaultValue = "50",
            description = "How often each experiment is looked at (default: ${DEFAULT-VALUE}).")
    private int looks;

    @Option(
            names = "--experiments",
            paramLabel = "N",
            defaultValue = "1000",
            description = "How many experiments to run (default: ${DEFAULT-VALUE}).")
    private int experiments;

    @Option(
            names = "--seed",
            paramLabel = "S",
            defaultValue = "1",
            description = "What everything random follows from (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Override
    public Integer call() throws IOException {
        InputFiles.of("--data", data).refuseUnreadable();
        if (!(Double.isFinite(effect) && alpha > 0 && alpha < 1)) {
            throw console.misuse("--effect must be a finite number, and --alpha between 0 and 1");
        }
        if ((long) planned * experiments > MOST_USERS) {
            throw console.misuse("--experiments times --planned-users is " + Numbers.count((long) planned * experiments)
                    + "; it can be at most " + Numbers.count(MOST_USERS));
        }
        if (planned < 100 || looks < 1 || looks > planned || experiments < 1 || !(treated > 0 && treated < 1)) {
            throw console.misuse("at least 100 users, 1 look and 1 experiment are needed, no more looks than users, and"
                    + " a share of treated users between 0 and 1");
        }
        double[] probabilities = probabilities();
        PrintWriter out = console.out();
        TextTable table = new TextTable("lrrrrrr")
                .row("", "better", "worse", "wrong at some look", "better, one look", "users, median", "users saved");
        for (boolean isTrue : new boolean[] {false, true}) {
            for (boolean adjusted : new boolean[] {false, true}) {
                DoubleUnaryOperator of = p -> isTrue && p >= from && p < below ? effect : 0;
                Simulation simulation = Simulation.of(probabilities, of)
                        .share(treated)
                        .alpha(alpha)
                        .looks(looks);
                Simulation.Result result =
                        (adjusted ? simulation : simulation.withoutAdjustment()).run(experiments, planned, seed);
                table.row(
                        (isTrue ? "with the effect" : "without an effect") + (adjusted ? ", probability used" : ""),
                        percent(result.better()),
                        percent(result.worse()),
                        percent(result.missed()),
                        percent(result.betterAtOnce()),
                        Numbers.grouped(result.medianUsers(), 0),
                        adjusted ? percent(result.varianceReduction()) : "");
            }
        }
        table.print(out);
        out.println();
        out.println(Numbers.count(experiments) + " experiments of " + Numbers.count(planned) + " users, each looked at "
                + Numbers.count(looks, "time") + ". \"wrong at some look\" is at most "
                + percent(alpha) + " but for chance.");
        return 0;
    }

    private double[] probabilities() throws IOException {
        DoubleStream.Builder numbers = DoubleStream.builder();
        try (CsvColumns rows = CsvColumns.open(data, spelling.dialect(), List.of(column), bytes -> {})) {
            while (rows.hasNext()) {
                CsvColumns.Row row = rows.next();
                OptionalDouble number = spelling.dialect().number(row.cells().get(0));
                if (number.isPresent()) {
                    numbers.add(number.getAsDouble());
                } else if (!row.cells().get(0).isEmpty()) {
                    throw new RefusedInputException(data.getFileName() + ": line " + row.line() + " has no number in "
                            + Wording.quoted(column));
                }
            }
        }
        try {
            double[] probabilities = numbers.build().toArray();
            Simulation.of(probabilities, p -> 0);
            return probabilities;
        } catch (IllegalArgumentException e) {
            throw new RefusedInputException(e);
        }
    }

    private static String percent(double share) {
        return Numbers.decimals(100 * share, 1) + " %";
    }
}
