package io.conversion.model.signals;

import io.conversion.core.json.JsonText;
import io.conversion.model.data.DataSet.LabelColumn;
import io.conversion.model.evaluation.RocAuc;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A validation as maps and lists. What is not defined has no key; an infinite factor is said to be one. */
final class ValidationJson {

    private ValidationJson() {}

    static Map<String, Object> of(SignalValidation validation, LabelColumn label) {
        ValidationOptions options = validation.options();
        Map<String, Object> json = JsonText.object(
                "label", label.name(),
                "positive", label.positive(),
                "rows", validation.rows(),
                "positives", validation.positives(),
                "level", options.level(),
                "seed", options.seed());
        options.predictionDay().ifPresent(day -> json.put("prediction_day", day));
        options.cohort().ifPresent(cohort -> json.put("cohort", cohort));
        json.put("limits", limits(options.limits()));
        validation.best().ifPresent(best -> json.put("best_signal", best.signal()));
        json.put("notes", validation.notes());
        json.put(
                "signals",
                validation.signals().stream().map(ValidationJson::signal).toList());
        return json;
    }

    private static Map<String, Object> limits(SignalLimits limits) {
        return JsonText.object(
                "lift", limits.lift(),
                "auc_above_chance", limits.aucAboveChance(),
                "cohort_agreement", limits.cohortAgreement(),
                "suspicious_auc", limits.suspiciousAuc(),
                "leaking_auc", limits.leakingAuc(),
                "variance_inflation", limits.varianceInflation(),
                "cohort_class", limits.cohortClass(),
                "levels", limits.levels());
    }

    private static Map<String, Object> signal(SignalReport report) {
        Map<String, Object> json = JsonText.object(
                "signal", report.signal(),
                "kind", lower(report.kind()),
                "verdict", lower(report.verdict()),
                "findings",
                        report.findings().stream().map(ValidationJson::finding).toList(),
                "missing", report.missing(),
                "distinct", report.distinct());
        strength(report.strength(), json);
        report.stability().ifPresent(stability -> json.put("stability", stability(stability)));
        report.collinearity().ifPresent(collinearity -> json.put("collinearity", collinearity(collinearity)));
        report.availableOn().ifPresent(day -> json.put("available_on", day));
        json.put("meaning", report.meaning());
        json.put("unit", report.unit());
        json.put("actionable", report.isActionable());
        return json;
    }

    private static Map<String, Object> finding(SignalFinding finding) {
        return JsonText.object(
                "dimension", lower(finding.dimension()),
                "verdict", lower(finding.verdict()),
                "sentence", finding.sentence());
    }

    private static void strength(PredictiveStrength strength, Map<String, Object> json) {
        strength.auc().ifPresent(auc -> {
            json.put("auc", auc(auc));
            json.put("auc_oriented", auc.oriented().value());
        });
        strength.aucOfBins().ifPresent(auc -> json.put("auc_of_bins", auc(auc)));
        json.put("measured_by", strength.isByBins() ? "bins" : "values");
        json.put("iv_smoothed", strength.informationValue());
        strength.unsmoothedInformationValue().ifPresent(value -> json.put("iv_unsmoothed", value));
        json.put("lift", strength.lift());
        json.put("relation", lower(strength.relation()));
        json.put("rank_correlation", strength.rankCorrelation());
        json.put("edges", strength.edges());
        json.put("bins", strength.table().stream().map(ValidationJson::bin).toList());
    }

    private static Map<String, Object> auc(RocAuc auc) {
        return JsonText.object("value", auc.value(), "lower", auc.lower(), "upper", auc.upper());
    }

    private static Map<String, Object> bin(SignalBin bin) {
        return JsonText.object(
                "bin", bin.label(),
                "rows", bin.rows(),
                "positives", bin.positives(),
                "rate", bin.rate(),
                "rate_lower", bin.lower(),
                "rate_upper", bin.upper(),
                "lift", bin.lift(),
                "lift_lower", bin.liftLower(),
                "lift_upper", bin.liftUpper(),
                "woe", bin.weightOfEvidence());
    }

    private static Map<String, Object> stability(Stability stability) {
        List<Map<String, Object>> cohorts = stability.assessed().stream()
                .map(cohort -> JsonText.object(
                        "cohort", cohort.cohort(),
                        "rows", cohort.rows(),
                        "positives", cohort.positives(),
                        "auc", cohort.auc(),
                        "auc_without", cohort.aucWithout()))
                .toList();
        return JsonText.object(
                "cohorts", stability.cohorts(),
                "assessed", cohorts.size(),
                "same_direction", stability.sameDirection(),
                "population_stability_index", stability.populationStabilityIndex(),
                "by_cohort", cohorts);
    }

    private static Map<String, Object> collinearity(Collinearity collinearity) {
        Map<String, Object> json =
                JsonText.object("columns", collinearity.columns(), "perfect", collinearity.isPerfect());
        if (!collinearity.isPerfect()) {
            json.put("gvif", collinearity.generalised());
            json.put("vif", collinearity.factor());
        }
        json.put("related", collinearity.related());
        return json;
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
