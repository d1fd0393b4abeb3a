package io.conversion.model.report;

import io.conversion.core.signals.Signal;
import io.conversion.model.evaluation.RocAuc;
import io.conversion.model.signals.Dimension;
import io.conversion.model.signals.SignalReport;
import io.conversion.model.signals.SignalValidation;
import io.conversion.model.signals.Verdict;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which signals there are, what they weigh, and the verdicts of their validation. */
final class SignalsSection {

    private SignalsSection() {}

    static Map<String, Object> of(ReportParts parts, List<SignalView> views) {
        Map<String, Object> section = new HashMap<>();
        SignalValidation validation = parts.validation();
        section.put("validated", validation != null);
        section.put("assessed", validation == null ? "" : assessed(validation.assessed()));
        section.put("notAssessed", validation == null ? List.of() : validation.notes());
        List<Map<String, Object>> rows = new ArrayList<>();
        for (SignalView view : views) {
            Map<String, Object> row = new HashMap<>(view.summary(1));
            if (validation != null) {
                row.putAll(verdict(validation.signal(view.signal().name())));
            }
            rows.add(row);
        }
        section.put("rows", rows);
        return section;
    }

    /** What was asked of each signal, as the end of a sentence. */
    private static String assessed(Set<Dimension> dimensions) {
        List<String> questions = new ArrayList<>(List.of("does it tell converters from others"));
        if (dimensions.contains(Dimension.TEMPORAL_VALIDITY)) {
            questions.add("is it known in time");
        }
        if (dimensions.contains(Dimension.STABILITY)) {
            questions.add("does it hold in every cohort");
        }
        questions.add("does another signal tell the same");
        return ReportText.list(questions);
    }

    private static Map<String, Object> verdict(SignalReport report) {
        RocAuc auc = report.strength().strength().orElse(null);
        return Map.of(
                "verdict",
                word(report.verdict()),
                "verdictClass",
                report.verdict() == Verdict.KEEP ? "good" : report.verdict() == Verdict.DROP ? "bad" : "look",
                "reasons",
                report.reasons(),
                "auc",
                auc == null
                        ? "–"
                        : ReportText.decimals(auc.value(), 3) + " (" + ReportText.decimals(auc.lower(), 3) + "–"
                                + ReportText.decimals(auc.upper(), 3) + ")",
                "informationValue",
                ReportText.decimals(report.strength().informationValue(), 3),
                "lift",
                report.strength().lift() == 0
                        ? "–"
                        : "+" + ReportText.percent(report.strength().lift()));
    }

    private static String word(Verdict verdict) {
        return switch (verdict) {
            case KEEP -> "✓ keep";
            case CONDITIONAL -> "◐ conditional";
            case DROP -> "✕ drop";
        };
    }

    /** The signals of the model, those of the largest weight first. */
    static List<Signal> byWeight(ReportParts parts) {
        Map<String, Double> weights = parts.model().weights();
        return parts.model().schema().declared().stream()
                .sorted(Comparator.comparingDouble((Signal signal) -> -weights.getOrDefault(signal.name(), 0.0)))
                .toList();
    }
}
