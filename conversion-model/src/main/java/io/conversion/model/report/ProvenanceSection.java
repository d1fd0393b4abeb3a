package io.conversion.model.report;

import io.conversion.core.ConversionModel;
import io.conversion.core.provenance.GateCheck;
import io.conversion.core.provenance.TrainingProvenance;
import io.conversion.core.shapes.Calibration;
import io.conversion.model.PenaltyPath;
import io.conversion.model.TrainingResult;
import io.conversion.model.chart.ChartPoint;
import io.conversion.model.chart.PenaltyChart;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Where the model comes from: the publish gate, the penalty, and what it takes to train it again. */
final class ProvenanceSection {

    private ProvenanceSection() {}

    static Map<String, Object> of(ReportParts parts) {
        ConversionModel model = parts.model();
        Map<String, Object> section = new HashMap<>();
        List<GateCheck> gate =
                distinct(model.training().map(TrainingProvenance::gate).orElse(List.of()));
        section.put("hasGate", !gate.isEmpty());
        section.put("gate", gate.stream().map(ProvenanceSection::check).toList());
        TrainingResult training = parts.training();
        section.put(
                "penaltyPath",
                training == null
                        ? ""
                        : training.penaltyPath().map(ProvenanceSection::path).orElse(""));
        List<Map<String, Object>> facts = facts(model);
        parts.files().forEach((what, file) -> add(facts, ReportText.capitalised(what), file));
        section.put("facts", facts);
        long notable = gate.stream()
                .filter(check -> check.verdict() != GateCheck.Verdict.PASSED)
                .count();
        section.put(
                "notable",
                gate.stream()
                        .filter(check -> check.verdict() != GateCheck.Verdict.PASSED)
                        .map(ProvenanceSection::check)
                        .toList());
        section.put("passed", ReportText.count(gate.size() - notable, "check") + " passed");
        section.put("hasNotable", notable > 0);
        List<String> warnings =
                model.training().map(trained -> trained.fit().warnings()).orElse(List.of());
        section.put("warnings", warnings);
        section.put("hasWarnings", !warnings.isEmpty());
        return section;
    }

    /** Several signals may have one finding. */
    static List<GateCheck> distinct(List<GateCheck> gate) {
        Set<String> sentences = new HashSet<>();
        return gate.stream()
                .filter(check -> sentences.add(check.name() + check.sentence()))
                .toList();
    }

    private static Map<String, Object> check(GateCheck check) {
        return Map.of(
                "name",
                check.name().replace('_', ' '),
                "verdict",
                switch (check.verdict()) {
                    case PASSED -> "✓ passed";
                    case WARNING -> "◐ warning";
                    case REFUSED -> "✕ overridden";
                },
                "verdictClass",
                switch (check.verdict()) {
                    case PASSED -> "good";
                    case WARNING -> "look";
                    case REFUSED -> "bad";
                },
                "value",
                Double.isNaN(check.value()) ? "–" : ReportText.factor(check.value()),
                "limit",
                Double.isNaN(check.limit()) ? "–" : ReportText.factor(check.limit()),
                "sentence",
                ReportText.capitalised(check.sentence()) + ".",
                "override",
                check.override().map(reason -> "Overridden: " + reason).orElse(""));
    }

    private static String path(PenaltyPath path) {
        List<ChartPoint> points = path.points().stream()
                .map(point -> new ChartPoint(
                        point.lambda(),
                        point.logLoss(),
                        point.logLoss() - point.standardError(),
                        point.logLoss() + point.standardError()))
                .toList();
        return PenaltyChart.svg("penalty", points, path.chosen());
    }

    private static List<Map<String, Object>> facts(ConversionModel model) {
        List<Map<String, Object>> facts = new ArrayList<>();
        add(facts, "Model", model.name() + " " + model.version());
        add(facts, "Digest", model.reference().digest());
        add(facts, "Signal schema", model.schema() + ", " + model.schema().digest());
        model.training().ifPresent(training -> {
            TrainingProvenance.Data data = training.data();
            TrainingProvenance.Fit fit = training.fit();
            add(facts, "Published", training.published().toString());
            add(facts, "Label", data.label() + " = " + data.positive());
            add(facts, "Columns excluded", data.excluded().isEmpty() ? "none" : String.join(", ", data.excluded()));
            add(
                    facts,
                    "Training rows",
                    ReportText.count(data.rows()) + ", " + ReportText.count(data.positives()) + " converted");
            add(facts, "Digest of the data", data.digest());
            add(facts, "Shapes", fit.shapes());
            add(
                    facts,
                    "L2 penalty",
                    ReportText.factor(fit.penalty())
                            + (fit.penaltyChoice().equals("cv")
                                    ? ", of the smallest cross-validated log loss"
                                    : ", as given"));
            add(facts, "Seed", Long.toString(fit.seed()));
            add(
                    facts,
                    "Software",
                    String.join(
                            ", ",
                            fit.software().entrySet().stream()
                                    .map(entry -> entry.getKey() + " " + entry.getValue())
                                    .toList()));
        });
        add(facts, "Calibration", calibration(model.calibration()));
        model.baseRate().ifPresent(rate -> add(facts, "Declared base rate", ReportText.percent(rate.declared())));
        return facts;
    }

    static String calibration(Calibration calibration) {
        if (calibration instanceof Calibration.Platt platt) {
            return "Platt: slope " + ReportText.decimals(platt.slope(), 3) + ", intercept "
                    + ReportText.decimals(platt.intercept(), 3) + " on the log-odds";
        }
        return calibration instanceof Calibration.Isotonic isotonic
                ? "isotonic, " + ReportText.count(isotonic.raw().size(), "point")
                : "none was needed";
    }

    private static void add(List<Map<String, Object>> facts, String name, String value) {
        facts.add(Map.of("name", name, "value", value));
    }
}
