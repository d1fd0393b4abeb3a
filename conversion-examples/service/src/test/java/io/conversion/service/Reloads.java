package io.conversion.service;

import io.conversion.core.ConversionModel;
import io.conversion.core.artifact.InvalidArtifactException;
import io.conversion.core.shapes.Shape;
import io.conversion.core.signals.Signal;
import io.conversion.core.signals.SignalSchema;
import io.conversion.policy.Policy;
import io.conversion.policy.serving.ServingManifest;
import io.conversion.policy.serving.ServingManifest.Artifact;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Publishes one revision after the other into a folder, every fourth of them bad in a way of its own. By itself it is a
 * program for load tests, which prints what it publishes: {@code Reloads FOLDER REVISIONS PAUSE_IN_MILLISECONDS}.
 */
final class Reloads {

    /** What is wrong with a bad revision. */
    enum Fault {
        CUT_MODEL,
        CUT_POLICY,
        CUT_MANIFEST,
        WRONG_DIGEST,
        OTHER_SCHEMA,
        FAILING_GOLDEN,
        BAD_POLICY,
        MISSING_MODEL,
        MISSING_MANIFEST
    }

    private static final ConversionModel OF_ANOTHER_SCHEMA = ConversionModel.of(
            "trial-conversion",
            "other",
            SignalSchema.of("other-signals", "1", Signal.numeric("hours")),
            0,
            Map.of("hours", new Shape.Linear(1, 0, 0)));

    private final Path folder;

    Reloads(Path folder) {
        this.folder = folder;
    }

    public static void main(String[] args) throws IOException, InterruptedException {
        Reloads reloads = new Reloads(Path.of(args[0]));
        for (int revision = 1; revision <= Integer.parseInt(args[1]); revision++) {
            ServingManifest manifest = reloads.publish(revision);
            System.out.printf(
                    Locale.ROOT,
                    "%s %d %s %s%n",
                    fault(revision).map(Fault::name).orElse("GOOD"),
                    revision,
                    manifest.model().digest(),
                    manifest.policy().digest());
            Thread.sleep(Long.parseLong(args[2]));
        }
    }

    /** What is wrong with a revision; nothing with the first three of every four. */
    static Optional<Fault> fault(int revision) {
        Fault[] faults = Fault.values();
        return revision % 4 == 0 ? Optional.of(faults[revision / 4 % faults.length]) : Optional.empty();
    }

    /** Publishes a revision: a pair of its own, with its fault if it has one. */
    ServingManifest publish(int revision) throws IOException {
        Fault fault = fault(revision).orElse(null);
        ConversionModel model =
                fault == Fault.OTHER_SCHEMA ? OF_ANOTHER_SCHEMA : Artifacts.model("revision " + revision);
        Policy policy = Artifacts.policy("revision " + revision, 0.3 + revision % 5 * 0.05, 0.7);
        if (fault == Fault.BAD_POLICY) {
            policy = policy.toBuilder(policy.version())
                    .actionRanks(Map.of("keep_engaging", 3L, "show_benefits", 2L, "offer_annual_plan", 1L))
                    .build();
        }
        Path modelFile = folder.resolve("model-" + revision + ".json");
        Path policyFile = folder.resolve("policy-" + revision + ".json");
        model.save(modelFile);
        policy.save(policyFile);
        String digest = model.reference().digest();
        if (fault == Fault.FAILING_GOLDEN) {
            digest = failGolden(modelFile);
        } else if (fault == Fault.WRONG_DIGEST) {
            digest = policy.reference().digest();
        }
        ServingManifest manifest = new ServingManifest(
                revision,
                new Artifact(modelFile.getFileName().toString(), digest),
                new Artifact(
                        policyFile.getFileName().toString(), policy.reference().digest()),
                "");
        if (fault == Fault.CUT_MODEL) {
            cut(modelFile);
        } else if (fault == Fault.CUT_POLICY) {
            cut(policyFile);
        } else if (fault == Fault.MISSING_MODEL) {
            Files.delete(modelFile);
        }
        putManifest(manifest.toJson(), fault);
        return manifest;
    }

    private void putManifest(String json, @Nullable Fault fault) throws IOException {
        Path manifest = folder.resolve(ServingManifest.FILE);
        if (fault == Fault.MISSING_MANIFEST) {
            Files.delete(manifest);
            return;
        }
        Path next = folder.resolve(".next");
        Files.writeString(next, json);
        if (fault == Fault.CUT_MANIFEST) {
            cut(next);
        }
        Files.move(next, manifest, StandardCopyOption.ATOMIC_MOVE);
    }

    private static void cut(Path file) throws IOException {
        String text = Files.readString(file);
        Files.writeString(file, text.substring(0, text.length() / 2));
    }

    /** Changes the log-odds of a golden vector, and seals the model again; answers its new digest. */
    private static String failGolden(Path model) throws IOException {
        String broken = Files.readString(model)
                .replaceFirst("\"log_odds\": \"(-?)0x1\\.[0-9a-f]+p", "\"log_odds\": \"$10x1.234p");
        try {
            ConversionModel.fromJson(broken);
        } catch (InvalidArtifactException e) {
            // The library says which digest the content has now.
            Matcher refusal = Pattern.compile("(sha256:[0-9a-f]{64})(?s:.*)the content has (sha256:[0-9a-f]{64})")
                    .matcher(String.valueOf(e.getMessage()));
            if (refusal.find()) {
                Files.writeString(model, broken.replace(refusal.group(1), refusal.group(2)));
                return refusal.group(2);
            }
        }
        throw new IllegalStateException("no golden vector was changed");
    }
}
