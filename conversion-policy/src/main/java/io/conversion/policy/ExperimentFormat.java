package io.conversion.policy;

import io.conversion.core.json.ArtifactHeader;
import io.conversion.core.json.JsonObject;
import io.conversion.core.json.JsonText;
import io.conversion.policy.ExperimentParts.ArmRange;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The JSON of an experiment's file, format 1. */
final class ExperimentFormat {

    private static final String FORMAT = "conversion-experiment";
    private static final int VERSION = 1;
    private static final int DEFAULT_WINDOW = 30;

    private ExperimentFormat() {}

    /** A file that people edit, which may be a draft again. */
    static Experiment readFile(JsonObject json) {
        ArtifactHeader.check(json, FORMAT, VERSION);
        List<ArmRange> ranges = new ArrayList<>();
        ExperimentParts parts = parts(json, ranges);
        Optional<String> digest = json.digest("digest");
        json.refuseIfInvalid();

        ExperimentCheck.check(parts, problem -> json.problemAt(problem.pointer(), problem.found(), problem.expected()));
        json.refuseIfInvalid();
        Experiment experiment = Experiment.ofChecked(parts);
        ArtifactHeader.checkDraftDigest(json, digest, experiment.reference().digest());
        return experiment;
    }

    private static ExperimentParts parts(JsonObject json, List<ArmRange> ranges) {
        List<Arm> arms =
                json.objects("arms").stream().map(arm -> arm(arm, ranges)).toList();
        ranges.sort((a, b) -> a.from().compareTo(b.from()));
        return new ExperimentParts(
                json.text("name"),
                json.text("version"),
                json.text("unit"),
                json.text("salt"),
                layer(json.object("layer")),
                json.text("control"),
                arms,
                ranges,
                json.instant("start"),
                json.instant("end"),
                json.optionalObject("eligibility").map(ConditionFormat::read).orElse(null),
                metric(json.object("primary"), false),
                json.has("guardrails")
                        ? json.objects("guardrails").stream()
                                .map(metric -> metric(metric, true))
                                .toList()
                        : List.of(),
                new ExperimentCriteria(
                        json.count("planned_users"),
                        json.number("false_positives"),
                        json.number("false_negatives"),
                        json.number("smallest_effect"),
                        json.flag("single_look", false),
                        json.flag("adjust", true),
                        json.number("sample_ratio_tolerance", 0)),
                json.has("forced") ? json.textsByName("forced") : Map.of());
    }

    private static Arm arm(JsonObject json, List<ArmRange> ranges) {
        String name = json.text("name");
        if (json.has("ranges")) {
            for (JsonObject range : json.objects("ranges")) {
                ranges.add(new ArmRange(
                        name, BigDecimal.valueOf(range.number("from")), BigDecimal.valueOf(range.number("to"))));
            }
        }
        JsonObject policy = json.object("policy");
        return new Arm(
                name,
                json.number("share"),
                new PolicyReference(
                        policy.text("name"),
                        policy.text("version"),
                        policy.requiredDigest("digest").orElse("")));
    }

    private static Layer layer(JsonObject json) {
        return new Layer(json.text("name"), json.text("salt"), json.number("from", 0), json.number("share"));
    }

    private static ExperimentMetric metric(JsonObject json, boolean isGuardrail) {
        return new ExperimentMetric(
                json.text("name"),
                json.choice("kind", ExperimentMetric.Kind.class).orElse(ExperimentMetric.Kind.MEAN),
                json.has("denominator") ? json.text("denominator") : null,
                (int) Math.min(Integer.MAX_VALUE, json.has("window_days") ? json.count("window_days") : DEFAULT_WINDOW),
                json.choice("better", Better.HIGHER) == Better.HIGHER,
                isGuardrail ? json.number("harm") : Double.NaN);
    }

    /** Which change of a metric is for the better. */
    private enum Better {
        HIGHER,
        LOWER
    }

    static Map<String, Object> file(ExperimentParts parts, String digest) {
        Map<String, Object> json = content(parts);
        json.put("digest", digest);
        return json;
    }

    /** What the digest is taken of. What is absent or has its default is left out. */
    static Map<String, Object> content(ExperimentParts parts) {
        Map<String, Object> json = ArtifactHeader.of(FORMAT, VERSION);
        json.put("name", parts.name());
        json.put("version", parts.version());
        json.put("unit", parts.unit());
        json.put("salt", parts.salt());
        json.put("layer", layer(parts.layer()));
        json.put("control", parts.control());
        json.put(
                "arms",
                parts.arms().stream().map(arm -> json(arm, parts.ranges())).toList());
        json.put("start", parts.start().toString());
        json.put("end", parts.end().toString());
        if (parts.eligibility() != null) {
            json.put("eligibility", ConditionFormat.json(parts.eligibility()));
        }
        json.put("primary", json(parts.primary()));
        if (!parts.guardrails().isEmpty()) {
            json.put(
                    "guardrails",
                    parts.guardrails().stream().map(ExperimentFormat::json).toList());
        }
        ExperimentCriteria criteria = parts.criteria();
        json.put("planned_users", criteria.plannedUsers());
        json.put("false_positives", criteria.falsePositives());
        json.put("false_negatives", criteria.falseNegatives());
        json.put("smallest_effect", criteria.smallestEffect());
        if (criteria.singleLook()) {
            json.put("single_look", true);
        }
        if (!criteria.isAdjusted()) {
            json.put("adjust", false);
        }
        if (criteria.sampleRatioTolerance() != 0) {
            json.put("sample_ratio_tolerance", criteria.sampleRatioTolerance());
        }
        if (!parts.forced().isEmpty()) {
            json.put("forced", parts.forced());
        }
        return json;
    }

    private static Map<String, Object> layer(Layer layer) {
        Map<String, Object> json = JsonText.object("name", layer.name(), "salt", layer.salt());
        if (layer.from() != 0) {
            json.put("from", layer.from());
        }
        json.put("share", layer.share());
        return json;
    }

    private static Map<String, Object> json(Arm arm, List<ArmRange> ranges) {
        Map<String, Object> json = JsonText.object("name", arm.name(), "share", arm.share());
        if (!ranges.isEmpty()) {
            json.put(
                    "ranges",
                    ranges.stream()
                            .filter(range -> range.arm().equals(arm.name()))
                            .map(range -> JsonText.object("from", range.from().doubleValue(), "to", range.end()))
                            .toList());
        }
        json.put("policy", new LinkedHashMap<>(arm.policy().toMap()));
        return json;
    }

    private static Map<String, Object> json(ExperimentMetric metric) {
        Map<String, Object> json = JsonText.object(
                "name", metric.name(), "kind", metric.kind().name().toLowerCase(Locale.ROOT));
        if (metric.denominator() != null) {
            json.put("denominator", metric.denominator());
        }
        json.put("window_days", metric.windowDays());
        if (!metric.higherIsBetter()) {
            json.put("better", "lower");
        }
        if (!Double.isNaN(metric.harm())) {
            json.put("harm", metric.harm());
        }
        return json;
    }
}
