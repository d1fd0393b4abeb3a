package io.conversion.workbench.experiments;

import io.conversion.experiments.Metric;
import io.conversion.experiments.data.CsvExperiment;
import io.conversion.experiments.planning.SampleSize;
import io.conversion.experiments.statistics.Sample;
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
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Says how many users an experiment needs. */
@Command(
        name = "plan",
        header = "Says how many users an experiment needs, and what it can find.",
        description = {
            "For one look at the end, and for looks as often as one likes. A share of users",
            "needs --baseline only; a mean needs --deviation, the standard deviation of a",
            "user, too. With --explained the users that a covariate saves are taken off:",
            "the squared correlation of the recorded probability with the outcome, as",
            "\"experiment simulate\" measures it.",
            "",
            "With --data the baseline and the deviation are those of past users, for any",
            "outcome that \"experiment readout\" knows: a ratio of two sums, such as",
            "clicks/views, has the deviation of the delta method with users as the unit."
        },
        customSynopsis = "workbench experiment plan --baseline M --effect D [OPTIONS]%n"
                + "       workbench experiment plan --data FILE --outcome OUTCOME --effect D [OPTIONS]",
        footer = {"  workbench experiment plan --baseline 0.08 --effect 0.01 --users-per-day 900"})
final class PlanCommand implements Callable<Integer> {

    @Mixin
    private Console console;

    @Option(
            names = "--baseline",
            paramLabel = "M",
            defaultValue = "NaN",
            description = "The share or mean of the control, such as 0.08.")
    private double baseline;

    @Option(
            names = "--effect",
            paramLabel = "D",
            required = true,
            description = "The smallest difference that matters, such as 0.01.")
    private double effect;

    @Option(
            names = "--deviation",
            paramLabel = "S",
            defaultValue = "NaN",
            description = "The standard deviation of a user, for a mean (default: a share of users).")
    private double deviation;

    @Mixin
    private CsvSpelling spelling;

    @Option(
            names = "--data",
            paramLabel = "FILE",
            description = "A CSV file of past users, in place of --baseline and --deviation.")
    private @Nullable Path data;

    @Option(
            names = "--outcome",
            paramLabel = "OUTCOME",
            description = "What is measured of the users of --data: a column, or as \"experiment readout\" has it.")
    private @Nullable String outcome;

    @Option(
            names = "--unit",
            paramLabel = "COLUMN",
            description = "The column that tells the users of --data apart, where they have several rows.")
    private @Nullable String unit;

    @Option(
            names = "--treated",
            paramLabel = "S",
            defaultValue = "0.5",
            description = "The share of users in the other arm (default: ${DEFAULT-VALUE}).")
    private double treated;

    @Option(
            names = "--alpha",
            paramLabel = "RATE",
            defaultValue = "0.05",
            description = "The chance to see an effect where there is none (default: ${DEFAULT-VALUE}).")
    private double alpha;

    @Option(
            names = "--power",
            paramLabel = "P",
            defaultValue = "0.8",
            description = "The chance to see the effect (default: ${DEFAULT-VALUE}).")
    private double power;

    @Option(
            names = "--explained",
            paramLabel = "R2",
            defaultValue = "0",
            description = "The share of the variance that is known before (default: ${DEFAULT-VALUE}).")
    private double explained;

    @Option(
            names = "--cluster-size",
            paramLabel = "N",
            defaultValue = "1",
            description = "The users of a cluster who are assigned together (default: ${DEFAULT-VALUE}).")
    private double clusterSize;

    @Option(
            names = "--correlation",
            paramLabel = "R",
            defaultValue = "0",
            description = "The correlation of two users of a cluster (default: ${DEFAULT-VALUE}).")
    private double correlation;

    @Option(
            names = "--users-per-day",
            paramLabel = "N",
            defaultValue = "NaN",
            description = "The users who come in a day, for the days that it takes.")
    private double perDay;

