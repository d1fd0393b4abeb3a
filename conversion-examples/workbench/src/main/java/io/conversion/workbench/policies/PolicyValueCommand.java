package io.conversion.workbench.policies;

import io.conversion.experiments.data.RecordedLog;
import io.conversion.experiments.value.LoggedDecisions;
import io.conversion.experiments.value.OffPolicyEvaluation;
import io.conversion.experiments.value.OffPolicyReadout;
import io.conversion.experiments.value.TargetPolicy;
import io.conversion.workbench.console.Console;
import io.conversion.workbench.console.CsvSpelling;
import io.conversion.workbench.console.InputFiles;
import io.conversion.workbench.console.OutputFile;
import io.conversion.workbench.console.Progress;
import io.conversion.workbench.console.RefusedInputException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Says what a policy would have brought on decisions that another one made. */
@Command(
        name = "value",
        header = "Says what a policy would have brought on logged decisions, or refuses.",
        description = {
            "Decisions that were made with a known probability, by a control group, an",
            "experiment or exploration, say what another policy would have brought. Looks at",
            "what the log holds for the policy first: where it never did what the policy",
            "would do, or a few users carry all the weight, there is no value, but the reason",
            "and what would have to be logged. Without records, a plain table does."
        },
        customSynopsis = "workbench policy value --records FILE --outcomes FILE --policy FILE%n"
                + "                       --model FILE [--in-force FILE] --out FILE [OPTIONS]%n"
                + "       workbench policy value --data FILE --action COLUMN --propensity COLUMN%n"
                + "                       --outcome COLUMN --target COLUMN --out FILE [OPTIONS]",
        footer = {
            "  workbench policy value --data log.csv --action shown --propensity p \\",
            "                         --outcome clicked --uniform --out value.json"
        })
final class PolicyValueCommand implements Callable<Integer> {

    @Mixin
    private Console console;

    @Mixin
    private CsvSpelling spelling;

    @Mixin
    private LoggedOptions logged;

    @Mixin
    private DecisionTableOptions table;

    @Option(
            names = "--worth",
            paramLabel = "MONEY",
            defaultValue = "1",
            order = 40,
            description = "What one unit of the outcome brings (default: ${DEFAULT-VALUE}).")
    private double worth;

    @Option(
            names = "--cost",
            paramLabel = "ACTION=MONEY",
            order = 41,
            description = "What each decision for an action costs; repeat it for more.")
    private Map<String, Double> costs = Map.of();

    @Option(
            names = "--outcome-range",
            paramLabel = "LOWEST,HIGHEST",
            split = ",",
            order = 42,
            description =
                    "The lowest and the highest outcome that is possible, for the interval that holds however often"
                            + " one looks (default: 0 and 1 where all outcomes are).")
    private double @Nullable [] range;

    @Option(
            names = "--alpha",
            paramLabel = "RATE",
            defaultValue = "0.05",
            order = 43,
            description = "How often intervals may be wrong (default: ${DEFAULT-VALUE}).")
    private double alpha;

    @Option(names = "--name", paramLabel = "NAME", order = 44, description = "What the policy of a table is called.")
    private @Nullable String name;

    @Option(names = "--out", paramLabel = "FILE", required = true, order = 50, description = "The JSON file to write.")
    private Path out;

    @Option(names = "--page", paramLabel = "FILE", order = 51, description = "The HTML page to write (default: none).")
    private @Nullable Path page;

    @Override
    public Integer call() throws IOException {
        if (logged.areGiven() == table.isGiven()) {
            throw console.misuse("either --records or a table with --data is needed");
        }
        String missing = logged.areGiven() ? logged.missing() : table.missing();
        if (!missing.isEmpty()) {
            throw console.misuse(logged.areGiven() ? "records need " + missing : missing);
        }
        if (range != null && range.length != 2) {
            throw console.misuse("--outcome-range takes two numbers, such as 0,100");
        }
        InputFiles inputs = logged.files().and(table.files()).refuseUnreadable();
        OutputFile json = OutputFile.of(out, inputs);
        OutputFile html = page == null ? null : OutputFile.of(page, inputs);
        OffPolicyReadout readout = readout();
        ValueTables.print(readout, console.out());
        json.write(readout.toJson(), console.out());
        if (html != null) {
            html.write(readout.toHtml(), console.out());
        }
        return 0;
    }

    private OffPolicyReadout readout() throws IOException {
        try {
            RecordedLog log = logged.areGiven() ? logged.read() : readTable();
            LoggedDecisions decisions = log.decisions().net(worth, costs);
            TargetPolicy policy = log.target();
            OffPolicyEvaluation evaluation = OffPolicyEvaluation.of(decisions).alpha(alpha);
            return (range == null ? evaluation : evaluation.outcomeRange(range[0], range[1])).evaluate(policy);
        } catch (IllegalArgumentException e) {
            throw new RefusedInputException(e);
        }
    }

    private RecordedLog readTable() throws IOException {
        try (Progress progress = Progress.ofReading(table.file())) {
            return table.table(spelling.dialect(), name).read(progress);
        }
    }
}
