package io.conversion.policy.testkit;

import io.conversion.policy.ModelRequirement;
import io.conversion.policy.Policy;

/** The same policy for other models of the same name. */
final class CopyOfPolicy {

    private CopyOfPolicy() {}

    /** The policy itself if it asks for no digest, else a copy that does not. */
    static Policy ofAnyDigest(Policy policy) {
        return policy.model().digest().isEmpty()
                ? policy
                : ofModel(policy, policy.model().name());
    }

    /** A copy for the models of a name. */
    static Policy ofModel(Policy policy, String model) {
        return Policy.builder(policy.name(), policy.version(), ModelRequirement.named(model))
                .owner(policy.owner())
                .changeNote(policy.changeNote())
                .effectiveFrom(policy.effectiveFrom().orElse(null))
                .bands(policy.bands())
                .margin(policy.margin())
                .guardrails(policy.guardrails())
                .control(policy.control().orElse(null))
                .exploration(policy.exploration().orElse(null))
                .fallbackAction(policy.fallbackAction())
                .actionRanks(policy.actionRanks())
                .capacities(policy.capacities())
                .build();
    }
}
