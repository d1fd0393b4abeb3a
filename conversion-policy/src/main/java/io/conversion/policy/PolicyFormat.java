package io.conversion.policy;

import io.conversion.core.json.ArtifactHeader;
import io.conversion.core.json.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The JSON of a policy, as {@code docs/policy-format.md} describes it. */
final class PolicyFormat {

    static final String FORMAT = "conversion-policy";
    static final int VERSION = 1;

    private PolicyFormat() {}

    static Policy read(JsonObject json) {
        ArtifactHeader.check(json, FORMAT, VERSION);
        String name = json.text("name");
        String version = json.text("version");
        JsonObject modelJson = json.object("model");
        String model = modelJson.text("name");
        Optional<String> modelDigest = modelJson.digest("digest");
        List<Band> bands =
                json.objects("bands").stream().map(PolicyFormat::band).toList();
        String fallbackAction = json.object("fallback").text("action");
        Optional<String> digest = json.digest("digest");
        json.refuseIfInvalid();

        PolicyCheck.check(
                name,
                version,
                model,
                bands,
                fallbackAction,
                problem -> json.problemAt(problem.pointer(), problem.found(), problem.expected()));
        json.refuseIfInvalid();
        ModelRequirement requirement = modelDigest
                .map(exact -> ModelRequirement.exactly(model, exact))
                .orElseGet(() -> ModelRequirement.named(model));
        Policy policy = Policy.of(name, version, requirement, bands, fallbackAction);
        ArtifactHeader.checkDigest(json, digest, policy.reference().digest());
        return policy;
    }

    private static Band band(JsonObject json) {
        return new Band(
                json.text("segment"),
                json.number("from"),
                json.text("action"),
                json.text("recommendation", ""),
                json.text("rationale", ""));
    }

    static Map<String, Object> file(Policy policy) {
        Map<String, Object> json = content(policy.name(), policy.version(), policy);
        json.put("digest", policy.reference().digest());
        return json;
    }

    /** What the digest of a policy is taken of. */
    static Map<String, Object> content(String name, String version, Policy policy) {
        List<Object> bands = new ArrayList<>();
        policy.bands().forEach(band -> bands.add(json(band)));
        Map<String, Object> model = new LinkedHashMap<>();
        model.put("name", policy.model().name());
        policy.model().digest().ifPresent(digest -> model.put("digest", digest));
        Map<String, Object> json = ArtifactHeader.of(FORMAT, VERSION);
        json.put("name", name);
        json.put("version", version);
        json.put("model", model);
        json.put("bands", bands);
        json.put("fallback", Map.of("action", policy.fallbackAction()));
        return json;
    }

    private static Map<String, Object> json(Band band) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("segment", band.segment());
        json.put("from", band.from());
        json.put("action", band.action());
        if (!band.recommendation().isEmpty()) {
            json.put("recommendation", band.recommendation());
        }
        if (!band.rationale().isEmpty()) {
            json.put("rationale", band.rationale());
        }
        return json;
    }
}
