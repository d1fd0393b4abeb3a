package io.conversion.workbench.experiments;

import io.conversion.experiments.Metric;
import io.conversion.experiments.Readout;
import io.conversion.experiments.SummaryTable;
import io.conversion.experiments.UserTable;
import io.conversion.experiments.data.CsvExperiment;
import io.conversion.experiments.data.CsvSummary;
import io.conversion.experiments.data.Ledger;
import io.conversion.policy.Experiment;
import io.conversion.workbench.console.Console;
import io.conversion.workbench.console.CsvSpelling;
import io.conversion.workbench.console.InputFiles;
import io.conversion.workbench.console.MomentConverter;
import io.conversion.workbench.console.NameList;
import io.conversion.workbench.console.OutputFile;
import io.conversion.workbench.console.OutputFolder;
import io.conversion.workbench.console.Progress;
import io.conversion.workbench.console.RefusedInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Reads an experiment out. */
@Command(
        name = "readout",
        header = "Says what an experiment tells: act, wait, stop, or cannot know.",
        description = {
            "Looks at the health of the data first, then at the difference of each arm to",
            "the control, with intervals that may be looked at as often as one likes, and",
            "says what to do by what was fixed before.",
            "",
            "An outcome is a column, or NAME=HOW: clicks/views is a ratio of two sums over",
            "users; sum(C), mean(C), any(C) and count(C=TEXT) put the rows of a user",
            "together, those of events, too, and sum(C where D=TEXT) takes some of them.",
            "The first outcome is the primary one. A column of 0 and 1, true and false, or",
            "yes and no is a share of users, any other a mean."
        },
        customSynopsis = "workbench experiment readout --data FILE --arm COLUMN --control ARM%n"
                + "                               --outcome OUTCOME --out DIR [OPTIONS]%n"
                + "       workbench experiment readout --experiment FILE --decisions FILE%n"
                + "                               --outcomes FILE --out DIR",
        footer = {
            "  workbench experiment readout --data ab.csv --arm group --control A \\",
            "                               --outcome converted --shares A=0.5,B=0.5 --out ab"
        })
final class ReadoutCommand implements Callable<Integer> {

    private static final String NET_VALUE = "net value";

    @Mixin
    private Console console;

    @Mixin
    private CsvSpelling spelling;

    @Mixin
    private PlanOptions plan;

    @Mixin
    private CountedOptions counts;

    @Option(
            names = "--experiment",
            paramLabel = "FILE",
            order = 15,
            description = "The file of an experiment, which fixes everything else: its records and outcomes are read.")
    private @Nullable Path experiment;

    @Option(
            names = "--decisions",
            paramLabel = "FILE",
            order = 16,
            description = "A file of decision records of --experiment; repeat it for more.")
    private List<Path> decisions = new ArrayList<>();

    @Option(
            names = "--outcomes",
            paramLabel = "FILE",
            order = 17,
            description = "A CSV file of what users did, with the columns key, moment, metric and value; repeat it for"
                    + " more.")
    private List<Path> happened = new ArrayList<>();

    @Option(
            names = "--data",
            paramLabel = "FILE",
            order = 1,
            description = "The CSV file of users: a row for each, or several.")
    private @Nullable Path data;

    @Option(names = "--arm", paramLabel = "COLUMN", order = 2, description = "The column that names the arm.")
    private @Nullable String arm;

    @Option(
            names = "--outcome",
            paramLabel = "OUTCOME",
            order = 3,
            description = "What is measured; repeat it for more. The first one decides.")
    private List<String> outcomes = new ArrayList<>();

    @Option(
            names = "--unit",
            paramLabel = "COLUMN",
            order = 4,
            description = "The column that tells users apart; rows of one user are put together.")
    private @Nullable String unit;

    @Option(
            names = "--events",
            paramLabel = "FILE",
            order = 5,
            description = "A CSV file of what users did, with the column --unit and any number of rows for a user.")
    private @Nullable Path events;

    @Option(
            names = "--cluster",
            paramLabel = "COLUMN",
            order = 6,
            description = "The column of clusters of users who were assigned together, such as shops.")
    private @Nullable String cluster;

    @Option(
            names = "--covariate",
            paramLabel = "A,B",
            converter = NameList.Converter.class,
            order = 7,
            description = "Columns that were known before the assignment, such as a probability: the more they"
                    + " explain of the outcome, the fewer users are needed.")
    private List<NameList> covariates = new ArrayList<>();

    @Option(
            names = "--assigned-at",
            paramLabel = "COLUMN",
            order = 7,
            description = "The column of when a user was assigned, for --covariate-at.")
    private @Nullable String assignedAt;

    @Option(
            names = "--covariate-at",
            paramLabel = "COLUMN",
            order = 7,
            description = "The column of when covariates were measured: later than --assigned-at they are none.")
    private @Nullable String covariateAt;

    @Option(
            names = "--arms",
            paramLabel = "A,B",
            converter = NameList.Converter.class,
            order = 8,
            description = "The arms to read; rows of others are left out (default: all).")
    private List<NameList> arms = new ArrayList<>();

    @Option(
            names = "--positive",
            paramLabel = "TEXT",
            order = 9,
            description = "The text of outcomes that counts as 1.")
    private @Nullable String positive;

