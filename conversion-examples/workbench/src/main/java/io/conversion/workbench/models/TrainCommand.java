package io.conversion.workbench.models;

import io.conversion.core.ConversionModel;
import io.conversion.core.MinimumEvidence;
import io.conversion.model.CalibrationMethod;
import io.conversion.model.LogisticTrainer;
import io.conversion.model.TrainingResult;
import io.conversion.model.data.DataSet;
import io.conversion.workbench.console.Console;
import io.conversion.workbench.console.InputFiles;
import io.conversion.workbench.console.NameList;
import io.conversion.workbench.console.RefusedInputException;
import io.conversion.workbench.console.Wording;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** Trains a model and writes it with its evaluation on the training rows. */
@Command(
        name = "train",
        header = "Trains a model on labelled users.",
        description = {
            "Fits a logistic regression: the log-odds of conversion as an intercept plus one",
            "shape for each signal. Shapes, penalty and calibration are chosen by",
            "cross-validation unless they are given. The publish gate then checks the fit,",
            "and refuses it or warns. Writes model.json, which the other commands and the",
            "library load; evaluation.json with all figures; and report.html, a page to read.",
            "Figures are those of held-out folds, or with --holdout or --split of rows that",
            "no choice has seen."
        },
        customSynopsis = "workbench train --data FILE --label COLUMN --out DIR [OPTIONS]",
        footer = {
            "  workbench train --data users.csv --label converted \\",
            "                  --penalty 1 --name trial-conversion --out model"
        })
public final class TrainCommand implements Callable<Integer> {

    @Mixin
    private Console console;

    @Mixin
    private LabelledUsers users;

