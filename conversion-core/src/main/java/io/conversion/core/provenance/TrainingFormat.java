package io.conversion.core.provenance;

import io.conversion.core.json.ArtifactText;
import io.conversion.core.json.JsonObject;
import io.conversion.core.provenance.TrainingProvenance.Data;
import io.conversion.core.provenance.TrainingProvenance.Fit;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The JSON of where a model comes from. */
final class TrainingFormat {

    private TrainingFormat() {}

    /** The provenance, empty if anything so far was wrong with the document. */
    static Optional<TrainingProvenance> read(JsonObject json) {
        Instant published = json.instant("published");
        String label = json.name("label");
        String positive = json.name("positive");
        List<String> excluded = json.texts("excluded");
        long rows = json.count("rows");
        long positives = json.count("positives");
        String dataDigest = json.text("data_digest");
        double penalty = json.number("penalty");
        boolean standardised = json.flag("standardised", true);
        Map<String, String> software = json.textsByName("software");
        List<String> warnings = json.texts("warnings");
        long seed = seed(json);
        String shapes = json.text("shapes", Fit.LINEAR);
        String penaltyChoice = json.text("penalty_choice", Fit.GIVEN);
        List<JsonObject> gate = json.has("gate") ? json.objects("gate") : List.of();
        List<GateCheck> checks = gate.stream().map(TrainingFormat::check).toList();
        List<JsonObject> holdout = json.has("holdout") ? json.objects("holdout") : List.of();
        List<Optional<Metric>> metrics =
                holdout.stream().map(TrainingFormat::metric).toList();
        if (!json.isValid()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new TrainingProvenance(
                    published,
                    new Data(label, positive, excluded, rows, positives, dataDigest),
                    new Fit(shapes, penalty, penaltyChoice, standardised, seed, software, warnings),
                    checks,
                    metrics.stream().flatMap(Optional::stream).toList()));
        } catch (IllegalArgumentException e) {
            json.problem("not valid", String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }

    /** As a text, since a number of JSON holds 53 bits of its 64. */
    private static long seed(JsonObject json) {
        String text = json.text("seed", "0");
        try {
            long seed = Long.parseLong(text);
            // Each number has one spelling, so that no other one goes unnoticed.
            if (Long.toString(seed).equals(text)) {
                return seed;
            }
        } catch (NumberFormatException e) {
            // Reported below.
        }
        json.problem("seed", ArtifactText.quoted(text), "expected a whole number of 64 bits such as \"42\"");
        return 0;
    }

    private static GateCheck check(JsonObject json) {
        return new GateCheck(
                json.name("name"),
                json.text("subject", ""),
                measured("value", json),
                measured("limit", json),
                json.choice("verdict", GateCheck.Verdict.class).orElse(GateCheck.Verdict.REFUSED),
                json.text("sentence"),
                json.has("override") ? json.text("override") : null);
    }

    /** A number, or none where what was measured is no number, as of a fit that went astray. */
    private static double measured(String field, JsonObject json) {
        return json.number(field, Double.NaN);
    }

    private static Optional<Metric> metric(JsonObject json) {
        String name = json.name("name");
        double value = json.number("value");
        double lower = json.number("lower", Double.NaN);
        double upper = json.number("upper", Double.NaN);
        double level = json.number("level", Double.NaN);
        if (!json.isValid()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Metric(name, value, lower, upper, level));
        } catch (IllegalArgumentException e) {
            json.problem("not valid", String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }

    static Map<String, Object> json(TrainingProvenance training) {
        Data data = training.data();
        Fit fit = training.fit();
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("published", training.published().toString());
        json.put("label", data.label());
        json.put("positive", data.positive());
        json.put("excluded", data.excluded());
        json.put("rows", data.rows());
        json.put("positives", data.positives());
        json.put("data_digest", data.digest());
        json.put("penalty", fit.penalty());
        json.put("standardised", fit.standardised());
        json.put("software", fit.software());
        json.put("warnings", fit.warnings());
        putUnless("0", "seed", Long.toString(fit.seed()), json);
        putUnless(Fit.LINEAR, "shapes", fit.shapes(), json);
        putUnless(Fit.GIVEN, "penalty_choice", fit.penaltyChoice(), json);
        if (!training.gate().isEmpty()) {
            json.put("gate", training.gate().stream().map(TrainingFormat::json).toList());
        }
        if (!training.holdout().isEmpty()) {
            json.put(
                    "holdout",
                    training.holdout().stream().map(TrainingFormat::json).toList());
        }
        return json;
    }

    private static void putUnless(String standard, String field, String value, Map<String, Object> json) {
        if (!value.equals(standard)) {
            json.put(field, value);
        }
    }

    private static Map<String, Object> json(GateCheck check) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", check.name());
        putUnless("", "subject", check.subject(), json);
        putIfFinite("value", check.value(), json);
        putIfFinite("limit", check.limit(), json);
        json.put("verdict", check.verdict().name().toLowerCase(Locale.ROOT));
        json.put("sentence", check.sentence());
        check.override().ifPresent(reason -> json.put("override", reason));
        return json;
    }

    private static Map<String, Object> json(Metric metric) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", metric.name());
        json.put("value", metric.value());
        putIfFinite("lower", metric.lower(), json);
        putIfFinite("upper", metric.upper(), json);
        putIfFinite("level", metric.level(), json);
        return json;
    }

    private static void putIfFinite(String field, double value, Map<String, Object> json) {
        if (Double.isFinite(value)) {
            json.put(field, value);
        }
    }
}
