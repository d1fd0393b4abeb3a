package io.conversion.workbench.users;

import io.conversion.core.ConversionModel;
import io.conversion.model.data.CsvSignals;
import io.conversion.policy.DecisionEvent;
import io.conversion.policy.Policy;
import io.conversion.policy.PolicyEngine;
import io.conversion.policy.monitoring.DriftMonitor;
import io.conversion.policy.monitoring.DriftOptions;
import io.conversion.policy.monitoring.DriftReport;
import io.conversion.policy.monitoring.DriftSnapshot;
import io.conversion.policy.records.Replay;
import io.conversion.policy.records.Replayed;
import io.conversion.workbench.console.Console;
import io.conversion.workbench.console.ContextColumns;
import io.conversion.workbench.console.IgnoredColumns;
import io.conversion.workbench.console.InputFiles;
import io.conversion.workbench.console.Numbers;
import io.conversion.workbench.console.OutputFile;
import io.conversion.workbench.console.Progress;
import io.conversion.workbench.console.RefusedInputException;
import io.conversion.workbench.console.UserFile;
import io.conversion.workbench.console.Wording;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Compares users with those of a model's training, row by row and in constant memory. */
@Command(
        name = "drift",
        header = "Tells whether users still are like those of the training.",
        description = {
            "Compares the users of a CSV file, or those of decision records, with the",
            "distribution that the training wrote into the model: each signal, the",
            "probability and the bands of the policy, by the population stability index,",
            "with the limit above which it is no chance and matters. Says which shares moved.",
            "Every row or record counts as one user. Records that do not verify, or are of",
            "another model or policy, are counted apart.",
            "",
            "Counts of several days or machines add up (DriftSnapshot of the library)."
        },
        customSynopsis = {
            "workbench drift --model FILE --policy FILE --data FILE [OPTIONS]",
            "       workbench drift --model FILE --policy FILE --records FILE [OPTIONS]"
        },
        footer = {
            "  workbench drift --model model/model.json --policy policy.json \\",
            "                  --data users.csv",
            "  workbench drift --model model/model.json --policy policy.json \\",
            "                  --records decisions.jsonl --strict"
        })
public final class DriftCommand implements Callable<Integer> {

    private static final int CHUNK = 4096;

    @Mixin
    private Console console;

    @Option(names = "--model", paramLabel = "FILE", required = true, description = "The model, as \"train\" writes it.")
    private Path modelFile;

    @Option(names = "--policy", paramLabel = "FILE", required = true, description = "The policy.")
    private Path policyFile;

    @Option(names = "--data", paramLabel = "FILE", description = "The CSV file of users.")
    private @Nullable Path data;

    @Option(
            names = "--records",
            paramLabel = "FILE",
            description = "A file of decision records, instead of --data; may be given several times.")
    private List<Path> records = List.of();

    @Mixin
    private IgnoredColumns ignored;

    @Mixin
    private ContextColumns contexts;

    @Option(names = "--out", paramLabel = "FILE", description = "The file of counts to write, as JSON.")
    private @Nullable Path out;

    @Option(names = "--strict", order = 2, description = "Ends with exit code 1 if anything has drifted.")
    private boolean strict;

    private long leftOut;
    private String firstLeftOut = "";

    @Override
    public Integer call() throws IOException {
        if ((data == null) == records.isEmpty()) {
            throw console.misuse("one of --data and --records is needed" + (data == null ? "" : ", not both"));
        }
        InputFiles inputs = InputFiles.of("--model", modelFile)
                .and("--policy", policyFile)
                .and("--data", data)
                .and("--records", records)
                .refuseUnreadable();
        OutputFile file = out == null ? null : OutputFile.of(out, inputs);
        ConversionModel model = ConversionModel.load(modelFile);
        Policy policy = Policy.load(policyFile);
        if (!policy.model().isMetBy(model.reference())) {
            throw new RefusedInputException("policy " + policy + " is tuned for model " + policy.model()
                    + ", and this is model " + Wording.quoted(model.name()) + " with digest "
                    + model.reference().digest() + "; give the model of the policy");
        }
        DriftMonitor monitor = DriftMonitor.of(model, policy, DriftOptions.defaults());
        PrintWriter print = console.out();
        print.println("policy " + policy.reference());
        print.println("model " + model.reference());
        if (data == null) {
            countRecords(Replay.of(List.of(model), List.of(policy)), monitor);
        } else {
            countRows(data, model, PolicyEngine.of(policy), monitor);
        }
        DriftSnapshot snapshot = monitor.snapshot();
        DriftReport report = DriftReport.of(snapshot, model, policy);
        DriftTable.print(snapshot, report, print);
        if (file != null) {
            file.write(snapshot.toJson(), print);
        }
        return strict && !report.alerts().isEmpty() ? Console.REFUSED : 0;
    }

    private void countRows(Path users, ConversionModel model, PolicyEngine engine, DriftMonitor monitor)
            throws IOException {
        UserFile userFile = ignored.in(users, model);
        contexts.keepIn(userFile);
        try (Progress progress = Progress.ofReading(users);
                CsvSignals rows = userFile.open(progress)) {
            console.out().println(userFile.passedOver());
            while (rows.hasNext()) {
                for (CsvSignals.Row row : rows.next(CHUNK)) {
                    monitor.decided(
                            DecisionEvent.decide(
                                    engine,
                                    model.scorer(),
                                    row.reading(),
                                    contexts.of(row),
                                    String.valueOf(row.row()),
                                    null),
                            0);
                }
            }
        }
    }

    private void countRecords(Replay replay, DriftMonitor monitor) throws IOException {
        for (Path file : records) {
            replay.replay(file, line -> {
                Optional<DecisionEvent> event = isVerified(line.outcome())
                        ? replay.event(((Replayed.OfRecord) line.outcome()).record())
                        : Optional.empty();
                if (event.isPresent()) {
                    monitor.decided(event.get(), 0);
                } else if (!(line.outcome() instanceof Replayed.Empty) && leftOut++ == 0) {
                    firstLeftOut = file + " line " + line.number() + ": " + sentence(line.outcome());
                }
            });
        }
        if (leftOut > 0) {
            console.err()
                    .println(Numbers.count(leftOut, "record") + (leftOut == 1 ? " was" : " were")
                            + " left out, the first one " + firstLeftOut);
        }
    }

    private static boolean isVerified(Replayed outcome) {
        return outcome instanceof Replayed.Verified || outcome instanceof Replayed.VerifiedInPart;
    }

    private static String sentence(Replayed outcome) {
        return isVerified(outcome) ? "signals are redacted, so they cannot be counted" : outcome.sentence();
    }
}
