package io.conversion.workbench;

import io.conversion.core.ConversionModel;
import io.conversion.core.TrainingProvenance;
import io.conversion.model.CsvDataSet;
import io.conversion.model.DataSet;
import io.conversion.model.evaluation.Evaluation;
import io.conversion.model.evaluation.EvaluationReport;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Evaluates a model on labelled users. */
@Command(
        name = "evaluate",
        header = "Evaluates a model on labelled users that it has not seen.",
        description = {
            "Prints and writes how well the model ranks (ROC AUC, PR AUC), how well its",
            "probabilities hold (ECE, mean predicted), and both at once (log loss, Brier",
            "score). On the rows that the model was trained on they come out too good."
        },
        customSynopsis = "workbench evaluate --model FILE --data FILE --label COLUMN --out FILE%n"
                + "                          [OPTIONS]",
        footer = {
            "  workbench evaluate --model model/model.json --data holdout.csv \\",
            "                     --label converted --out evaluation.json"
        })
// picocli sets the spec and the required options. To be removed when NullAway knows its annotations.
@SuppressWarnings("NullAway.Init")
final class EvaluateCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private ModelAndUsers source;

    @Option(
            names = "--label",
            paramLabel = "COLUMN",
            required = true,
            description = "The column that holds the outcome.")
    private String label;

    @Option(
            names = "--out",
            paramLabel = "FILE",
            required = true,
            description = "The file of metrics to write, as JSON.")
    private Path out;

    @Option(
            names = "--positive",
            order = 2,
            paramLabel = "VALUE",
            description = "The value of the label that counts as converted (default: that of the training if the label"
                    + " is the same column, else the one of 1, true and yes that the column holds).")
    private @Nullable String positive;

    @Option(
            names = "--tolerate",
            order = 3,
            paramLabel = "N",
            defaultValue = "0",
            converter = CountConverter.class,
            description = "How many bad cells are tolerated; their rows are left out (default: ${DEFAULT-VALUE}).")
    private long tolerated;

    @Override
    public Integer call() throws IOException {
        OutputFile file = OutputFile.of(out, source.files().refuseUnreadable());
        ConversionModel model = source.loadModel();
        UserFile userFile = source.userFile(model).passOver(label, "the label");
        DataSet users = read(model, userFile);
        Evaluation evaluation = Evaluation.of(model, users);

        PrintWriter print = spec.commandLine().getOut();
        print.println("model " + model.reference());
        print.println(userFile.passedOver());
        TextTable facts = new TextTable("ll");
        DataSetSummary.addTo(facts, users);
        facts.print(print);
        print.println("metrics:");
        EvaluationSummary.print(evaluation, print);
        file.write(EvaluationReport.of(model, evaluation).toJson(), print);
        return 0;
    }

    private DataSet read(ConversionModel model, UserFile userFile) throws IOException {
        userFile.open(bytes -> {}).close();
        CsvDataSet.Options options = CsvDataSet.label(label)
                .schema(model.schema())
                .exclude(userFile.skipped().stream()
                        .filter(column -> !column.equals(label))
                        .toList())
                .tolerate(tolerated);
        Optional<String> converted = converted(model);
        if (converted.isPresent()) {
            options = options.positive(converted.get());
        }
        try (Progress progress = Progress.ofReading(source.data())) {
            return CsvDataSet.read(source.data(), options.progress(progress));
        }
    }

    private Optional<String> converted(ConversionModel model) {
        return positive != null
                ? Optional.of(positive)
                : model.training()
                        .filter(training -> training.label().equals(label))
                        .map(TrainingProvenance::positive);
    }
}
