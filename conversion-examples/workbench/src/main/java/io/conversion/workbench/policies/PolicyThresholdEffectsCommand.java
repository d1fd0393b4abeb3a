package io.conversion.workbench.policies;

import io.conversion.experiments.Finding;
import io.conversion.experiments.data.CsvThreshold;
import io.conversion.experiments.data.RecordedThresholds;
import io.conversion.experiments.threshold.ThresholdEffect;
import io.conversion.experiments.threshold.ThresholdPlan;
import io.conversion.workbench.console.Console;
import io.conversion.workbench.console.CsvSpelling;
import io.conversion.workbench.console.InputFiles;
import io.conversion.workbench.console.Numbers;
import io.conversion.workbench.console.OutputFile;
import io.conversion.workbench.console.RefusedInputException;
import io.conversion.workbench.console.Wording;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Says what actions do at the bounds where they begin. */
@Command(
        name = "threshold-effects",
        header = "Says what an action does to users at the bound where it begins.",
        description = {
            "Users just below and just above a bound are alike in everything but the action,",
            "so the jump of the outcome at the bound is what the action does there. It needs",
            "no experiment, and says nothing of users elsewhere. Refused where users know the",
            "bound or crowd on one side of it, where the margin or guardrails decided, and",
            "where too few users are near."
        },
        customSynopsis = "workbench policy threshold-effects --records FILE --outcomes FILE%n"
                + "                       --policy FILE --model FILE [OPTIONS]%n"
                + "       workbench policy threshold-effects --data FILE --bound P%n"
                + "                       --outcome COLUMN [OPTIONS]",
        footer = {
            "  workbench policy threshold-effects --data log.csv --bound 0.35 \\",
            "                                     --outcome converted --action offer"
        })
final class PolicyThresholdEffectsCommand implements Callable<Integer> {

    @Mixin
    private Console console;

    @Mixin
    private CsvSpelling spelling;

    @Mixin
    private LoggedOptions logged;

    @Mixin
    private ThresholdTableOptions table;

    @Option(
            names = "--bound-known",
            order = 40,
            description = "Users can know the bounds and what to do to get past them; then nothing can be told.")
    private boolean boundKnown;

    @Option(
            names = "--alpha",
            paramLabel = "RATE",
            order = 40,
            defaultValue = "0.05",
            description = "The error rate of intervals (default: ${DEFAULT-VALUE}).")
    private double alpha;

    @Option(
            names = "--out",
            paramLabel = "FILE",
            order = 50,
            description = "The JSON file to write of the answers (default: none).")
    private @Nullable Path out;

    @Override
    public Integer call() throws IOException {
        if (logged.areGiven() == table.isGiven()) {
            throw console.misuse("either --records or a table with --data is needed");
        }
        String problem = table.isGiven()
                ? table.problem()
                : logged.missing().isEmpty() ? "" : "records need " + logged.missing();
        if (!problem.isEmpty()) {
            throw console.misuse(problem);
        }
        if (!(alpha > 0 && alpha < 1)) {
            throw console.misuse("--alpha is " + alpha + "; it must be between 0 and 1");
        }
        InputFiles inputs = logged.files().and(table.files()).refuseUnreadable();
        OutputFile file = out == null ? null : OutputFile.of(out, inputs);
        ThresholdPlan plan = ThresholdPlan.at(0).withAlpha(alpha);
        List<ThresholdEffect> answers;
        try {
            answers = answers(boundKnown ? plan.withBoundKnown() : plan);
        } catch (IllegalArgumentException e) {
            throw new RefusedInputException(e);
        }
        if (file != null) {
            file.write(ThresholdEffect.toJson(answers), console.out());
        }
        return 0;
    }

    private List<ThresholdEffect> answers(ThresholdPlan plan) throws IOException {
        PrintWriter to = console.out();
        List<ThresholdEffect> answers;
        String outcome;
        if (table.isGiven()) {
            CsvThreshold.Read read = table.read(spelling.dialect());
            to.println(Numbers.count(read.users().size(), "decision")
                    + leftOut(read.incomplete(), "with an empty cell")
                    + leftOut(read.fallbacks(), "of fallbacks"));
            answers = table.effects(plan, read.users());
            outcome = table.outcome();
        } else {
            RecordedThresholds read = logged.readThresholds();
            to.println(Numbers.count(read.users().size(), "decision") + " of policy " + read.policy());
            for (Finding finding : read.findings()) {
                Wording.print("  " + Wording.of(finding.severity()) + ": ", "    ", finding.sentence(), to);
            }
            answers = read.effects(plan);
            outcome = read.metric();
            if (answers.isEmpty()) {
                to.println("all bands of the policy have the same action, so no action begins at a bound");
            }
        }
        for (ThresholdEffect answer : answers) {
            to.println();
            ThresholdEffectLines.print(answer, outcome, to);
        }
        return answers;
    }

    private static String leftOut(long count, String which) {
        return count == 0 ? "" : "; left out: " + Numbers.count(count) + " " + which;
    }
}
