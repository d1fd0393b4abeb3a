package io.conversion.workbench.experiments;

import io.conversion.experiments.Metric;
import io.conversion.experiments.Readout;
import io.conversion.experiments.ReadoutPlan;
import io.conversion.experiments.data.CsvExperiment;
import io.conversion.workbench.console.Console;
import io.conversion.workbench.console.CountConverter;
import io.conversion.workbench.console.CsvSpelling;
import io.conversion.workbench.console.InputFiles;
import io.conversion.workbench.console.NameList;
import io.conversion.workbench.console.OutputFile;
import io.conversion.workbench.console.Progress;
import io.conversion.workbench.console.RefusedInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
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
                + "                               --outcome OUTCOME --out DIR [OPTIONS]",
        footer = {
            "  workbench experiment readout --data ab.csv --arm group --control A \\",
            "                               --outcome converted --shares A=0.5,B=0.5 --out ab"
        })
public final class ReadoutCommand implements Callable<Integer> {

    @Mixin
    private Console console;

    @Mixin
    private CsvSpelling spelling;

    @Option(
            names = "--data",
            paramLabel = "FILE",
            required = true,
            description = "The CSV file of users: a row for each, or several.")
    private Path data;

    @Option(names = "--arm", paramLabel = "COLUMN", required = true, description = "The column that names the arm.")
    private String arm;

    @Option(
            names = "--control",
            paramLabel = "ARM",
            required = true,
            description = "The arm that others are compared with.")
    private String control;

    @Option(
            names = "--outcome",
            paramLabel = "OUTCOME",
            required = true,
            description = "What is measured; repeat it for more. The first one decides.")
    private List<String> outcomes;

    @Option(
            names = "--unit",
            paramLabel = "COLUMN",
            description = "The column that tells users apart; rows of one user are put together.")
    private @Nullable String unit;

    @Option(
            names = "--events",
            paramLabel = "FILE",
            description = "A CSV file of what users did, with the column --unit and any number of rows for a user.")
    private @Nullable Path events;

    @Option(
            names = "--cluster",
            paramLabel = "COLUMN",
            description = "The column of clusters of users who were assigned together, such as shops.")
    private @Nullable String cluster;

    @Option(
            names = "--covariate",
            paramLabel = "A,B",
            converter = NameList.Converter.class,
            description = "Columns that were known before the assignment, such as a probability: the more they"
                    + " explain of the outcome, the fewer users are needed.")
    private List<NameList> covariates = new ArrayList<>();

    @Option(
            names = "--shares",
            paramLabel = "ARM=S",
            split = ",",
            hideParamSyntax = true,
            description = "The declared share of each arm, such as A=0.5,B=0.5: without them nobody can tell whether"
                    + " users got lost.")
    private Map<String, Double> shares = Map.of();

    @Option(
            names = "--arms",
            paramLabel = "A,B",
            converter = NameList.Converter.class,
            description = "The arms to read; rows of others are left out (default: all).")
    private List<NameList> arms = new ArrayList<>();

    @Option(names = "--positive", paramLabel = "TEXT", description = "The text of outcomes that counts as 1.")
    private @Nullable String positive;

    @Option(
            names = "--lower-is-better",
            paramLabel = "A,B",
            converter = NameList.Converter.class,
            description = "Names of outcomes of which less is better.")
    private List<NameList> lower = new ArrayList<>();

    @Option(
            names = "--guardrail",
            paramLabel = "NAME=HARM",
            description = "An outcome that must not get worse, and by how much it may at most; repeat it for more.")
    private Map<String, Double> guardrails = Map.of();

    @Option(
            names = "--planned-users",
            paramLabel = "N",
            converter = CountConverter.class,
            defaultValue = "0",
            description = "The users of all arms that were planned (default: none; intervals are then narrowest at"
                    + " 10,000).")
    private long planned;

    @Option(
            names = "--smallest-effect",
            paramLabel = "D",
            defaultValue = "NaN",
            description = "The smallest difference of the primary outcome that matters (default: none).")
    private double smallest;

    @Option(
            names = "--alpha",
            paramLabel = "RATE",
            defaultValue = "0.05",
            description = "The chance to see an effect where there is none (default: ${DEFAULT-VALUE}).")
    private double alpha;

    @Option(
            names = "--single-look",
            description = "Says that this is the only look at these data, so that the narrower intervals of a single"
                    + " look decide.")
    private boolean singleLook;

    @Option(names = "--name", paramLabel = "NAME", description = "What the read-out is called (default: the file).")
    private @Nullable String name;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            required = true,
            description = "The folder for readout.json and readout.html.")
    private Path out;

    @Override
    public Integer call() throws IOException {
        InputFiles inputs =
                InputFiles.of("--data", data).and("--events", events).refuseUnreadable();
        Files.createDirectories(out);
        OutputFile json = OutputFile.of(out.resolve("readout.json"), inputs);
        Readout readout = read();
        ReadoutTables.print(readout, console.out());
        json.write(readout.toJson(), console.out());
        return 0;
    }

    private Readout read() throws IOException {
        CsvExperiment.Users users;
        try (Progress progress = Progress.ofReading(data)) {
            users = CsvExperiment.of(data, arm, outcomes)
                    .dialect(spelling.dialect())
                    .unit(unit)
                    .events(events)
                    .cluster(cluster)
                    .covariates(NameList.all(covariates))
                    .positive(positive)
                    .arms(NameList.all(arms))
                    .read(progress);
        }
        try {
            return Readout.of(plan(users.metrics()), users.table());
        } catch (IllegalArgumentException e) {
            throw new RefusedInputException(e);
        }
    }

    private ReadoutPlan plan(List<Metric> metrics) {
        List<String> names = metrics.stream().map(Metric::name).toList();
        checkKnown("--lower-is-better", NameList.all(lower), names);
        checkKnown("--guardrail", List.copyOf(guardrails.keySet()), names.subList(1, names.size()));
        String called = name == null ? String.valueOf(data.getFileName()) : name;
        ReadoutPlan.Builder plan = ReadoutPlan.builder(called, control, directed(metrics.get(0)))
                .shares(shares)
                .covariates(NameList.all(covariates))
                .alpha(alpha)
                .plannedUsers(planned)
                .smallestEffect(smallest);
        for (Metric metric : metrics.subList(1, metrics.size())) {
            Double harm = guardrails.get(metric.name());
            plan.metric(harm == null ? directed(metric) : directed(metric).guardrail(harm));
        }
        return (singleLook ? plan.singleLook() : plan).build();
    }

    private Metric directed(Metric metric) {
        return NameList.all(lower).contains(metric.name()) ? metric.lowerIsBetter() : metric;
    }

    private void checkKnown(String option, List<String> given, List<String> known) {
        for (String of : given) {
            if (!known.contains(of)) {
                throw console.misuse(option + " names \"" + of + "\"; it must be one of "
                        + String.join(", ", known.isEmpty() ? List.of("the outcomes after the first") : known));
            }
        }
    }
}
