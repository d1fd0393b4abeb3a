package io.conversion.service;

import io.conversion.policy.Decision;
import io.micrometer.core.instrument.Tags;

/**
 * A model and a policy as meters name them.
 *
 * @param model the name of the model
 * @param modelVersion its version
 * @param policy the name of the policy
 * @param policyVersion its version
 */
record Pair(String model, String modelVersion, String policy, String policyVersion) {

    static Pair of(Decision decision) {
        return new Pair(
                decision.model().name(),
                decision.model().version(),
                decision.policy().name(),
                decision.policy().version());
    }

    Tags tags() {
        return Tags.of(
                "model", model, "model_version", modelVersion, "policy", policy, "policy_version", policyVersion);
    }
}