    @Mixin
    private SplitOptions split;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            required = true,
            description = "The folder for model.json, evaluation.json and report.html; it is created.")
    private Path out;

    @Option(
            names = "--shapes",
            paramLabel = "KIND",
            defaultValue = "auto",
            description = "The shapes that numeric signals may take: linear, or auto for the best of linear, signed"
                    + " log, piecewise linear and steps (default: ${DEFAULT-VALUE}).")
    private String shapes;

    @Option(
            names = "--tails",
            paramLabel = "KIND",
            defaultValue = "open",
            description = "With flat, every shape is flat beyond the first and the last hundredth of the training rows,"
                    + " so that no rare number is taken for certainty; open lets shapes run on"
                    + " (default: ${DEFAULT-VALUE}).")
    private String tails;

    @Option(
            names = "--penalty",
            paramLabel = "NUMBER",
            defaultValue = "cv",
            description = "The L2 penalty lambda on standardised signals, 1/C in scikit-learn; 0 for none; cv for the"
                    + " one of the smallest cross-validated log loss (default: ${DEFAULT-VALUE}).")
    private String penalty;

    @Option(
            names = "--calibrate",
            paramLabel = "KIND",
            defaultValue = "auto",
            description = "How log-odds are calibrated: none, platt, isotonic, or auto for the one of the smallest"
                    + " cross-validated log loss (default: ${DEFAULT-VALUE}).")
    private String calibrate;

    @Option(
            names = "--seed",
            paramLabel = "S",
            defaultValue = "1",
            description = "A whole number that the folds of cross-validation follow from (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(
            names = "--base-rate",
            paramLabel = "RATE",
            description = "The share of users who convert where the model is used, if the training rows were sampled"
                    + " otherwise (default: the share of the training rows).")
    private @Nullable Double baseRate;

    @Option(
            names = "--holdout",
            paramLabel = "fifth|FILE",
            description = "Rows to measure on that have no part in the training: every fifth row of --data, or a file"
                    + " with the same columns (default: none; training rows are measured out of fold).")
    private @Nullable String holdout;

    @Option(
            names = "--compare",
            description = "Trains other approaches, black boxes among them, on the training rows and compares on the"
                    + " hold-out, in the report. Takes a minute for 50,000 rows.")
    private boolean compare;

    @Option(
            names = "--override",
            paramLabel = "CHECK=REASON",
            hideParamSyntax = true,
            description = "Publishes although this check of the gate refuses, and writes the reason into the model;"
                    + " may be given more than once.")
    private Map<String, String> overrides = Map.of();

    @Option(
            names = "--require",
            paramLabel = "A,B",
            converter = NameList.Converter.class,
            hideParamSyntax = true,
            description = "Signals that a score must have observed to be decided on (default: none)."
                    + " A name with a comma is given in double quotes.")
    private List<NameList> require = List.of();

    @Option(
            names = "--min-observed",
            paramLabel = "SHARE",
            defaultValue = "0",
            description = "The smallest share of the model's weight, 0 to 1, that observed signals must carry for a"
                    + " score to be decided on (default: ${DEFAULT-VALUE}).")
    private double minObserved;

    @Option(
            names = "--within-training",
            description = "Asks of a score to be decided on that no number lies beyond those of all training rows.")
    private boolean withinTraining;

    @Mixin
    private Publication publication;

    @Override
    public Integer call() throws IOException {
        checkOverrides();
        LogisticTrainer trainer = trainer();
        MinimumEvidence minimum = minimumEvidence();
        checkHoldOut();
        split.check(holdout);
        InputFiles inputs = users.files()
                .and("--holdout", HoldOut.file(holdout).orElse(null))
                .refuseUnreadable();
        ModelFolder folder = ModelFolder.of(out, inputs);

        HoldOut rows = holdOut(split.grouped(users.read(split::in, console.err())));
        TrainingResult result = trainer.train(rows.training());
        if (rows.holdOut().isPresent()) {
            result = result.heldOut(rows.holdOut().get());
        }
        for (Map.Entry<String, String> override : overrides.entrySet()) {
            result = result.override(override.getKey(), override.getValue());
        }
        new TrainingOutput(console.out(), rows, trainer, compare).write(result, publish(result, minimum), folder);
        return 0;
    }

    private HoldOut holdOut(DataSet read) throws IOException {
        if (split.split().isPresent()) {
            return HoldOut.by(split.split().get(), read, console.out());
        }
        return split.from().isPresent()
                ? HoldOut.from(split.from().get(), split.date(), read, console.out())
                : HoldOut.of(holdout, read, split.in(users.options()));
    }

    private void checkHoldOut() {
        if (compare
                && holdout == null
                && split.from().isEmpty()
                && split.split().isEmpty()) {
            throw usage("--compare needs --holdout or --split, the rows to compare on");
        } else if (compare && baseRate != null) {
            throw usage("--compare and --base-rate exclude each other: other approaches are not shifted");
        } else if (baseRate != null && split.split().isPresent()) {
            throw usage(
                    "--split holds out rows of the base rate of the training rows and not of that of --base-rate; give"
                            + " --holdout a file of users who have it");
        } else if (baseRate != null && HoldOut.isFifth(holdout)) {
            throw usage(
                    "--holdout fifth has the base rate of the training rows and not that of --base-rate; give a file"
                            + " of users who have it");
        }
    }

    private LogisticTrainer trainer() {
        LogisticTrainer trainer =
                LogisticTrainer.withDefaults().calibrate(calibration()).seed(seed);
        if (shapes.equals("linear")) {
            trainer = trainer.linearShapes();
        } else if (!shapes.equals("auto")) {
            throw usage("--shapes is " + Wording.quoted(shapes) + "; linear and auto are the kinds that exist");
        }
        if (tails.equals("flat") && shapes.equals("linear")) {
            throw usage("--tails flat and --shapes linear exclude each other: a straight line has no flat tails");
        } else if (tails.equals("flat")) {
            trainer = trainer.flatTails();
        } else if (!tails.equals("open")) {
            throw usage("--tails is " + Wording.quoted(tails) + "; open and flat are the kinds that exist");
        }
        try {
            trainer = baseRate == null ? trainer : trainer.baseRate(baseRate);
        } catch (IllegalArgumentException e) {
            throw usage("--base-rate: " + e.getMessage());
        }
        trainer = overrides.containsKey("rows_per_coefficient") ? trainer.withFewRows() : trainer;
        if (penalty.equals("cv")) {
            return trainer;
        }
        try {
            return trainer.penalty(new BigDecimal(penalty).doubleValue());
        } catch (NumberFormatException e) {
            throw usage(
                    "--penalty is " + Wording.quoted(penalty) + "; cv or a number of at least 0 is needed, such as 1");
        } catch (IllegalArgumentException e) {
            throw usage("--penalty: " + e.getMessage());
        }
    }

    private CalibrationMethod calibration() {
        return switch (calibrate) {
            case "none" -> CalibrationMethod.NONE;
            case "platt" -> CalibrationMethod.PLATT;
            case "isotonic" -> CalibrationMethod.ISOTONIC;
            case "auto" -> CalibrationMethod.AUTO;
            default ->
                throw usage("--calibrate is " + Wording.quoted(calibrate)
                        + "; none, platt, isotonic and auto are the kinds that exist");
        };
    }

    private MinimumEvidence minimumEvidence() {
        try {
            return new MinimumEvidence(Set.copyOf(NameList.all(require)), minObserved, withinTraining);
        } catch (IllegalArgumentException e) {
            throw usage("--min-observed: " + e.getMessage());
        }
    }

    private ConversionModel publish(TrainingResult result, MinimumEvidence minimum) {
        try {
            return result.publish(publication.name(users.path()), publication.version(), publication.published())
                    .minimumEvidence(minimum);
        } catch (IllegalArgumentException e) {
            // A name that no artifact can hold: of the model, or of the label or its value in the data; or a
            // required signal that does not exist.
            throw new RefusedInputException(e);
        }
    }

    private void checkOverrides() {
        overrides.forEach((check, reason) -> {
            if (check.isBlank() || reason == null || reason.isBlank()) {
                throw usage("--override is " + Wording.quoted(check + "=" + (reason == null ? "" : reason))
                        + "; a check of the gate and a reason are needed, as in leakage=\"known at prediction time\"");
            }
        });
    }

    private ParameterException usage(String message) {
        return console.misuse(message);
    }
}
