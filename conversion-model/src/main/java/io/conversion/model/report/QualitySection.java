package io.conversion.model.report;

import io.conversion.model.CalibrationLine;
import io.conversion.model.CalibrationMeasure;
import io.conversion.model.chart.ChartCurve;
import io.conversion.model.chart.ChartPoint;
import io.conversion.model.chart.RankingChart;
import io.conversion.model.chart.ReliabilityChart;
import io.conversion.model.evaluation.BrierDecomposition;
import io.conversion.model.evaluation.CalibrationTest;
import io.conversion.model.evaluation.Evaluation;
import io.conversion.model.evaluation.GroupEvaluation;
import io.conversion.model.evaluation.Interval;
import io.conversion.model.evaluation.RocAuc;
import io.conversion.model.evaluation.ScoreBin;
import io.conversion.model.evaluation.Threshold;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** How well the model ranks, and whether its probabilities hold. */
final class QualitySection {

    private static final int VERTICES = 150;

    private QualitySection() {}

    static Map<String, Object> of(ReportParts parts) {
        Evaluation evaluation = parts.evaluation();
        List<Threshold> thresholds = evaluation.thresholds();
        Map<String, Object> section = new HashMap<>();
        section.put("figures", figures(evaluation));
        section.put(
                "roc",
                RankingChart.roc(
                        "roc",
                        List.of(new ChartCurve(
                                "model", curve(thresholds, Threshold::falsePositiveRate, Threshold::recall)))));
        section.put("gain", RankingChart.gain("gain", List.of(gain(thresholds))));
        section.put("reliability", ReliabilityChart.svg("reliability", reliability(evaluation)));
        section.put(
                "deciles",
                evaluation.deciles().stream().map(QualitySection::decile).toList());
        section.put("hasGroups", !parts.groups().each().isEmpty());
        section.put("attribute", parts.groups().attribute());
        section.put(
                "groups",
                parts.groups().each().stream().map(QualitySection::group).toList());
        return section;
    }

    private static ChartCurve gain(List<Threshold> thresholds) {
        return new ChartCurve("model", curve(thresholds, Threshold::volume, Threshold::recall));
    }

    private static List<ChartPoint> curve(
            List<Threshold> all, ToDoubleFunction<Threshold> x, ToDoubleFunction<Threshold> y) {
        List<ChartPoint> points = new ArrayList<>(List.of(ChartPoint.of(0, 0)));
        int count = Math.min(VERTICES, all.size());
        for (int k = 1; k <= count; k++) {
            Threshold at = all.get((int) ((long) k * all.size() / count) - 1);
            points.add(ChartPoint.of(x.applyAsDouble(at), y.applyAsDouble(at)));
        }
        return points;
    }

    private static List<ChartPoint> reliability(Evaluation evaluation) {
        return evaluation.deciles().stream()
                .map(bin -> new ChartPoint(bin.meanPredicted(), bin.rate(), bin.lower(), bin.upper()))
                .toList();
    }

