package io.conversion.workbench.experiments;

import io.conversion.policy.Arm;
import io.conversion.policy.Experiment;
import io.conversion.policy.ExperimentEngine;
import io.conversion.policy.ExperimentMetric;
import io.conversion.workbench.console.Console;
import io.conversion.workbench.console.InputFiles;
import io.conversion.workbench.console.Numbers;
import io.conversion.workbench.console.RefusedInputException;
import io.conversion.workbench.console.TextTable;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Checks files of experiments. */
@Command(
        name = "check",
        header = "Checks files of experiments, by themselves and side by side in their layer.",
        description = {
            "Says all that is wrong with a file at once, and for several files whether they",
            "take the same users. --seal writes a draft with its digest."
        },
        customSynopsis = "workbench experiment check FILE... [--seal FILE]",
        footer = {"  workbench experiment check annual-offer.json --seal annual-offer-1.json"})
final class CheckCommand implements Callable<Integer> {

    @Mixin
    private Console console;

    @Parameters(paramLabel = "FILE", arity = "1..*", description = "The files of experiments of one layer.")
    private List<Path> files;

    @Option(names = "--seal", paramLabel = "FILE", description = "Where to write the one file with its digest.")
    private @Nullable Path seal;

    @Override
    public Integer call() throws IOException {
        InputFiles.none().and("FILE", files).refuseUnreadable();
        if (seal != null && files.size() > 1) {
            throw console.misuse("--seal writes one experiment; give one FILE");
        }
        List<Experiment> experiments = new ArrayList<>();
        for (Path file : files) {
            experiments.add(Experiment.load(file));
        }
        List<String> overlaps = ExperimentEngine.overlaps(experiments);
        if (!overlaps.isEmpty()) {
            throw new RefusedInputException(String.join("\n", overlaps));
        }
        PrintWriter out = console.out();
        experiments.forEach(experiment -> print(experiment, out));
        if (seal != null) {
            experiments.get(0).write(seal);
            out.println("wrote " + seal);
        }
        return 0;
    }

    private static void print(Experiment experiment, PrintWriter out) {
        out.println("experiment " + experiment + " is sound");
        TextTable table = new TextTable("ll")
                .row("  runs", experiment.start() + " to " + experiment.end())
                .row(
                        "  takes",
                        Numbers.decimals(100 * experiment.layer().share(), 1) + " % of layer "
                                + experiment.layer().name() + ", from "
                                + Numbers.plain(experiment.layer().from()));
        for (Arm arm : experiment.arms()) {
            table.row(
                    "  arm " + arm.name(),
                    Numbers.decimals(100 * arm.share(), 1) + " % by policy " + arm.policy()
                            + (arm.name().equals(experiment.control().name()) ? ", the control" : ""));
        }
        table.row("  decides", said(experiment.primary()));
        experiment.guardrails().forEach(of -> table.row("  must not be harmed", said(of)));
        table.row("  planned", Numbers.count(experiment.criteria().plannedUsers()) + " users")
                .row("  digest", experiment.reference().digest())
                .print(out);
    }

    private static String said(ExperimentMetric metric) {
        return metric.name() + " within " + metric.windowDays() + " days, "
                + (metric.higherIsBetter() ? "higher" : "lower") + " is better"
                + (Double.isNaN(metric.harm()) ? "" : ", worse by at most " + Numbers.plain(metric.harm()));
    }
}
