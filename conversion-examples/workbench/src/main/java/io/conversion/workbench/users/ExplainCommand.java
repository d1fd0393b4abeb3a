package io.conversion.workbench.users;

import io.conversion.core.Change;
import io.conversion.core.ConversionModel;
import io.conversion.core.Explanation;
import io.conversion.core.shapes.Calibration;
import io.conversion.core.signals.SignalReading;
import io.conversion.core.signals.Signals;
import io.conversion.core.signals.Violation;
import io.conversion.model.data.CsvSignals;
import io.conversion.workbench.console.Console;
import io.conversion.workbench.console.CountConverter;
import io.conversion.workbench.console.ModelAndUsers;
import io.conversion.workbench.console.Progress;
import io.conversion.workbench.console.RefusedInputException;
import io.conversion.workbench.console.Wording;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Says why one user has the score that the model gives. */
@Command(
        name = "explain",
        header = "Says why a user has the probability that the model gives.",
        description = {
            "Lists what each signal contributes, strongest first: by how much it moves the",
            "log-odds of this user away from those of the model's reference user, who has",
            "the median or most frequent value of every signal. The contributions are exact",
            "and add up to the whole difference; the last lines show it. They explain the",
            "model and are no causal effects.",
            "Where the calibration of the model is curved, a value of a signal contributes",
            "differently to users of different scores: a unit before the calibration is worth",
            "what the curve makes of it between this user and the reference user. --scale raw",
            "lists what is the same for all, before the calibration."
        },
        customSynopsis = "workbench explain --model FILE --data FILE --row N [OPTIONS]",
        footer = {
            "  workbench explain --model model/model.json --data users.csv --row 7",
            "  workbench explain --model model/model.json --data users.csv --row 7 \\",
            "                    --top 3 --target 0.7"
        })
public final class ExplainCommand implements Callable<Integer> {

    @Mixin
    private Console console;

    @Mixin
    private ModelAndUsers source;

    @Option(
            names = "--row",
            paramLabel = "N",
            required = true,
            converter = CountConverter.class,
            description = "The row of the user, from 0 below the header.")
    private Long row;

    @Mixin
    private IntervalOption interval;

    @Option(
            names = "--top",
            paramLabel = "N",
            order = 2,
            converter = CountConverter.class,
            description = "How many contributions to list (default: all).")
    private @Nullable Long top;

    @Option(
            names = "--target",
            paramLabel = "P",
            order = 3,
            description = "Also asks the model what change of each actionable signal alone would bring the"
                    + " probability to P, within the range of the training rows: beyond it the model has no evidence.")
    private @Nullable Double target;

    @Option(
            names = "--scale",
            paramLabel = "KIND",
            order = 2,
            defaultValue = "calibrated",
            description = "The log-odds that are listed: calibrated, or raw for those before the calibration"
                    + " (default: ${DEFAULT-VALUE}).")
    private String scale;

    @Override
    public Integer call() throws IOException {
        if (target != null && !(target > 0 && target <= 1)) {
            throw console.misuse("--target is " + target + "; a probability above 0 and up to 1 is needed");
        }
        boolean raw = scale.equals("raw");
        if (!raw && !scale.equals("calibrated")) {
            throw console.misuse(
                    "--scale is " + Wording.quoted(scale) + "; calibrated and raw are the kinds that exist");
        }
        source.files().refuseUnreadable();
        ConversionModel model = source.loadModel();
        interval.check(model);
        Signals user = user(model);
        Explanation explanation =
                model.scorer().explain(user, top == null ? Integer.MAX_VALUE : (int) Math.min(top, Integer.MAX_VALUE));

        PrintWriter print = console.out();
        print.println("row " + row + " of " + source.data().getFileName() + ", model " + model.reference());
        print.println();
        new ExplanationText(explanation, raw, interval.of(explanation.score()).orElse(null)).print(print);
        if (!raw && model.calibration() instanceof Calibration.Isotonic) {
            print.println("the calibration is curved, so that the same value contributes differently to other users;");
            print.println("--scale raw lists what it contributes to all of them, before the calibration");
        }
        if (target != null) {
            List<Change> changes = model.scorer().whatWouldChange(user, target).orElseThrow();
            print.println();
            ExplanationText.printChanges(changes, target, print);
        }
        return 0;
    }

    private Signals user(ConversionModel model) throws IOException {
        try (Progress progress = Progress.ofReading(source.data());
                CsvSignals users = source.userFile(model).open(progress)) {
            SignalReading reading = find(users)
                    .orElseThrow(() -> new RefusedInputException(
                            source.data().getFileName() + " has no row " + row + "; rows are counted from 0"))
                    .reading();
            if (reading instanceof SignalReading.Refused refused) {
                throw new RefusedInputException(refused.violations().stream()
                        .map(Violation::message)
                        .collect(Collectors.joining("\n  ", "row " + row + " is refused:\n  ", "")));
            }
            return reading.orElseThrow();
        }
    }

    private Optional<CsvSignals.Row> find(CsvSignals users) {
        while (users.hasNext()) {
            CsvSignals.Row next = users.next();
            if (next.row() == row) {
                return Optional.of(next);
            }
        }
        return Optional.empty();
    }
}
