package io.conversion.workbench.policies;

import io.conversion.experiments.data.CsvThreshold;
import io.conversion.experiments.threshold.ThresholdEffect;
import io.conversion.experiments.threshold.ThresholdPlan;
import io.conversion.experiments.threshold.ThresholdUsers;
import io.conversion.model.data.CsvDialect;
import io.conversion.workbench.console.InputFiles;
import io.conversion.workbench.console.NameList;
import io.conversion.workbench.console.Progress;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that name a plain table of decisions with their outcomes, and the bounds to ask about. */
final class ThresholdTableOptions {

    @Option(
            names = "--data",
            paramLabel = "FILE",
            order = 20,
            description = "The CSV file of decisions: a row for each, with what came of it.")
    private @Nullable Path data;

    @Option(
            names = "--bound",
            paramLabel = "P",
            order = 21,
            split = ",",
            description =
                    "Where the upper action begins; the bound belongs to it. Name all bounds of a policy, with commas:"
                            + " each is asked about among users between its neighbours.")
    private double[] bounds = {};

    @Option(names = "--outcome", paramLabel = "COLUMN", order = 22, description = "The column of the outcome.")
    private @Nullable String outcome;

    @Option(
            names = "--running",
            paramLabel = "COLUMN",
            order = 23,
            defaultValue = "probability",
            description = "The column of what the bound is on (default: ${DEFAULT-VALUE}).")
    private String running;

    @Option(
            names = "--treated",
            paramLabel = "COLUMN",
            order = 24,
            description =
                    "The column that tells who got the upper action; of a single bound (default: all at the bound and"
                            + " above).")
    private @Nullable String treated;

    @Option(
            names = "--reason",
            paramLabel = "COLUMN",
            order = 25,
            description = "The column of the reason of a decision, as decision records have it: users of margin and"
                    + " guardrails are left out, or refuse the answer (default: the bound decided about all).")
    private @Nullable String reason;

    @Option(
            names = "--unit",
            paramLabel = "COLUMN",
            order = 26,
            description =
                    "The column that tells users apart, where they have several rows (default: each row is a user).")
    private @Nullable String unit;

    @Option(
            names = "--covariate",
            paramLabel = "A,B",
            order = 27,
            converter = NameList.Converter.class,
            description =
                    "Columns that were known before the decision: they make the interval narrower, and must not jump at"
                            + " the bound.")
    private List<NameList> covariates = new ArrayList<>();

    @Option(
            names = "--positive",
            paramLabel = "TEXT",
            order = 28,
            description = "The text of the outcome that counts as 1.")
    private @Nullable String positive;

    @Option(
            names = "--action",
            paramLabel = "A,B",
            order = 29,
            converter = NameList.Converter.class,
            description = "What begins at each bound, as the answers name it.")
    private NameList actions = new NameList(List.of());

    boolean isGiven() {
        return data != null;
    }

    InputFiles files() {
        return InputFiles.none().and("--data", data);
    }

    String outcome() {
        return Objects.requireNonNull(outcome);
    }

    /** What is wrong with the options of a table, for a message; empty if nothing is. */
    String problem() {
        if (bounds.length == 0 || outcome == null) {
            return "a table needs --bound and --outcome";
        }
        for (int i = 0; i < bounds.length; i++) {
            if (!Double.isFinite(bounds[i]) || (i > 0 && !(bounds[i] > bounds[i - 1]))) {
                return "--bound is " + Arrays.toString(bounds) + "; bounds must be finite and ascend";
            }
        }
        if (treated != null && bounds.length > 1) {
            return "--treated tells who got the action of one bound; ask about the others by themselves";
        }
        if (!actions.names().isEmpty() && actions.names().size() != bounds.length) {
            return "--action names " + actions.names().size() + " actions for " + bounds.length
                    + " bounds; name one for each";
        }
        return "";
    }

    CsvThreshold.Read read(CsvDialect dialect) throws IOException {
        Path file = Objects.requireNonNull(data);
        try (Progress progress = Progress.ofReading(file)) {
            return CsvThreshold.of(file, running, outcome())
                    .dialect(dialect)
                    .treated(treated)
                    .reason(reason)
                    .unit(unit)
                    .covariates(NameList.all(covariates))
                    .positive(positive)
                    .read(progress);
        }
    }

    /** The answer at each bound, among users between its neighbours. */
    List<ThresholdEffect> effects(ThresholdPlan plan, ThresholdUsers users) {
        List<ThresholdEffect> answers = new ArrayList<>();
        for (int i = 0; i < bounds.length; i++) {
            double from = i == 0 ? Double.NEGATIVE_INFINITY : bounds[i - 1];
            double to = i == bounds.length - 1 ? Double.POSITIVE_INFINITY : bounds[i + 1];
            String action = actions.names().isEmpty() ? "" : actions.names().get(i);
            answers.add(ThresholdEffect.of(plan.withBound(bounds[i]).withAction(action), users.between(from, to)));
        }
        return answers;
    }
}
