package io.conversion.policy.serving;

import static io.conversion.policy.serving.Servings.cut;
import static io.conversion.policy.serving.Servings.model;
import static io.conversion.policy.serving.Servings.ofTwo;
import static io.conversion.policy.serving.Servings.policy;

import io.conversion.core.ConversionModel;
import io.conversion.core.json.JsonText;
import io.conversion.policy.Band;
import io.conversion.policy.ModelRequirement;
import io.conversion.policy.Policy;
import io.conversion.policy.serving.ServingManifest.Artifact;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** What can be wrong with a candidate, each in a folder where everything else is right. */
enum Fault {
    CUT_MODEL,
    CUT_POLICY,
    WRONG_DIGEST,
    OTHER_SCHEMA,
    FAILING_GOLDEN,
    BAD_POLICY,
    MIXED_PAIR,
    MISSING_MODEL,
    EARLIER_REVISION,
    CUT_MANIFEST,
    MISSING_MANIFEST;

    private static final String MODEL = "bad-model.json";
    private static final String POLICY = "bad-policy.json";

    /** Puts a bad candidate into a folder whose host binds {@link Servings.Hours}, and which has served revision 1. */
    void publish(Path folder, long revision) throws IOException {
        ConversionModel model = this == OTHER_SCHEMA ? ofTwo("bad " + revision) : model("bad " + revision, 3);
        Policy policy = policy("bad", 0.5, this == MIXED_PAIR ? model("other", 3) : model);
        if (this == BAD_POLICY) {
            policy = descending();
        }
        model.save(folder.resolve(MODEL));
        policy.save(folder.resolve(POLICY));
        Artifact named = new Artifact(
                MODEL,
                this == WRONG_DIGEST
                        ? JsonText.sha256(new byte[0])
                        : model.reference().digest());
        ServingManifest manifest = new ServingManifest(
                this == EARLIER_REVISION ? 1 : revision,
                this == FAILING_GOLDEN ? Servings.failGolden(folder, named) : named,
                new Artifact(POLICY, policy.reference().digest()),
                "");
        Path file = folder.resolve(ServingManifest.FILE);
        Files.writeString(file, manifest.toJson());
        switch (this) {
            case CUT_MODEL -> cut(folder.resolve(MODEL));
            case CUT_POLICY -> cut(folder.resolve(POLICY));
            case MISSING_MODEL -> Files.delete(folder.resolve(MODEL));
            case CUT_MANIFEST -> cut(file);
            case MISSING_MANIFEST -> Files.delete(file);
            default -> {}
        }
    }

    /** A policy whose higher band has an action of a lower rank. */
    private static Policy descending() {
        return Policy.builder("offers", "bad", ModelRequirement.named("trial"))
                .bands(List.of(Band.of("low", 0, "wait"), Band.of("high", 0.5, "offer")))
                .actionRanks(Map.of("wait", 2L, "offer", 1L))
                .fallbackAction("none")
                .build();
    }
}
