package io.conversion.policy;

import io.conversion.core.json.ArtifactHeader;
import io.conversion.core.json.ArtifactText;
import io.conversion.core.json.JsonObject;
import io.conversion.core.json.JsonText;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The JSON of a policy, as {@code docs/policy-format.md} describes it. */
final class PolicyFormat {

    static final String FORMAT = "conversion-policy";
    static final int VERSION = 1;

    private PolicyFormat() {}

    private interface DigestCheck {
        void check(JsonObject json, Optional<String> given, String computed);
    }

    /** A file that people edit, which may be a draft again. */
    static Policy readFile(JsonObject file) {
        return read(file, ArtifactHeader::checkDraftDigest);
    }

    /** A part of another document, which nobody is to edit. */
    static Policy read(JsonObject json) {
        return read(json, ArtifactHeader::checkDigest);
    }

    private static Policy read(JsonObject json, DigestCheck check) {
        ArtifactHeader.check(json, FORMAT, VERSION);
        PolicyParts parts = parts(json);
        Optional<String> digest = json.digest("digest");
        json.refuseIfInvalid();

        PolicyCheck.check(parts, problem -> json.problemAt(problem.pointer(), problem.found(), problem.expected()));
        json.refuseIfInvalid();
        Policy policy = Policy.of(parts, digest.isPresent());
        check.check(json, digest, policy.reference().digest());
        return policy;
    }

    private static PolicyParts parts(JsonObject json) {
        return new PolicyParts(
                json.text("name"),
                json.text("version"),
                json.text("owner", ""),
                json.text("change_note", ""),
                json.has("effective_from") ? json.instant("effective_from") : null,
                model(json.object("model")),
                json.objects("bands").stream().map(PolicyFormat::band).toList(),
                json.number("margin", 0),
                guardrails(json),
                json.optionalObject("control").map(PolicyFormat::control).orElse(null),
                json.optionalObject("exploration")
                        .map(PolicyFormat::exploration)
                        .orElse(null),
                json.object("fallback").text("action"),
                counts(json, "action_ranks"),
                counts(json, "capacities"));
    }

    private static ModelRequirement model(JsonObject json) {
        String name = json.text("name");
        // A text that is no digest is reported, and what is made of it here is never seen.
        return json.digest("digest")
                .filter(ArtifactText::isDigest)
                .map(digest -> ModelRequirement.exactly(name, digest))
                .orElseGet(() -> ModelRequirement.named(name));
    }

    private static List<Guardrail> guardrails(JsonObject json) {
        return json.has("guardrails")
                ? json.objects("guardrails").stream()
                        .map(PolicyFormat::guardrail)
                        .toList()
                : List.of();
    }

    private static Guardrail guardrail(JsonObject json) {
        return new Guardrail(
                json.text("name"),
                ConditionFormat.read(json.object("condition")),
                json.text("action"),
                json.text("reason"));
    }

    private static ControlGroup control(JsonObject json) {
        return new ControlGroup(json.number("share"), json.text("salt"), json.text("action"));
    }

    private static Exploration exploration(JsonObject json) {
        Map<String, List<String>> alternatives = new LinkedHashMap<>();
        JsonObject bySegment = json.object("alternatives");
        bySegment.names().forEach(segment -> alternatives.put(segment, bySegment.texts(segment)));
        return new Exploration(json.number("share"), json.text("salt"), alternatives);
    }

    private static Map<String, Long> counts(JsonObject json, String field) {
        Map<String, Long> counts = new LinkedHashMap<>();
        json.optionalObject(field)
                .ifPresent(given -> given.names().forEach(action -> counts.put(action, given.count(action))));
        return counts;
    }

    private static Band band(JsonObject json) {
        return new Band(
                json.text("segment"),
                json.number("from"),
                json.text("action"),
                json.text("recommendation", ""),
                json.text("rationale", ""));
    }

    static Map<String, Object> file(PolicyParts parts, String digest) {
        Map<String, Object> json = content(parts);
        json.put("digest", digest);
        return json;
    }

    /** What the digest of a policy is taken of. What is absent or has its default is left out. */
    static Map<String, Object> content(PolicyParts parts) {
        Map<String, Object> json = ArtifactHeader.of(FORMAT, VERSION);
        json.put("name", parts.name());
        json.put("version", parts.version());
        putText(json, "owner", parts.owner());
        putText(json, "change_note", parts.changeNote());
        Instant effectiveFrom = parts.effectiveFrom();
        if (effectiveFrom != null) {
            json.put("effective_from", effectiveFrom.toString());
        }
        Map<String, Object> model = JsonText.object("name", parts.model().name());
        parts.model().digest().ifPresent(digest -> model.put("digest", digest));
        json.put("model", model);
        json.put("bands", parts.bands().stream().map(PolicyFormat::json).toList());
        if (parts.margin() != 0) {
            json.put("margin", parts.margin());
        }
        if (!parts.guardrails().isEmpty()) {
            json.put(
                    "guardrails",
                    parts.guardrails().stream().map(PolicyFormat::json).toList());
        }
        ControlGroup control = parts.control();
        if (control != null) {
            json.put(
                    "control",
                    JsonText.object("share", control.share(), "salt", control.salt(), "action", control.action()));
        }
        Exploration exploration = parts.exploration();
        if (exploration != null) {
            json.put(
                    "exploration",
                    JsonText.object(
                            "share", exploration.share(),
                            "salt", exploration.salt(),
                            "alternatives", exploration.alternatives()));
        }
        json.put("fallback", JsonText.object("action", parts.fallbackAction()));
        putCounts(json, "action_ranks", parts.actionRanks());
        putCounts(json, "capacities", parts.capacities());
        return json;
    }

    private static void putText(Map<String, Object> json, String field, String text) {
        if (!text.isEmpty()) {
            json.put(field, text);
        }
    }

    private static void putCounts(Map<String, Object> json, String field, Map<String, Long> counts) {
        if (!counts.isEmpty()) {
            json.put(field, counts);
        }
    }

    private static Map<String, Object> json(Guardrail guardrail) {
        return JsonText.object(
                "name", guardrail.name(),
                "condition", ConditionFormat.json(guardrail.condition()),
                "action", guardrail.action(),
                "reason", guardrail.reason());
    }

    private static Map<String, Object> json(Band band) {
        Map<String, Object> json =
                JsonText.object("segment", band.segment(), "from", band.from(), "action", band.action());
        putText(json, "recommendation", band.recommendation());
        putText(json, "rationale", band.rationale());
        return json;
    }
}
