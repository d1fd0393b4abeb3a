package io.conversion.workbench.policies;

import io.conversion.experiments.data.CsvDecisions;
import io.conversion.experiments.data.CsvTarget;
import io.conversion.model.data.CsvDialect;
import io.conversion.workbench.console.InputFiles;
import io.conversion.workbench.console.NameList;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of a plain table of decisions. */
final class DecisionTableOptions {

    @Option(
            names = "--data",
            paramLabel = "FILE",
            order = 20,
            description = "In place of records, a CSV file with a row for each decision, in their order.")
    private @Nullable Path data;

    @Option(
            names = "--action",
            paramLabel = "COLUMN",
            order = 21,
            description = "The column of the action that was taken.")
    private @Nullable String action;

    @Option(
            names = "--propensity",
            paramLabel = "COLUMN",
            order = 22,
            description = "The column of the probability with which it was taken.")
    private @Nullable String propensity;

    @Option(names = "--outcome", paramLabel = "COLUMN", order = 23, description = "The column of what came of it.")
    private @Nullable String outcome;

    @Option(
            names = "--target",
            paramLabel = "COLUMN",
            order = 24,
            description = "The policy, by the column of the probability that it gives the action that was taken.")
    private @Nullable String target;

    @Option(
            names = "--target-action",
            paramLabel = "COLUMN",
            order = 25,
            description = "The policy, by the column of the action that it takes.")
    private @Nullable String targetAction;

    @Option(
            names = "--target-columns",
            paramLabel = "PREFIX",
            order = 26,
            description = "The policy, by a column for each action with its probability, named PREFIX and the action.")
    private @Nullable String targetColumns;

    @Option(
            names = "--always",
            paramLabel = "ACTION",
            order = 27,
            description = "The policy that takes this action for everybody.")
    private @Nullable String always;

    @Option(names = "--uniform", order = 28, description = "The policy that takes each action equally often.")
    private boolean uniform;

    @Option(
            names = "--unit",
            paramLabel = "COLUMN",
            order = 29,
            description = "The column that tells users apart, where one has several decisions.")
    private @Nullable String unit;

    @Option(
            names = "--band",
            paramLabel = "COLUMN",
            order = 30,
            description =
                    "The column of bands: each is answered for by itself, and the same actions can be taken in it.")
    private @Nullable String band;

    @Option(
            names = "--covariate",
            paramLabel = "A,B",
            converter = NameList.Converter.class,
            order = 31,
            description = "Columns of numbers that were known before the decision, for the reward model.")
    private List<NameList> covariates = new ArrayList<>();

    boolean isGiven() {
        return data != null;
    }

    InputFiles files() {
        return InputFiles.none().and("--data", data);
    }

    Path file() {
        return Objects.requireNonNull(data);
    }

    /** What is missing or too much, for a message; empty if all is there. */
    String missing() {
        if (action == null || propensity == null || outcome == null) {
            return "a table needs --action, --propensity and --outcome";
        }
        long policies = Stream.of(target, targetAction, targetColumns, always)
                        .filter(Objects::nonNull)
                        .count()
                + (uniform ? 1 : 0);
        return policies == 1
                ? ""
                : "a table needs one policy: --target, --target-action, --target-columns, --always or --uniform";
    }

    CsvDecisions table(CsvDialect dialect, @Nullable String name) {
        return new CsvDecisions(
                file(),
                dialect,
                Objects.requireNonNull(action),
                Objects.requireNonNull(propensity),
                Objects.requireNonNull(outcome),
                policy(),
                name != null ? name : description(),
                unit,
                band,
                NameList.all(covariates));
    }

    private CsvTarget policy() {
        if (target != null) {
            return new CsvTarget.Probability(target);
        } else if (targetAction != null) {
            return new CsvTarget.Action(targetAction);
        } else if (targetColumns != null) {
            return new CsvTarget.Probabilities(targetColumns);
        }
        return always != null ? new CsvTarget.Always(always) : new CsvTarget.Uniform();
    }

    private String description() {
        return always != null
                ? "always " + always
                : uniform
                        ? "uniform"
                        : Stream.of(target, targetAction, targetColumns)
                                .filter(Objects::nonNull)
                                .findFirst()
                                .orElse("policy");
    }
}
