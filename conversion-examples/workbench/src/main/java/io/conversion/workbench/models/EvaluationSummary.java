package io.conversion.workbench.models;

import io.conversion.model.CalibrationLine;
import io.conversion.model.CalibrationMeasure;
import io.conversion.model.evaluation.CalibrationTest;
import io.conversion.model.evaluation.Evaluation;
import io.conversion.model.evaluation.Fitness;
import io.conversion.model.evaluation.GroupEvaluation;
import io.conversion.model.evaluation.ModelDifference;
import io.conversion.model.evaluation.RocAuc;
import io.conversion.model.evaluation.ScoreBin;
import io.conversion.workbench.console.Numbers;
import io.conversion.workbench.console.TextTable;
import io.conversion.workbench.console.Wording;
import java.io.PrintWriter;
import java.util.List;

/** The metrics of an evaluation, each with what to compare it with. */
final class EvaluationSummary {

    /** How many groups are printed; the file has them all. */
    private static final int MOST_GROUPS = 20;

    private EvaluationSummary() {}

    static void print(Evaluation evaluation, PrintWriter out) {
        Fitness fitness = evaluation.fitness();
        out.println("  " + fitness.verdict());
        fitness.reasons().forEach(reason -> Wording.print("    ", "      ", reason, out));
        String baseRate = Numbers.decimals(evaluation.baseRate());
        ScoreBin top = evaluation.deciles().get(0);
        TextTable table = new TextTable("lrll")
                .row(
                        "ROC AUC",
                        Numbers.decimals(evaluation.rocAuc().value()),
                        Numbers.interval(
                                evaluation.rocAuc().lower(), evaluation.rocAuc().upper()),
                        "0.5 is a random ranking")
                .row("PR AUC", Numbers.decimals(evaluation.prAuc()), "", baseRate + " is a random ranking")
                .row(
                        "log loss",
                        Numbers.decimals(evaluation.logLoss()),
                        interval(evaluation, "log_loss"),
                        nullModel(evaluation.nullLogLoss()))
                .row(
                        "Brier score",
                        Numbers.decimals(evaluation.brierScore()),
                        interval(evaluation, "brier_score"),
                        nullModel(evaluation.brier().uncertainty()))
                .row("ECE", Numbers.decimals(evaluation.expectedCalibrationError()), "", "0 is perfect calibration")
                .row(calibrationTest(evaluation.calibrationTest()));
        table.row(calibration("calibration slope", evaluation.calibrationSlope(), "1 is perfect, below is too extreme"))
                .row(calibration("calibration shift", evaluation.calibrationShift(), "0 is perfect, above is too low"))
                .row("mean predicted", Numbers.decimals(evaluation.meanPredicted()), "", baseRate + " converted")
                .row(
                        "top tenth",
                        Numbers.decimals(top.rate()),
                        Numbers.interval(top.lower(), top.upper()),
                        "converted, " + Numbers.decimals(top.lift(), 2) + " times the base rate; predicted "
                                + Numbers.decimals(top.meanPredicted()))
                .print(out);
    }

    /** The largest groups. */
    static void printGroups(String column, List<GroupEvaluation> groups, PrintWriter out) {
        out.println("by " + column + ":");
        TextTable table =
                new TextTable("lrrrrl").row(column, "users", "converted", "predicted", "ROC AUC", "95 % interval");
        for (GroupEvaluation group : groups.subList(0, Math.min(groups.size(), MOST_GROUPS))) {
            RocAuc auc = group.evaluation().map(Evaluation::rocAuc).orElse(null);
            table.row(
                    group.label(),
                    Numbers.count(group.rows()),
                    Numbers.decimals(group.rate()),
                    Numbers.decimals(group.meanPredicted()),
                    auc == null ? "-" : Numbers.decimals(auc.value()),
                    auc == null ? "one outcome only" : Numbers.interval(auc.lower(), auc.upper()));
        }
        table.print(out);
        if (groups.size() > MOST_GROUPS) {
            out.println("  and " + Numbers.count(groups.size() - MOST_GROUPS, "smaller group"));
        }
    }

    /** What the model has over another one. */
    static void printDifference(ModelDifference difference, PrintWriter out) {
        new TextTable("lrll")
                .row(difference("ROC AUC", difference.rocAuc(), "positive is better"))
                .row(difference("log loss", difference.logLoss(), "negative is better"))
                .row(difference("Brier score", difference.brierScore(), "negative is better"))
                .print(out);
    }

    private static String[] difference(String name, ModelDifference.Difference of, String better) {
        return new String[] {
            name,
            Numbers.signed(of.value()),
            Numbers.signed(of.interval().lower()) + " to "
                    + Numbers.signed(of.interval().upper()),
            better + (of.isBeyondNoise() ? "" : "; within noise")
        };
    }

    private static String[] calibration(String name, CalibrationMeasure measure, String perfect) {
        if (measure instanceof CalibrationMeasure.Known known) {
            CalibrationLine.Estimate estimate = known.value();
            boolean hasInterval = Double.isFinite(estimate.standardError());
            return new String[] {
                name,
                Numbers.decimals(estimate.value()),
                hasInterval ? Numbers.interval(estimate.lower(), estimate.upper()) : "",
                perfect
            };
        }
        String reason =
                measure.unknown().map(CalibrationMeasure.Reason::sentence).orElse("");
        return new String[] {name, "-", "", "cannot know: " + reason};
    }

    private static String[] calibrationTest(CalibrationTest test) {
        boolean known = !Double.isNaN(test.z());
        return new String[] {
            "calibration test",
            !known ? "-" : test.p() < 0.0001 ? "< 0.0001" : Numbers.decimals(test.p()),
            "",
            known ? "Spiegelhalter's p; below 0.05 probabilities do not hold" : "every probability is 0, one half or 1"
        };
    }

    private static String interval(Evaluation evaluation, String metric) {
        return evaluation.metrics().stream()
                .filter(each -> each.name().equals(metric))
                .map(each -> Numbers.interval(each.lower(), each.upper()))
                .findFirst()
                .orElse("");
    }

    private static String nullModel(double value) {
        return Numbers.decimals(value) + " is the base rate for everybody";
    }
}
