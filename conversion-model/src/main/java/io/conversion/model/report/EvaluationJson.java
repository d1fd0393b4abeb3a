package io.conversion.model.report;

import io.conversion.core.json.JsonText;
import io.conversion.model.CalibrationLine;
import io.conversion.model.CalibrationMeasure;
import io.conversion.model.evaluation.BrierDecomposition;
import io.conversion.model.evaluation.Evaluation;
import io.conversion.model.evaluation.ScoreBin;
import io.conversion.model.evaluation.Threshold;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.DoubleStream;

/** The values of an evaluation as JSON. */
final class EvaluationJson {

    /** Where thresholds are of interest: finer where base rates lie. */
    private static final double[] THRESHOLDS = {
        0.01, 0.02, 0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.6, 0.7, 0.8, 0.9
    };

    /** Vertices of the ROC curve that are written, evenly over all of them. */
    private static final int VERTICES = 200;

    private EvaluationJson() {}

    static Map<String, Object> of(Evaluation evaluation) {
        Map<String, Object> json = JsonText.object(
                "rows", evaluation.rows(),
                "positives", evaluation.positives(),
                "base_rate", evaluation.baseRate(),
                "mean_predicted", evaluation.meanPredicted());
        evaluation.metrics().forEach(metric -> {
            json.put(metric.name(), metric.value());
            if (metric.hasInterval()) {
                json.put(metric.name() + "_lower", metric.lower());
                json.put(metric.name() + "_upper", metric.upper());
            }
        });
        Map<String, Object> unknown = new LinkedHashMap<>();
        evaluation.calibrationSlope().unknown().ifPresent(reason -> unknown.put("calibration_slope", reason(reason)));
        evaluation.calibrationShift().unknown().ifPresent(reason -> unknown.put("calibration_shift", reason(reason)));
        if (!unknown.isEmpty()) {
            json.put("cannot_know", unknown);
        }
        json.put("null_log_loss", evaluation.nullLogLoss());
        evaluation.calibrationLine().map(CalibrationLine::intercept).ifPresent(intercept -> {
            json.put("calibration_intercept", intercept.value());
        });
        BrierDecomposition brier = evaluation.brier();
        json.put(
                "brier_decomposition",
                JsonText.object(
                        "miscalibration", brier.miscalibration(),
                        "discrimination", brier.discrimination(),
                        "uncertainty", brier.uncertainty()));
        Threshold apart = evaluation.largestSeparation();
        json.put(
                "kolmogorov_smirnov", JsonText.object("value", apart.separation(), "probability", apart.probability()));
        json.put(
                "deciles",
                evaluation.deciles().stream().map(EvaluationJson::bin).toList());
        json.put(
                "thresholds",
                DoubleStream.of(THRESHOLDS)
                        .mapToObj(evaluation::at)
                        .map(EvaluationJson::threshold)
                        .toList());
        json.put("roc_curve", rocCurve(evaluation.thresholds()));
        return json;
    }

    /** Why there is no number, for machines and for people. */
    static Map<String, Object> reason(CalibrationMeasure.Reason reason) {
        return JsonText.object("reason", reason.name().toLowerCase(Locale.ROOT), "sentence", reason.sentence());
    }

    private static Map<String, Object> bin(ScoreBin bin) {
        return JsonText.object(
                "lowest", bin.lowest(),
                "highest", bin.highest(),
                "rows", bin.rows(),
                "positives", bin.positives(),
                "mean_predicted", bin.meanPredicted(),
                "rate", bin.rate(),
                "rate_lower", bin.lower(),
                "rate_upper", bin.upper(),
                "lift", bin.lift(),
                "volume", bin.volume(),
                "gain", bin.gain());
    }

    /** Where nobody is chosen, there is no precision. */
    private static Map<String, Object> threshold(Threshold at) {
        Map<String, Object> json = JsonText.object(
                "probability", at.probability(),
                "chosen", at.chosen(),
                "hits", at.hits(),
                "volume", at.volume(),
                "recall", at.recall(),
                "false_positive_rate", at.falsePositiveRate(),
                "net_benefit", at.netBenefit(),
                "net_benefit_of_all", at.netBenefitOfAll());
        if (at.chosen() > 0) {
            json.put("precision", at.precision());
            json.put("lift", at.lift());
        }
        return json;
    }

    private static Object rocCurve(List<Threshold> all) {
        int count = Math.min(VERTICES, all.size());
        return DoubleStream.iterate(0, i -> i + 1)
                .limit(count)
                .mapToObj(i -> all.get((int) (count == 1 ? 0 : i * (all.size() - 1) / (count - 1))))
                .map(at -> List.of(at.falsePositiveRate(), at.recall(), at.probability()))
                .toList();
    }
}
