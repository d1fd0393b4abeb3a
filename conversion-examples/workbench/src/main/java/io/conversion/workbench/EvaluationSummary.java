package io.conversion.workbench;

import io.conversion.model.evaluation.Evaluation;
import java.io.PrintWriter;

/** The metrics of an evaluation, each with what to compare it with. */
final class EvaluationSummary {

    private EvaluationSummary() {}

    static void print(Evaluation evaluation, PrintWriter out) {
        String baseRate = Numbers.decimals(evaluation.baseRate());
        new TextTable("lrl")
                .row("ROC AUC", Numbers.decimals(evaluation.rocAuc().value()), "0.5 is a random ranking")
                .row("PR AUC", Numbers.decimals(evaluation.prAuc()), baseRate + " is a random ranking")
                .row("log loss", Numbers.decimals(evaluation.logLoss()), constant(evaluation, true))
                .row("Brier score", Numbers.decimals(evaluation.brierScore()), constant(evaluation, false))
                .row("ECE", Numbers.decimals(evaluation.expectedCalibrationError()), "0 is perfect calibration")
                .row("mean predicted", Numbers.decimals(evaluation.meanPredicted()), baseRate + " converted")
                .print(out);
    }

    /** What the base rate scores as everybody's probability. */
    private static String constant(Evaluation evaluation, boolean logLoss) {
        double p = evaluation.baseRate();
        double value = logLoss ? -p * StrictMath.log(p) - (1 - p) * StrictMath.log(1 - p) : p * (1 - p);
        return Numbers.decimals(value) + " is the base rate for everybody";
    }
}