    @Option(
            names = "--as-of",
            paramLabel = "MOMENT",
            converter = MomentConverter.class,
            order = 18,
            description =
                    "The moment of reading --outcomes, such as 2027-02-01T00:00:00Z: what is dated after it is left"
                            + " out, and whose window is open then has no outcome yet (default: now).")
    private @Nullable Instant asOf;

    @Option(
            names = "--worth",
            paramLabel = "MONEY",
            defaultValue = "NaN",
            order = 18,
            description =
                    "What one unit of the first outcome brings: adds the guardrail \"net value\", which must not get"
                            + " worse.")
    private double worth;

    @Option(
            names = "--cost",
            paramLabel = "ARM=MONEY",
            order = 19,
            description = "What each user of an arm costs, taken off the net value; repeat it for more.")
    private Map<String, Double> costs = Map.of();

    @Option(
            names = "--name",
            paramLabel = "NAME",
            order = 30,
            description = "What the read-out is called (default: the file).")
    private @Nullable String name;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            required = true,
            order = 31,
            description = "The folder for readout.json and readout.html, or with --series for readouts.json.")
    private Path out;

    @Override
    public Integer call() throws IOException {
        InputFiles inputs = InputFiles.none()
                .and("--data", data)
                .and("--events", events)
                .and(counts.files())
                .and("--experiment", experiment)
                .and("--decisions", decisions)
                .and("--outcomes", happened)
                .refuseUnreadable();
        if (experiment == null && outcomes.isEmpty()) {
            throw console.misuse("an --outcome is needed, or an --experiment with --decisions and --outcomes");
        }
        if (counts.areMissed()) {
            throw console.misuse(
                    "--time and --series are of counts of users; add --counted, --arm-file or --arm-columns");
        }
        OutputFolder.check(out);
        Files.createDirectories(out);
        if (counts.hasSeries()) {
            readSeries(inputs);
            return 0;
        }
        OutputFile json = OutputFile.of(out.resolve("readout.json"), inputs);
        OutputFile page = OutputFile.of(out.resolve("readout.html"), inputs);
        Readout readout = refusing(
                () -> experiment != null ? readExperiment(experiment) : counts.areGiven() ? readCounts() : readUsers());
        ReadoutTables.print(readout, console.out());
        json.write(readout.toJson(), console.out());
        page.write(readout.toHtml(), console.out());
        return 0;
    }

    private Readout readExperiment(Path file) throws IOException {
        try (Progress progress = Progress.ofReading(decisions)) {
            return Ledger.read(
                            Experiment.load(file), decisions, happened, asOf == null ? Instant.now() : asOf, progress)
                    .readout();
        }
    }

    private Readout readUsers() throws IOException {
        if (data == null || arm == null) {
            throw console.misuse("users need --data and --arm; counts of users need --counted or --arm-file");
        }
        CsvExperiment.Users users;
        try (Progress progress = Progress.ofReading(data)) {
            users = CsvExperiment.of(data, arm, outcomes)
                    .dialect(spelling.dialect())
                    .unit(unit)
                    .events(events)
                    .cluster(cluster)
                    .covariates(NameList.all(covariates))
                    .moments(assignedAt, covariateAt)
                    .positive(positive)
                    .arms(NameList.all(arms))
                    .read(progress);
        }
        List<Metric> metrics = new ArrayList<>(users.metrics());
        UserTable table = users.table();
        if (Double.isFinite(worth)) {
            table = table.net(NET_VALUE, metrics.get(0).column(), worth, costs);
            metrics.add(Metric.of(NET_VALUE, Metric.Kind.MEAN).guardrail(0));
        } else if (!costs.isEmpty()) {
            throw console.misuse("a --cost needs the --worth of the outcome");
        }
        return Readout.of(plan.plan(name(), metrics, NameList.all(covariates), console), table);
    }

    private Readout readCounts() throws IOException {
        CsvSummary source = counts.source(outcomes, data, arm, spelling.dialect(), console);
        SummaryTable table = source.read().values().iterator().next();
        return Readout.of(plan.plan(name(), source.metrics(), NameList.all(covariates), console), table);
    }

    private void readSeries(InputFiles inputs) throws IOException {
        OutputFile json = OutputFile.of(out.resolve("readouts.json"), inputs);
        CsvSummary source = counts.source(outcomes, data, arm, spelling.dialect(), console);
        Map<String, Readout> readouts = refusing(() -> {
            Map<String, Readout> read = new LinkedHashMap<>();
            for (Map.Entry<String, SummaryTable> of : source.read().entrySet()) {
                read.put(
                        of.getKey(),
                        Readout.of(
                                plan.plan(of.getKey(), source.metrics(), NameList.all(covariates), console),
                                of.getValue()));
            }
            return read;
        });
        ReadoutTables.printSeries(readouts, console.out());
        json.write(Readout.toJson(readouts.values()), console.out());
    }

    private String name() {
        return name != null ? name : data != null ? String.valueOf(data.getFileName()) : "experiment";
    }

    /** What reads an experiment; what it refuses is refused input. */
    private interface Reading<T> {
        T read() throws IOException;
    }

    private static <T> T refusing(Reading<T> reading) throws IOException {
        try {
            return reading.read();
        } catch (IllegalArgumentException e) {
            throw new RefusedInputException(e);
        }
    }
}
