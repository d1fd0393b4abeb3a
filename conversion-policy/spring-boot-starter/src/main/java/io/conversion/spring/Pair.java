package io.conversion.spring;

import io.conversion.core.ModelReference;
import io.conversion.policy.Decision;
import io.conversion.policy.PolicyReference;
import io.micrometer.core.instrument.Tags;

/**
 * A model and a policy as meters name them: those that are published again under their version are others by their digests.
 *
 * @param model the model
 * @param policy the policy
 */
record Pair(ModelReference model, PolicyReference policy) {

    /** As much of a digest as tells artifacts apart and does not hide the other tags. */
    private static final int DIGITS = "sha256:".length() + 12;

    static Pair of(Decision decision) {
        return new Pair(decision.model(), decision.policy());
    }

    Tags tags() {
        return Tags.of(
                "model", model.name(),
                "model_version", model.version(),
                "model_digest", shortened(model.digest()),
                "policy", policy.name(),
                "policy_version", policy.version(),
                "policy_digest", shortened(policy.digest()));
    }

    private static String shortened(String digest) {
        return digest.substring(0, Math.min(DIGITS, digest.length()));
    }
}
