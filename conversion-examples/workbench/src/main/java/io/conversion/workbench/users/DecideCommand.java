package io.conversion.workbench.users;

import io.conversion.core.ConversionModel;
import io.conversion.model.data.CsvSignals;
import io.conversion.policy.Assignment;
import io.conversion.policy.Decision;
import io.conversion.policy.DecisionEvent;
import io.conversion.policy.ExperimentEngine;
import io.conversion.policy.Policy;
import io.conversion.policy.PolicyEngine;
import io.conversion.policy.records.DecisionRecord;
import io.conversion.policy.records.LineSigner;
import io.conversion.policy.signing.SigningKeys;
import io.conversion.workbench.console.Console;
import io.conversion.workbench.console.ContextColumns;
import io.conversion.workbench.console.ExperimentFiles;
import io.conversion.workbench.console.InputFiles;
import io.conversion.workbench.console.KeyCount;
import io.conversion.workbench.console.ModelAndUsers;
import io.conversion.workbench.console.MomentConverter;
import io.conversion.workbench.console.Numbers;
import io.conversion.workbench.console.OutputFile;
import io.conversion.workbench.console.Progress;
import io.conversion.workbench.console.TextTable;
import io.conversion.workbench.console.Threads;
import io.conversion.workbench.console.UserFile;
import io.conversion.workbench.console.Wording;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Scores users and decides on them, row by row and in constant memory. */
@Command(
        name = "decide",
        header = "Writes the decision of a policy on each user.",
        description = {
            "The output has one decision record a line: as its request the row (from 0), or",
            "with --key the user's key; the signals as they were scored, log-odds and",
            "probability as hexadecimal numbers, the evidence, and the outcome with its",
            "reason and action; name, version and digest of model, policy and schema.",
            "\"workbench replay\" verifies it. A row that the model's schema refuses is a",
            "fallback and does not stop the run. Give the column of keys to join records with",
            "other files and for a policy with a control group, and that of previous segments",
            "for one with a margin. Prints how many users each band and each guardrail",
            "decided on, how many are in the control group, and of each action with a",
            "capacity how many places are used or lacking."
        },
        customSynopsis = "workbench decide --model FILE --data FILE --policy FILE --out FILE%n"
                + "                        [--ignore A,B] [--key COLUMN] [--previous COLUMN]%n"
                + "                        [--key-file FILE]",
        footer = {
            "  workbench decide --model model/model.json --policy policy.json \\",
            "                   --data users.csv --out decisions.jsonl"
        })
public final class DecideCommand implements Callable<Integer> {

    @Mixin
    private Console console;

    @Mixin
    private ModelAndUsers source;

    @Mixin
    private ContextColumns contexts;

    @Mixin
    private Threads threads;

    private final Map<String, Long> arms = new TreeMap<>();

    @Option(names = "--policy", paramLabel = "FILE", required = true, description = "The policy.")
    private Path policyFile;

    @Option(
            names = "--out",
            paramLabel = "FILE",
            required = true,
            description = "The file of decision records to write, as JSON lines.")
    private Path out;

    @Option(
            names = "--key-file",
            paramLabel = "FILE",
            description = "The keys of which the first one signs the lines (default: none, and no line is signed).")
    private @Nullable Path keyFile;

    @Mixin
    private ExperimentFiles experiments;

    @Option(
            names = "--moment",
            paramLabel = "MOMENT",
            converter = MomentConverter.class,
            order = 62,
            description = "When the users are decided on, such as 2026-12-24T18:00:00Z, as their records say it; an"
                    + " experiment counts no decision without (default: none).")
    private @Nullable Instant moment;

    @Override
    public Integer call() throws IOException {
        InputFiles inputs = source.files()
                .and(experiments.files())
                .and("--policy", policyFile)
                .and("--key-file", keyFile)
                .refuseUnreadable();
        LineSigner signer =
                keyFile == null ? null : LineSigner.of(SigningKeys.load(keyFile).signing());
        OutputFile file = OutputFile.of(out, inputs);
        ConversionModel model = source.loadModel();
        Policy policy = Policy.load(policyFile);
        UserFile userFile = source.userFile(model);
        contexts.keepIn(userFile);
        Optional<ExperimentEngine> running = experiments.engine(policy);
        PrintWriter print = console.out();
        DecisionTally tally = new DecisionTally(policy);
        KeyCount keys = contexts.key().count();
        try (Progress progress = Progress.ofReading(source.data());
                CsvSignals users = userFile.open(progress)) {
            PolicyEngine engine = running.isPresent() ? running.get() : PolicyEngine.of(policy);
            file.write(writer -> write(users, model, engine, tally, keys, signer, writer));
            print.println("policy " + policy.reference());
            print.println("model " + model.reference());
            print.println(userFile.passedOver());
        }
        keys.print(console.err());
        if (running.isPresent()) {
            printArms(print);
        } else {
            tally.print(print);
        }
        print.println("wrote " + out);
        if (!policy.model().isMetBy(model.reference())) {
            console.err()
                    .println("policy " + policy + " is tuned for model " + policy.model() + ", and this is model "
                            + Wording.quoted(model.name()) + " with digest "
                            + model.reference().digest() + ": every user gets the fallback");
        }
        return 0;
    }

    private void write(
            CsvSignals users,
            ConversionModel model,
            PolicyEngine engine,
            DecisionTally tally,
            KeyCount keys,
            @Nullable LineSigner signer,
            Writer writer)
            throws IOException {
        threads.forEachChunk(users, chunk -> Decisions.of(chunk, model, engine, contexts, moment), decisions -> {
            for (Decided each : decisions.decided()) {
                if (each.arm().isEmpty()) {
                    tally.add(each.decision());
                } else {
                    arms.merge(each.arm() + ": " + each.decision().action(), 1L, Long::sum);
                }
                keys.add(each.row(), each.key());
            }
            writer.write(signer == null ? decisions.lines() : signer.signed(decisions.lines()));
        });
    }

    private void printArms(PrintWriter print) {
        TextTable table = new TextTable("lr").row("arm: action", "users");
        arms.forEach((arm, count) -> table.row(arm, Numbers.count(count)));
        table.print(print);
    }

    /** The decision on the user of a row, whose key is empty if there is none, as the arm is if no experiment runs. */
    private record Decided(long row, String key, String arm, Decision decision) {}

    private static String arm(@Nullable Assignment assignment) {
        return assignment == null
                ? ""
                : assignment.arm() != null ? assignment.arm() : Wording.of(assignment.standing());
    }

    /** The decisions on some users, and the lines of their records. */
    private record Decisions(List<Decided> decided, String lines) {

        private static Decisions of(
                Iterable<CsvSignals.Row> users,
                ConversionModel model,
                PolicyEngine engine,
                ContextColumns contexts,
                @Nullable Instant moment) {
            List<Decided> decided = new ArrayList<>();
            StringBuilder lines = new StringBuilder();
            for (CsvSignals.Row row : users) {
                String key = contexts.key().of(row);
                String request = contexts.key().isGiven() ? key : String.valueOf(row.row());
                DecisionEvent event =
                        DecisionEvent.decide(engine, model.scorer(), row.reading(), contexts.of(row), request, moment);
                DecisionRecord record = DecisionRecord.of(event);
                decided.add(new Decided(row.row(), key, arm(record.assignment()), event.decision()));
                lines.append(record.toJson()).append('\n');
            }
            return new Decisions(decided, lines.toString());
        }
    }
}
