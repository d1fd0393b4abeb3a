package io.conversion.workbench.models;

import io.conversion.core.ConversionModel;
import io.conversion.core.provenance.TrainingProvenance;
import io.conversion.model.LogisticTrainer;
import io.conversion.model.comparison.ModelComparison;
import io.conversion.model.data.DataSet;
import io.conversion.model.evaluation.Evaluation;
import io.conversion.model.lifecycle.IntentHorizons;
import io.conversion.model.report.ModelReport;
import io.conversion.model.signals.SignalValidation;
import io.conversion.policy.Decision;
import io.conversion.policy.Policy;
import io.conversion.policy.economics.Economics;
import io.conversion.workbench.console.Console;
import io.conversion.workbench.console.ContextColumns;
import io.conversion.workbench.console.InputFiles;
import io.conversion.workbench.console.OutputFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Writes the report of a model. */
@Command(
        name = "report",
        header = "Writes a page about a model, for people to read.",
        description = {
            "Measures the model on labelled users that it has not seen, and writes what it",
            "says of each signal, how good it is and what deciding by it would meet as one",
            "HTML file with its charts in it. The page knows more if it is given more: the",
            "training rows (verdicts on the signals, and with --compare what black boxes",
            "would gain), a policy (what it does to these users, as \"decide\" would; with the",
            "column of keys for a control group; with economics what it gains by declared",
            "effects), a log of events (when intent emerges)."
        },
        customSynopsis = "workbench report --model FILE --data FILE --label COLUMN --out FILE%n"
                + "                        [OPTIONS]",
        footer = {
            "  workbench report --model model/model.json --data users.csv \\",
            "                   --label converted --training users.csv \\",
            "                   --policy policy.json --out report.html"
        })
public final class ReportCommand implements Callable<Integer> {

    @Mixin
    private Console console;

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
            description = "The policy to decide on the users by; one that does not fit the model is refused (default:"
                    + " none).")
    private @Nullable Path policyFile;

    @Option(
            names = "--economics",
            order = 7,
            paramLabel = "FILE",
            description = "What a conversion is worth and what each action of the policy costs and does, as \"policy"
                    + " thresholds\" reads it, for what the policy gains (default: none).")
    private @Nullable Path economicsFile;

    @Mixin
    private ContextColumns contexts;

    @ArgGroup(
            exclusive = false,
            multiplicity = "0..1",
            order = 8,
            heading = "%n@|bold A log of events, for when intent emerges:|@%n")
    private @Nullable EventLogOptions log;

    @Override
    public Integer call() throws IOException {
        if (compare && training == null) {
            throw console.misuse("--compare needs --training, the rows to train other approaches on");
        } else if (contexts.areGiven() && policyFile == null) {
            throw console.misuse("--key and --previous need --policy, which decides by them");
        } else if (economicsFile != null && policyFile == null) {
            throw console.misuse("--economics needs --policy, whose actions it is about");
        }
        source.passOver(contexts::passOverIn);
        InputFiles inputs = source.files()
                .and("--training", training)
                .and("--policy", policyFile)
                .and("--economics", economicsFile);
        if (log != null) {
            log.check(console);
            inputs = inputs.and(log.files());
        }
        OutputFile file = OutputFile.of(out, inputs.refuseUnreadable());
        ConversionModel model = source.loadModel();
        Policy policy = policyFile == null ? null : Policy.load(policyFile);
        if (policy != null) {
            ReportedPolicy.refuseUnfit(policy, model);
        }
        ReportedEconomics economics = policy == null || economicsFile == null
                ? null
                : ReportedEconomics.of(Economics.load(economicsFile), economicsFile, policy);
        PrintWriter print = console.out();
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
            report = decided(report, policy, economics, model);
        }
        if (training != null) {
            report = withTraining(report, model, users, source.read(training, model));
        }
        if (log != null) {
            report = report.horizons(IntentHorizons.defaults().measure(log.read(0, source.dialect())));
        }
        file.write(report.files(sources()).toHtml(), print);
        return 0;
    }

    /** The files that the page rests on, by what they hold. */
    private Map<String, String> sources() {
        Map<String, String> files = new LinkedHashMap<>();
        files.put("users measured on", name(source.path()));
        if (training != null) {
            files.put("training rows", name(training));
        }
        if (policyFile != null) {
            files.put("policy", name(policyFile));
        }
        if (economicsFile != null) {
            files.put("economics", name(economicsFile));
        }
        if (log != null) {
            files.put(
                    "log of events",
                    String.join(
                            ", ", log.paths().stream().map(ReportCommand::name).toList()));
        }
        return files;
    }

    private static String name(Path file) {
        return String.valueOf(file.getFileName());
    }

    private ModelReport withTraining(ModelReport report, ConversionModel model, DataSet holdout, DataSet rows) {
        ModelReport more = report.users(rows).signals(SignalValidation.of(rows).inModel(model));
        return compare ? more.comparison(ModelComparison.defaults().measure(trainer(model), rows, holdout)) : more;
    }

    /** Trains as the model was trained, as far as its artifact tells. */
    private static LogisticTrainer trainer(ConversionModel model) {
        TrainingProvenance training = model.training().orElse(null);
        if (training == null) {
            return LogisticTrainer.withDefaults();
        }
        LogisticTrainer trainer = training.fit().shapes().equals("linear")
                ? LogisticTrainer.withDefaults().linearShapes()
                : LogisticTrainer.withDefaults();
        return (training.fit().penaltyChoice().equals("cv")
                        ? trainer
                        : trainer.penalty(training.fit().penalty()))
                .seed(training.fit().seed());
    }

    private ModelReport decided(
            ModelReport report, Policy policy, @Nullable ReportedEconomics economics, ConversionModel model)
            throws IOException {
        ReportedPolicy decided = new ReportedPolicy(model, policy, contexts, source.labels(model));
        source.forEachRow(model, contexts, (row, label) -> {
            Decision decision = decided.add(row, label);
            if (economics != null) {
                economics.add(decision);
            }
        });
        ModelReport more = report.policy(decided.counted(source.fileName()));
        return economics == null ? more : more.economics(economics.counted());
    }
}
