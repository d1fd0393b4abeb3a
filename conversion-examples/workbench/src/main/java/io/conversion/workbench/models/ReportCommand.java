package io.conversion.workbench.models;

import io.conversion.core.ConversionModel;
import io.conversion.core.provenance.TrainingProvenance;
import io.conversion.model.LogisticTrainer;
import io.conversion.model.comparison.ModelComparison;
import io.conversion.model.data.DataSet;
import io.conversion.model.evaluation.Evaluation;
import io.conversion.model.lifecycle.IntentHorizons;
import io.conversion.model.report.ModelReport;
import io.conversion.model.report.ReportBand;
import io.conversion.model.signals.SignalValidation;
import io.conversion.policy.Policy;
import io.conversion.workbench.console.InputFiles;
import io.conversion.workbench.console.OutputFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Writes the report of a model. */
@Command(
        name = "report",
        header = "Writes a page about a model, for people to read.",
        description = {
            "Measures the model on labelled users that it has not seen, and writes what it says",
            "of each signal, how good it is and what deciding by it would meet as one HTML file",
            "with its charts in it. The page knows more if it is given more: the training rows",
            "(verdicts on the signals, and with --compare what black boxes would gain), a policy",
            "(its bands), a log of events (when intent emerges)."
        },
        customSynopsis = "workbench report --model FILE --data FILE --label COLUMN --out FILE%n"
                + "                        [OPTIONS]",
        footer = {
            "  workbench report --model model/model.json --data holdout.csv --label converted \\",
            "                   --training train.csv --policy policy.json --out report.html"
        })
// picocli sets the spec and the required options. To be removed when NullAway knows its annotations.
@SuppressWarnings("NullAway.Init")
public final class ReportCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private EvaluationUsers source;

    @Option(
            names = "--out",
            paramLabel = "FILE",
            required = true,
            description = "The page to write, as a single HTML file.")
    private Path out;

    @Option(
            names = "--training",
            order = 5,
            paramLabel = "FILE",
            description = "The CSV file of training rows, with the columns of --data (default: none).")
    private @Nullable Path training;

    @Option(
            names = "--compare",
            order = 6,
            description = "Trains other approaches, black boxes among them, on the training rows and compares. Takes a"
                    + " minute for 50,000 rows.")
    private boolean compare;

    @Option(
            names = "--policy",
            order = 7,
            paramLabel = "FILE",
            description = "The policy whose bands are shown (default: none).")
    private @Nullable Path policy;

    @ArgGroup(
            exclusive = false,
            multiplicity = "0..1",
            order = 8,
            heading = "%n@|bold A log of events, for when intent emerges:|@%n")
    private EventLogOptions.@Nullable Files files;

    @Mixin
    private EventLogOptions log;

    @Override
    public Integer call() throws IOException {
        if (compare && training == null) {
            throw new ParameterException(
                    spec.commandLine(), "--compare needs --training, the rows to train other approaches on");
        }
        InputFiles inputs = source.files().and("--training", training).and("--policy", policy);
        OutputFile file = OutputFile.of(out, (files == null ? inputs : files.and(inputs)).refuseUnreadable());
        ConversionModel model = source.loadModel();
        PrintWriter print = spec.commandLine().getOut();
        DataSet users = source.read(model, print);
        Evaluation evaluation = Evaluation.of(model, users);
        print.println("metrics:");
        EvaluationSummary.print(evaluation, print);
        ModelReport report = ModelReport.of(model, evaluation);
        if (source.group().isPresent()) {
            String column = source.group().get();
            report = report.groups(column, Evaluation.byGroup(model, users, column));
        }
        if (policy != null) {
            report = report.bands(bands(Policy.load(policy)));
        }
        if (training != null) {
            report = withTraining(report, model, users, source.read(training, model));
        }
        if (files != null) {
            report = report.horizons(IntentHorizons.defaults().measure(log.read(files, 0)));
        }
        file.write(report.toHtml(), print);
        return 0;
    }

    private ModelReport withTraining(ModelReport report, ConversionModel model, DataSet holdout, DataSet rows) {
        ModelReport more = report.users(rows).signals(SignalValidation.of(rows));
        return compare ? more.comparison(ModelComparison.defaults().measure(trainer(model), rows, holdout)) : more;
    }

    /** Trains as the model was trained, as far as its artifact tells. */
    private static LogisticTrainer trainer(ConversionModel model) {
        TrainingProvenance.Fit fit =
                model.training().map(TrainingProvenance::fit).orElse(null);
        if (fit == null) {
            return LogisticTrainer.withDefaults();
        }
        LogisticTrainer trainer = fit.shapes().equals("linear")
                ? LogisticTrainer.withDefaults().linearShapes()
                : LogisticTrainer.withDefaults();
        return (fit.penaltyChoice().equals("cv") ? trainer : trainer.penalty(fit.penalty())).seed(fit.seed());
    }

    static List<ReportBand> bands(Policy policy) {
        List<ReportBand> bands = new ArrayList<>();
        policy.bands().forEach(band -> bands.add(new ReportBand(band.segment(), band.from(), band.action())));
        return bands;
    }
}