    private static List<Map<String, Object>> figures(Evaluation evaluation) {
        List<Map<String, Object>> rows = new ArrayList<>();
        RocAuc auc = evaluation.rocAuc();
        rows.add(figure(
                "ROC AUC",
                ReportText.metric(auc.value()),
                "DeLong interval " + ReportText.metric(auc.lower()) + " to " + ReportText.metric(auc.upper())
                        + "; 0.5 is a random ranking, 1 a perfect one"));
        rows.add(figure(
                "PR AUC",
                ReportText.metric(evaluation.prAuc()),
                "a random ranking has " + ReportText.metric(evaluation.baseRate())));
        rows.add(figure(
                "Log loss",
                ReportText.metric(evaluation.logLoss()),
                "the base rate for everybody has " + ReportText.metric(evaluation.nullLogLoss())));
        BrierDecomposition brier = evaluation.brier();
        rows.add(figure(
                "Brier score",
                ReportText.metric(brier.score()),
                "miscalibration " + ReportText.metric(brier.miscalibration()) + " − discrimination "
                        + ReportText.metric(brier.discrimination()) + " + uncertainty "
                        + ReportText.metric(brier.uncertainty())));
        rows.add(figure(
                "Expected calibration error",
                ReportText.metric(evaluation.expectedCalibrationError()),
                "mean distance of predicted and observed over tenths of the users; 0 is perfect"));
        CalibrationTest test = evaluation.calibrationTest();
        rows.add(figure(
                "Calibration test",
                Double.isNaN(test.z()) ? "cannot know" : "p = " + p(test.p()),
                Double.isNaN(test.z())
                        ? "every probability is 0, one half or 1"
                        : "Spiegelhalter's z is " + ReportText.decimals(test.z(), 2)
                                + "; a p below 0.05 says that the probabilities do not hold"));
        rows.add(calibration(
                "Calibration slope",
                evaluation.calibrationSlope(),
                "1 is right, below 1 too extreme, above 1 too timid"));
        rows.add(calibration(
                "Calibration shift",
                evaluation.calibrationShift(),
                "what the log-odds lack on average; 0 is right, above 0 the probabilities are too low"));
        Threshold apart = evaluation.largestSeparation();
        rows.add(figure(
                "Kolmogorov-Smirnov",
                ReportText.decimals(apart.separation(), 3),
                "the outcomes lie furthest apart at a probability of " + ReportText.percent(apart.probability())));
        return rows;
    }

    private static String p(double value) {
        return value < 0.001 ? "under 0.001" : ReportText.decimals(value, 3);
    }

    private static Map<String, Object> calibration(String name, CalibrationMeasure measure, String note) {
        return measure instanceof CalibrationMeasure.Known known
                ? figure(name, ReportText.decimals(known.value().value(), 2), interval(known.value()) + "; " + note)
                : figure(
                        name,
                        "cannot know",
                        measure.unknown()
                                .map(CalibrationMeasure.Reason::sentence)
                                .orElse(""));
    }

    private static String interval(CalibrationLine.Estimate estimate) {
        if (!Double.isFinite(estimate.standardError())) {
            return "no interval, since no probability moves around it";
        }
        return "Wald interval " + ReportText.decimals(estimate.lower(), 2) + " to "
                + ReportText.decimals(estimate.upper(), 2);
    }

    private static Map<String, Object> figure(String name, String value, String note) {
        return Map.of("name", name, "value", value, "note", note);
    }

    private static Map<String, Object> decile(ScoreBin bin) {
        return Map.of(
                "range", ReportText.percent(bin.lowest()) + " – " + ReportText.percent(bin.highest()),
                "rows", ReportText.count(bin.rows()),
                "predicted", ReportText.percent(bin.meanPredicted()),
                "observed", ReportText.percent(bin.rate()),
                "interval", ReportText.percent(bin.lower(), bin.upper()),
                "lift", ReportText.decimals(bin.lift(), 2) + " ×",
                "gain", ReportText.percent(bin.gain()));
    }

    private static Map<String, Object> group(GroupEvaluation group) {
        Map<String, Object> row = new HashMap<>();
        row.put("group", group.label());
        row.put("rows", ReportText.count(group.rows()));
        Interval observed = Interval.wilson(group.positives(), group.rows(), Evaluation.LEVEL);
        double predicted = group.meanPredicted();
        row.put(
                "observed",
                ReportText.percent(group.rate()) + " (" + ReportText.percent(observed.lower(), observed.upper()) + ")");
        row.put(
                "predicted",
                ReportText.percent(predicted)
                        + (predicted < observed.lower()
                                ? " ◐ too low"
                                : predicted > observed.upper() ? " ◐ too high" : ""));
        row.put(
                "auc",
                group.evaluation()
                        .map(Evaluation::rocAuc)
                        .map(auc -> ReportText.decimals(auc.value(), 3) + " (" + ReportText.decimals(auc.lower(), 3)
                                + "–" + ReportText.decimals(auc.upper(), 3) + ")")
                        .orElse("one outcome only"));
        return row;
    }
}
