package io.conversion.workbench.models;

import io.conversion.core.ConversionModel;
import io.conversion.model.LogisticTrainer;
import io.conversion.model.TrainingResult;
import io.conversion.model.comparison.InterpretabilityCost;
import io.conversion.model.comparison.ModelComparison;
import io.conversion.model.data.DataSet;
import io.conversion.model.evaluation.Evaluation;
import io.conversion.model.report.EvaluationReport;
import io.conversion.model.report.ModelReport;
import io.conversion.model.signals.SignalValidation;
import io.conversion.workbench.console.Numbers;
import java.io.IOException;
import java.io.PrintWriter;

/**
 * Measures a trained model, and writes the model, its figures and its report.
 *
 * @param out where to say what was done
 * @param rows what was trained on and what is measured on
 * @param trainer what trained
 * @param compare whether other approaches are trained and compared
 */
record TrainingOutput(PrintWriter out, HoldOut rows, LogisticTrainer trainer, boolean compare) {

    void write(TrainingResult result, ConversionModel published, ModelFolder folder) throws IOException {
        DataSet training = rows.training();
        DataSet holdout = rows.holdOut().orElse(null);
        Evaluation onTraining = Evaluation.of(published, training);
        Evaluation outOfFold = HoldOut.outOfFold(result).orElse(onTraining);
        Evaluation measured = holdout == null ? outOfFold : Evaluation.of(published, holdout);
        ConversionModel model = holdout == null ? published : published.withHoldout(measured.metrics());

        SignalValidation signals = SignalValidation.of(training).inModel(model);
        new TrainingSummary(training, result, model, signals).print(out);
        out.println("metrics on " + Numbers.count(measured.rows()) + " " + rows.described() + ":");
        EvaluationSummary.print(measured, out);
        EvaluationReport figures =
                EvaluationReport.ofTraining(model, result, onTraining).outOfFold(outOfFold);
        ModelReport page = ModelReport.of(model, measured)
                .measuredOn(rows.described())
                .training(result)
                .users(training)
                .signals(signals);
        if (compare && holdout != null) {
            InterpretabilityCost cost = ModelComparison.defaults().measure(trainer, training, holdout);
            out.println(cost.sentence());
            page = page.comparison(cost);
            figures = figures.comparison(cost);
        }
        folder.save(model, holdout == null ? figures : figures.holdout(measured), page, out);
    }
}
