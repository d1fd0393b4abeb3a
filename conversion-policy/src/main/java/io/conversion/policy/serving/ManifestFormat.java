package io.conversion.policy.serving;

import io.conversion.core.json.ArtifactHeader;
import io.conversion.core.json.ArtifactText;
import io.conversion.core.json.JsonObject;
import io.conversion.core.json.JsonText;
import io.conversion.policy.serving.ServingManifest.Artifact;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The JSON of a manifest, as {@code docs/serving.md} describes it. */
final class ManifestFormat {

    static final String FORMAT = "conversion-serving";
    static final int VERSION = 1;

    private ManifestFormat() {}

    static ServingManifest read(JsonObject json) {
        ArtifactHeader.check(json, FORMAT, VERSION);
        long revision = json.count("revision");
        if (revision < 1 && json.isValid()) {
            json.problem("revision", String.valueOf(revision), "expected a whole number of at least 1");
        }
        Optional<Artifact> model = artifact(json.object("model"), json);
        Optional<Artifact> policy = artifact(json.object("policy"), json);
        String note = json.text("note", "");
        if (!ArtifactText.isText(note)) {
            json.problem(
                    "note",
                    ArtifactText.quoted(note),
                    "expected well-formed text of at most " + ArtifactText.LONGEST_TEXT + " characters");
        }
        if (model.isPresent()
                && policy.isPresent()
                && model.get().file().equals(policy.get().file())) {
            json.problemAt("policy/file", "that of the model", "each artifact has a file of its own");
        }
        List<Artifact> armPolicies = artifacts(json, "arm_policies");
        List<Artifact> experiments = artifacts(json, "experiments");
        json.refuseIfInvalid();
        return new ServingManifest(revision, model.orElseThrow(), policy.orElseThrow(), armPolicies, experiments, note);
    }

    private static List<Artifact> artifacts(JsonObject json, String field) {
        return json.has(field)
                ? json.objects(field).stream()
                        .flatMap(each -> artifact(each, json).stream())
                        .toList()
                : List.of();
    }

    private static Optional<Artifact> artifact(JsonObject json, JsonObject root) {
        String file = json.text("file");
        if (!file.isBlank() && !ServingManifest.isFileName(file)) {
            json.problem("file", ArtifactText.quoted(file), ServingManifest.FILE_NAME);
        }
        Optional<String> digest = json.requiredDigest("digest");
        return root.isValid() ? digest.map(given -> new Artifact(file, given)) : Optional.empty();
    }

    static Map<String, Object> json(ServingManifest manifest) {
        Map<String, Object> json = ArtifactHeader.of(FORMAT, VERSION);
        json.put("revision", manifest.revision());
        json.put("model", json(manifest.model()));
        json.put("policy", json(manifest.policy()));
        if (!manifest.armPolicies().isEmpty()) {
            json.put(
                    "arm_policies",
                    manifest.armPolicies().stream().map(ManifestFormat::json).toList());
        }
        if (!manifest.experiments().isEmpty()) {
            json.put(
                    "experiments",
                    manifest.experiments().stream().map(ManifestFormat::json).toList());
        }
        if (!manifest.note().isEmpty()) {
            json.put("note", manifest.note());
        }
        return json;
    }

    private static Map<String, Object> json(Artifact artifact) {
        return JsonText.object("file", artifact.file(), "digest", artifact.digest());
    }
}
