package io.conversion.workbench.experiments;

import io.conversion.experiments.planning.EffectBands;
import io.conversion.experiments.planning.Simulation;
import io.conversion.model.data.CsvColumns;
import io.conversion.workbench.console.Console;
import io.conversion.workbench.console.CsvSpelling;
import io.conversion.workbench.console.EffectBandsConverter;
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
import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;
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
            "recorded probability as a covariate and without it.",
            "",
            "What is measured is the share of users who convert. With --amounts it is what",
            "they bring, on average over all of them: the numbers of that file are what users",
            "who converted have brought, and each virtual one brings one of them."
        },
        customSynopsis = "workbench experiment simulate --data scores.csv --effect D|P:D,...%n"
                + "                                --planned-users N [OPTIONS]",
        footer = {
            "  workbench experiment simulate --data scores.csv --effect 0.02 \\",
            "                                --planned-users 20000",
            "  workbench experiment simulate --data scores.csv --planned-users 20000 \\",
            "                                --effect 0:0,0.3:0.02,0.7:0.01"
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
            paramLabel = "P:D,...",
            required = true,
            converter = EffectBandsConverter.class,
            description = "What the treatment adds to the probability of a user, such as 0.02, or from each probability"
                    + " on, such as 0:0.01,0.4:0.03.")
    private EffectBands effect;

    @Option(
            names = "--amounts",
            paramLabel = "FILE",
            description = "A CSV file of what users who converted have brought, to simulate a mean.")
    private @Nullable Path amounts;

    @Option(
            names = "--amount-column",
            paramLabel = "COLUMN",
            defaultValue = "value",
            description = "The column of --amounts (default: ${DEFAULT-VALUE}).")
    private String amountColumn;

    @Option(
            names = "--amount-factor",
            paramLabel = "F",
            defaultValue = "1",
            description = "What the treatment multiplies an amount by, such as 0.8 for a discount (default:"
                    + " ${DEFAULT-VALUE}).")
    private double factor;

    @Option(
            names = "--cluster-size",
            paramLabel = "N",
            defaultValue = "1",
            description = "The users of a cluster who are assigned together (default: ${DEFAULT-VALUE}).")
    private int clusterSize;

    @Option(
            names = "--correlation",
            paramLabel = "R",
            defaultValue = "0",
            description = "The correlation of two users of a cluster (default: ${DEFAULT-VALUE}).")
    private double correlation;

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
        InputFiles.of("--data", data).and("--amounts", amounts).refuseUnreadable();
        if (!(Double.isFinite(factor) && alpha > 0 && alpha < 1)) {
            throw console.misuse("--amount-factor must be a finite number, and --alpha between 0 and 1");
        }
        if (amounts == null && factor != 1) {
            throw console.misuse("--amount-factor is of --amounts; give the file");
        }
        if ((long) planned * experiments > MOST_USERS) {
            throw console.misuse("--experiments times --planned-users is " + Numbers.count((long) planned * experiments)
                    + "; it can be at most " + Numbers.count(MOST_USERS));
        }
        if (planned < 100 || looks < 1 || looks > planned || experiments < 1 || !(treated > 0 && treated < 1)) {
            throw console.misuse("at least 100 users, 1 look and 1 experiment are needed, no more looks than users, and"
                    + " a share of treated users between 0 and 1");
        }
        double[] probabilities = numbers(data, column);
        double[] brought = amounts == null ? new double[0] : numbers(amounts, amountColumn);
        PrintWriter out = console.out();
        TextTable table = new TextTable("lrrrrrr")
                .row("", "better", "worse", "wrong at some look", "better, one look", "users, median", "users saved");
        double truth = 0;
        for (boolean isTrue : new boolean[] {false, true}) {
            for (boolean adjusted : new boolean[] {false, true}) {
                Simulation simulation = simulation(probabilities, brought, isTrue);
                Simulation.Result result =
                        (adjusted ? simulation : simulation.withoutAdjustment()).run(experiments, planned, seed);
                truth = result.effect();
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
        out.println("On average the effect is "
                + (amounts == null
                        ? Numbers.signed(100 * truth) + " percentage points."
                        : Numbers.signed(truth) + " per user."));
        return 0;
    }

    /** Without an effect nothing is taken off amounts, either. */
    private Simulation simulation(double[] probabilities, double[] brought, boolean isTrue) {
        try {
            Simulation simulation = Simulation.of(probabilities, isTrue ? effect : EffectBands.of(0))
                    .share(treated)
                    .alpha(alpha)
                    .looks(looks)
                    .clusters(clusterSize, correlation);
            return amounts == null ? simulation : simulation.amounts(brought, isTrue ? factor : 1);
        } catch (IllegalArgumentException e) {
            throw new RefusedInputException(e);
        }
    }

    private double[] numbers(Path file, String of) throws IOException {
        DoubleStream.Builder numbers = DoubleStream.builder();
        try (CsvColumns rows = CsvColumns.open(file, spelling.dialect(), List.of(of), bytes -> {})) {
            while (rows.hasNext()) {
                CsvColumns.Row row = rows.next();
                OptionalDouble number = spelling.dialect().number(row.cells().get(0));
                if (number.isPresent()) {
                    numbers.add(number.getAsDouble());
                } else if (!row.cells().get(0).isEmpty()) {
                    throw new RefusedInputException(
                            file.getFileName() + ": line " + row.line() + " has no number in " + Wording.quoted(of));
                }
            }
        }
        return numbers.build().toArray();
    }

    private static String percent(double share) {
        return Numbers.decimals(100 * share, 1) + " %";
    }
}