    @Override
    public Integer call() throws IOException {
        InputFiles.none().and("--data", data).refuseUnreadable();
        if ((data == null) != (outcome == null)
                || (data == null) == Double.isNaN(baseline)
                || (data == null && unit != null)
                || (data != null && !Double.isNaN(deviation))) {
            throw console.misuse("either --baseline is needed, with --deviation for a mean, or --data with --outcome");
        }
        PrintWriter out = console.out();
        if (data != null) {
            measure(data, String.valueOf(outcome), out);
        }
        TextTable table = new TextTable("lrrrr").row("", "users", "days", "smallest effect of as many", "relative");
        for (boolean anytime : new boolean[] {false, true}) {
            SampleSize size = size(anytime);
            double users = Math.ceil(size.users(effect, power));
            table.row(
                    anytime ? "looks at any time" : "one look at the end",
                    Double.isInfinite(users) ? "too many" : Numbers.grouped(users, 0),
                    Double.isFinite(perDay) ? Numbers.grouped(Math.ceil(users / perDay), 0) : "-",
                    Double.isInfinite(users)
                            ? "-"
                            : String.format(Locale.ROOT, "%.3g", size.smallestEffect(users, power)),
                    Double.isInfinite(users) ? "-" : relative(size, users));
        }
        table.print(out);
        out.println();
        out.println("A power of " + Numbers.plain(power) + " at an error rate of " + Numbers.plain(alpha)
                + ", of both arms together. Looking at any time is fixed at its planned size,");
        out.println("and mostly ends before it: \"experiment simulate\" says when.");
        return 0;
    }

    /** How large the smallest lift is, which is harder to show than a difference. */
    private String relative(SampleSize size, double users) {
        double lift = baseline == 0 || power < 0.5
                ? Double.POSITIVE_INFINITY
                : size.smallestRelativeEffect(baseline, users, power);
        return Double.isInfinite(lift) ? "-" : String.format(Locale.ROOT, "%.3g %%", 100 * lift);
    }

    /** Takes the baseline and the deviation from users; a share keeps its own, which the effect changes. */
    private void measure(Path file, String of, PrintWriter out) throws IOException {
        try {
            CsvExperiment.Users users = CsvExperiment.ofPastUsers(file, List.of(of))
                    .dialect(spelling.dialect())
                    .unit(unit)
                    .read(bytes -> {});
            Metric metric = users.metrics().get(0);
            Sample sample = users.table().sample(metric);
            baseline = sample.mean();
            deviation = metric.kind() == Metric.Kind.PROPORTION ? Double.NaN : Math.sqrt(sample.variance());
            out.println(Wording.quoted(metric.name()) + " of " + Numbers.count(sample.users(), "user") + ": "
                    + String.format(Locale.ROOT, "%.4g", baseline)
                    + (Double.isNaN(deviation)
                            ? ""
                            : String.format(Locale.ROOT, ", deviation of a user %.4g", deviation)));
            out.println();
        } catch (IllegalArgumentException e) {
            throw new RefusedInputException(e);
        }
    }

    private SampleSize size(boolean anytime) {
        boolean isShare = Double.isNaN(deviation);
        double with = baseline + effect;
        if (isShare && !(baseline > 0 && baseline < 1 && with > 0 && with < 1)) {
            throw new RefusedInputException("the shares would be " + baseline + " and " + with
                    + "; both must be between 0 and 1, or give --deviation for a mean");
        }
        if (!Double.isFinite(baseline) || !Double.isFinite(effect) || Double.isInfinite(deviation) || perDay <= 0) {
            throw new RefusedInputException(
                    "--baseline, --effect and --deviation must be finite numbers, and" + " --users-per-day above 0");
        }
        if (effect == 0 || !(power > 0 && power < 1)) {
            throw new RefusedInputException("an effect must not be 0, and a power must be between 0 and 1");
        }
        if (!(explained >= 0
                && explained < 1
                && correlation >= 0
                && correlation <= 1
                && clusterSize >= 1
                && clusterSize < 1e9)) {
            throw new RefusedInputException("--explained must be from 0 to below 1, --correlation from 0 to 1, and"
                    + " --cluster-size at least 1");
        }
        try {
            return new SampleSize(
                            isShare ? baseline * (1 - baseline) : deviation * deviation,
                            isShare ? with * (1 - with) : deviation * deviation,
                            treated,
                            alpha,
                            anytime)
                    .clustered(clusterSize, correlation)
                    .explained(explained);
        } catch (IllegalArgumentException e) {
            throw new RefusedInputException(e);
        }
    }
}
