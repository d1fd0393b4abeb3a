package io.conversion.workbench.models;

import io.conversion.core.ConversionModel;
import io.conversion.model.data.DataSet;
import io.conversion.model.evaluation.Evaluation;
import io.conversion.model.evaluation.GroupEvaluation;
import io.conversion.model.evaluation.ModelDifference;
import io.conversion.model.evaluation.PairedBootstrap;
import io.conversion.model.report.EvaluationReport;
import io.conversion.workbench.console.Console;
import io.conversion.workbench.console.OutputFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Evaluates a model on labelled users. */
@Command(
        name = "evaluate",
        header = "Evaluates a model on labelled users that it has not seen.",
        description = {
            "Prints and writes how well the model ranks (ROC AUC, PR AUC, tenths), how well",
            "its probabilities hold (calibration slope, ECE, mean predicted), and both at",
            "once (log loss, Brier score), with 95 %% intervals. On the rows that the model",
            "was trained on they come out too good. With --against another model is measured",
            "on the same users, and the differences have paired bootstrap intervals. Each of",
            "the two reads its own signals of the file; a row that either refuses is left out",
            "of both, and counted."
        },
        customSynopsis = "workbench evaluate --model FILE --data FILE --label COLUMN --out FILE%n"
                + "                          [OPTIONS]",
        footer = {
            "  workbench evaluate --model model/model.json --data users.csv \\",
            "                     --label converted --out evaluation.json"
        })
public final class EvaluateCommand implements Callable<Integer> {

    @Mixin
    private Console console;

    @Mixin
    private EvaluationUsers source;

    @Option(
            names = "--out",
            paramLabel = "FILE",
            required = true,
            description = "The file of metrics to write, as JSON.")
    private Path out;

    @Option(
            names = "--against",
            order = 5,
            paramLabel = "FILE",
            description =
                    "Another model to compare with, of the same signals or of others that the data have, too (default:"
                            + " none).")
    private @Nullable Path against;

    @Override
    public Integer call() throws IOException {
        OutputFile file =
                OutputFile.of(out, source.files().and("--against", against).refuseUnreadable());
        ConversionModel model = source.loadModel();
        ConversionModel other = against == null ? null : ConversionModel.load(against);
        PrintWriter print = console.out();
        TwoModels both = other == null ? null : source.read(model, other, print);
        DataSet users = both == null ? source.read(model, print) : both.users();
        Evaluation evaluation = Evaluation.of(model, users);
        print.println("metrics:");
        EvaluationSummary.print(evaluation, print);
        EvaluationReport report = EvaluationReport.of(model, evaluation);
        if (source.group().isPresent()) {
            String column = source.group().get();
            List<GroupEvaluation> groups = Evaluation.byGroup(model, users, column);
            EvaluationSummary.printGroups(column, groups, print);
            report = report.groups(column, groups);
        }
        if (other != null && both != null) {
            Evaluation ofOther = Evaluation.of(other, both.others());
            ModelDifference difference = PairedBootstrap.of(users.outcomes())
                    .difference(evaluation.probabilities(), ofOther.probabilities());
            print.println("against model " + other.reference() + ":");
            EvaluationSummary.printDifference(difference, print);
            report = report.against(other, ofOther, difference);
        }
        file.write(report.toJson(), print);
        return 0;
    }
}
