package io.conversion.workbench.policies;

import io.conversion.core.ConversionModel;
import io.conversion.model.data.CsvSignals;
import io.conversion.policy.Decision;
import io.conversion.policy.Policy;
import io.conversion.policy.review.DecisionPair;
import io.conversion.policy.review.Flip;
import io.conversion.policy.review.PolicyDiff;
import io.conversion.policy.review.PolicyImpact;
import io.conversion.workbench.console.Console;
import io.conversion.workbench.console.ContextColumns;
import io.conversion.workbench.console.InputFiles;
import io.conversion.workbench.console.KeyCount;
import io.conversion.workbench.console.LabelTexts;
import io.conversion.workbench.console.ModelAndUsers;
import io.conversion.workbench.console.OutputFile;
import io.conversion.workbench.console.PositiveValue;
import io.conversion.workbench.console.Progress;
import io.conversion.workbench.console.RefusedRows;
import io.conversion.workbench.console.Threads;
import io.conversion.workbench.console.UserFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Counts whom another version of a policy would move, row by row and in constant memory. */
@Command(
        name = "impact",
        header = "Counts what another version of a policy would change for users.",
        description = {
            "Both policies decide on each user. Prints who moves from which segment,",
            "guardrail or fallback to which; how many users get each action before and after,",
            "beside its capacity; and expected conversions by calibrated probability, with a",
            "label also observed rates. Give the column of keys to join the flips with other",
            "files and for a policy with a control group, and that of previous segments for",
            "one with a margin. These are volumes and not effects: the output says what it",
            "cannot tell. Files of any size are read in constant memory."
        },
        customSynopsis = "workbench policy impact OLD NEW --model FILE --data FILE [OPTIONS]",
        footer = {
            "  workbench policy impact policy.json candidate.json --model model/model.json \\",
            "                          --data users.csv --label converted --flips flips.csv"
        })
final class PolicyImpactCommand implements Callable<Integer> {

    private final RefusedRows refused = new RefusedRows();

    /** That of the user who is being added; empty if there is none. */
    private String key = "";

    @Mixin
    private Console console;

    @Mixin
    private TwoVersions versions;

    @Mixin
    private ModelAndUsers source;

    @Mixin
    private ContextColumns contexts;

    @Mixin
    private Threads threads;

    @Option(
            names = "--label",
            paramLabel = "COLUMN",
            order = 2,
            description = "The column that holds the outcome, empty where it is not known (default: none; no rates are"
                    + " observed).")
    private @Nullable String label;

    @Mixin
    private PositiveValue positive;

    @Option(
            names = "--flips",
            paramLabel = "FILE",
            order = 2,
            description = "The CSV file to write of the users whose action changes (default: none).")
    private @Nullable Path flipsFile;

    @Override
    public Integer call() throws IOException {
        if (positive.isGiven() && label == null) {
            throw console.misuse("--positive needs --label, the column of the outcome");
        }
        InputFiles inputs = versions.files().and(source.files()).refuseUnreadable();
        OutputFile file = flipsFile == null ? null : OutputFile.of(flipsFile, inputs);
        ConversionModel model = source.loadModel();
        Policy before = versions.loadBefore();
        Policy after = versions.loadAfter();
        PrintWriter out = console.out();
        PolicyDiffCommand.print(PolicyDiff.of(before, after), out);
        out.println("model " + model.reference());
        if (file == null) {
            ImpactTables.print(count(model, before, after, flip -> {}), out);
        } else {
            file.write(writer -> {
                try (FlipLines lines = new FlipLines(writer, contexts.key().isGiven())) {
                    ImpactTables.print(count(model, before, after, flip -> lines.write(flip, key)), out);
                }
            });
            out.println("wrote " + flipsFile);
        }
        return 0;
    }

    private PolicyImpact count(ConversionModel model, Policy before, Policy after, Consumer<Flip> flips)
            throws IOException {
        PolicyImpact impact = PolicyImpact.of(before, after, flips);
        UserFile userFile = source.userFile(model);
        LabelTexts labels = label == null
                ? null
                : new LabelTexts(label, positive.of(label, model).orElse(null));
        if (label != null) {
            userFile.keep(label, "the label");
        }
        contexts.keepIn(userFile);
        KeyCount keys = contexts.key().count();
        try (Progress progress = Progress.ofReading(source.data());
                CsvSignals rows = userFile.open(progress)) {
            threads.forEachChunk(
                    rows,
                    chunk -> decisions(chunk, model, impact),
                    users -> users.forEach(each -> add(each, keys, labels, impact)));
        }
        console.out().println(userFile.passedOver());
        refused.print(impact.users(), console.err());
        keys.print(console.err());
        if (labels != null) {
            labels.refuseUnlessSomebodyConverted();
        }
        return impact;
    }

    /** What both policies decide on one row, its key, and the text of its label. */
    private record User(long row, String key, DecisionPair decided, String label) {}

    private List<User> decisions(Iterable<CsvSignals.Row> rows, ConversionModel model, PolicyImpact impact) {
        List<User> users = new ArrayList<>();
        for (CsvSignals.Row row : rows) {
            users.add(new User(
                    row.row(),
                    contexts.key().of(row),
                    impact.decide(model.scorer(), row.reading(), contexts.of(row)),
                    label == null ? "" : row.kept().getOrDefault(label, "")));
        }
        return users;
    }

    private void add(User user, KeyCount keys, @Nullable LabelTexts labels, PolicyImpact impact) {
        key = user.key();
        keys.add(user.row(), key);
        Decision before = user.decided().before();
        if (before.reason() == Decision.Reason.INVALID_SIGNALS) {
            refused.add(user.row(), key, String.join("; ", before.details()));
        }
        Optional<Boolean> outcome = labels == null ? Optional.empty() : labels.outcome(user.label(), user.row());
        if (outcome.isPresent()) {
            impact.add(user.decided(), outcome.get());
        } else {
            impact.add(user.decided());
        }
    }
}
